package review

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxFile is how long a sheet may be: no spreadsheet opens a longer one.
const maxFile = 1 << 30

// table is a file of separated values, without a meaning.
type table struct {
	header []string
	lines  []line
}

// line is one record of a table, which may stretch over several lines of the file.
type line struct {
	number int
	cells  []string
}

// readTable reads what spreadsheets write. An error is a [Fault] where it has a line.
func readTable(r io.Reader) (t table, err error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return t, err
	case len(data) > maxFile:
		return t, fmt.Errorf("want at most %d MiB", maxFile>>20)
	}
	text, err := decode(data)
	if err != nil {
		return t, err
	}
	text, skipped, comma := separator(text)
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.FieldsPerRecord = comma, -1
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t, skippedFault(err, skipped)
		}
		number, _ := in.FieldPos(0)
		t.add(line{number + skipped, cells})
	}
	if t.header == nil {
		return t, errors.New("it is empty")
	}
	return t, nil
}

func skippedFault(err error, skipped int) error {
	var wrong *csv.ParseError
	if !errors.As(err, &wrong) {
		return err
	}
	return faultOf(wrong.StartLine+skipped, "", "at byte %d of line %d: %v", wrong.Column, wrong.Line+skipped, wrong.Err)
}

// add leaves out lines without a word, which spreadsheets write for rows that were
// emptied.
func (t *table) add(l line) {
	switch {
	case !slices.ContainsFunc(l.cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }):
	case t.header == nil:
		for _, name := range l.cells {
			t.header = append(t.header, strings.ToLower(strings.TrimSpace(name)))
		}
	default:
		t.lines = append(t.lines, l)
	}
}

// decode returns the text of a file in UTF-8 or, as Excel's "Unicode text" is, in
// UTF-16, with line feeds for the bare carriage returns of old Macintosh files.
func decode(data []byte) (string, error) {
	var text string
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		text = fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		text = fromUTF16(data[2:], binary.BigEndian)
	default:
		text = string(bytes.TrimPrefix(data, []byte("\ufeff")))
	}
	if at := badByte(text); at >= 0 {
		return "", faultOf(1+strings.Count(text[:at], "\n"), "", "want UTF-8 or UTF-16: save it as \"CSV UTF-8\"")
	}
	if !strings.Contains(text, "\n") {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	return text, nil
}

// badByte returns where a text is not what a spreadsheet writes, -1 for nowhere.
func badByte(text string) int {
	for i, r := range text {
		if r == 0 {
			return i
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}

func fromUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
}

// separator tells what parts the cells: what the first line says in Excel's way
// ("sep=;"), which is then left out, else whatever finds the names of columns in it.
func separator(text string) (rest string, skipped int, comma rune) {
	first, rest, _ := strings.Cut(text, "\n")
	first = strings.TrimRight(first, "\r")
	if sign, ok := strings.CutPrefix(strings.ToLower(first), "sep="); ok && len(sign) == 1 && strings.Contains(",;\t", sign) {
		return rest, 1, rune(sign[0])
	}
	most := 0
	for _, sign := range ",;\t" {
		found := 0
		for _, name := range strings.Split(first, string(sign)) {
			if slices.Contains(Columns(), strings.ToLower(strings.Trim(name, "\" "))) {
				found++
			}
		}
		if found > most {
			most, comma = found, sign
		}
	}
	if comma == 0 {
		comma = ','
	}
	return text, 0, comma
}

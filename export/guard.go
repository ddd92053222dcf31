package export

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// Guard makes a cell harmless to spreadsheets, which take a cell that begins
// with one of = + - @ for a formula (OWASP, "CSV Injection"; CWE-1236): such a
// cell gets an apostrophe in front. White space, zero-width marks and
// full-width twins of those characters do not hide one. A cell that begins
// with an apostrophe gets one too, so that [Unguard] gives every cell back
// exactly.
func Guard(cell string) string {
	if cell == "" || cell[0] != '\'' && !formula(cell) {
		return cell
	}
	return "'" + cell
}

// Unguard gives back what Guard was given.
func Unguard(cell string) string { return strings.TrimPrefix(cell, "'") }

func formula(cell string) bool {
	if strings.ContainsRune("\t\r\n\x00", rune(cell[0])) {
		return true
	}
	bare := strings.TrimLeftFunc(cell, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	})
	first, _ := firstRune(bare)
	return strings.ContainsRune("=+-@＝＋－＠", first)
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return ' ', false
}

// clean makes line ends line feeds and drops other control characters, which
// CSV readers treat each in their own way.
func clean(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r != '\n' && r != '\t' && unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

// spreadsheetCell is the longest cell, in UTF-16 units, that spreadsheets keep;
// room is left for an apostrophe.
const spreadsheetCell = 32767 - 1

func forSpreadsheet(s string) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if len(s) <= spreadsheetCell {
		return s
	}
	units := 0
	for i, r := range s {
		if units += utf16.RuneLen(r); units > spreadsheetCell-len("…") {
			return s[:i] + "…"
		}
	}
	return s
}

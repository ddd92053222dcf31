package export

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"

	"ewgwatch"
)

// Options says how findings are written. The zero value writes RFC 4180 with
// the formula guard on.
type Options struct {
	// Excel writes what a spreadsheet opens by a double click: a byte-order
	// mark in front, spaces for line feeds inside a cell, instants as
	// 2006-01-02 15:04:05 (in UTC all the same), and no cell longer than the
	// 32,767 UTF-16 units that a spreadsheet keeps: " […]" ends one that was
	// cut. Of such a file Unguard gives back what is left.
	Excel bool
	// Raw leaves out the formula guard, see Guard. It is for programs: a
	// spreadsheet will run what a hostile page wrote.
	Raw bool
	// Standing says what all findings of a claim say together; nil leaves the
	// columns independent_sources and contradicted empty.
	Standing func(ewgwatch.Claim) ewgwatch.Standing
}

// CSV writes findings with a header, one a row, in the order given and as they
// come: it keeps no more than one at a time. The package says how cells are
// written. It returns how many rows it wrote; the first error of findings or of
// w ends it, and what was written before stays written.
func CSV(w io.Writer, findings iter.Seq2[ewgwatch.Finding, error], options Options) (rows int, err error) {
	out := bufio.NewWriterSize(w, 64<<10)
	defer func() {
		if flushed := out.Flush(); err == nil && flushed != nil {
			err = fmt.Errorf("write CSV: %w", flushed)
		}
	}()
	if options.Excel {
		out.WriteString("\ufeff")
	}
	if err := writeRow(out, Columns()); err != nil {
		return 0, fmt.Errorf("write CSV: %w", err)
	}
	cells := make([]string, len(columns))
	for f, err := range findings {
		if err != nil {
			return rows, err
		}
		for i, c := range columns {
			cells[i] = options.cell(c, f)
		}
		if err := writeRow(out, cells); err != nil {
			return rows, fmt.Errorf("write CSV: row %d: %w", rows+1, err)
		}
		rows++
	}
	return rows, nil
}

// writeRow writes one record. encoding/csv would turn a line feed inside a
// cell into CRLF together with those that end a record, and so change cells.
func writeRow(out *bufio.Writer, cells []string) error {
	for i, cell := range cells {
		if i > 0 {
			out.WriteByte(',')
		}
		if strings.ContainsAny(cell, ",\"\r\n") || strings.HasPrefix(cell, " ") || strings.HasSuffix(cell, " ") {
			out.WriteByte('"')
			out.WriteString(strings.ReplaceAll(cell, `"`, `""`))
			out.WriteByte('"')
			continue
		}
		out.WriteString(cell)
	}
	_, err := out.WriteString("\r\n") // an error of bufio sticks, and comes back here
	return err
}

func (o Options) cell(c column, f ewgwatch.Finding) string {
	value := c.value(f, o)
	if !c.text {
		return value
	}
	value = clean(value)
	if o.Excel {
		value = oneLine(value)
	}
	if !o.Raw {
		value = Guard(value)
	}
	if o.Excel {
		value = cut(value)
	}
	return value
}

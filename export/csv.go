package export

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
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
	// Standing says what all findings of a claim, as it is believed, say together; nil leaves the
	// columns independent_sources and contradicted empty.
	Standing func(ewgwatch.Claim) ewgwatch.Standing
	// Believed says how a finding is believed; nil for what its analyst says of it
	// alone, as Finding.Believed does.
	Believed func(ewgwatch.Finding) ewgwatch.Finding
	// Columns names the columns to write, in order; none for all that are not
	// written on request alone (believed_state, believed_stance, believed_event,
	// machine).
	Columns []string
	// SheetRows is how many rows one sheet of a workbook has at most, its header
	// among them; 0 for the 1,048,576 that a spreadsheet reads.
	SheetRows int
}

// columns returns the columns asked for.
func (o *Options) columns() ([]column, error) {
	if len(o.Columns) == 0 {
		return columns, nil
	}
	chosen := make([]column, 0, len(o.Columns))
	every := slices.Concat(columns, asked)
	for _, name := range o.Columns {
		at := slices.IndexFunc(every, func(c column) bool { return c.name == name })
		if at < 0 {
			return nil, fmt.Errorf("want a column (%s), have %q", strings.Join(namesOf(every), ", "), name)
		}
		chosen = append(chosen, every[at])
	}
	return chosen, nil
}

// NeedStanding reports whether a column is to be written that Standing fills.
func (o *Options) NeedStanding() bool {
	return len(o.Columns) == 0 || slices.Contains(o.Columns, "independent_sources") || slices.Contains(o.Columns, "contradicted")
}

// rows returns what makes a row of a finding. What it is believed to say is worked out
// only where a column says it or rests on it.
func (o *Options) rows(chosen []column) func(ewgwatch.Finding) row {
	if !slices.ContainsFunc(chosen, func(c column) bool { return c.believes }) {
		return func(f ewgwatch.Finding) row { return row{Finding: f} }
	}
	believed, standing := o.Believed, o.Standing
	if believed == nil {
		believed = ewgwatch.Finding.Believed
	}
	if standing == nil {
		standing = func(ewgwatch.Claim) (none ewgwatch.Standing) { return none }
	}
	return func(f ewgwatch.Finding) row {
		claim := believed(f).Claim()
		return row{Finding: f, believed: claim, standing: standing(claim)}
	}
}

// bufferSize is how much is written at once.
const bufferSize = 64 << 10

// CSV writes findings with a header, one a row, in the order given and as they
// come: it keeps no more than a few at a time. The package says how cells are
// written. It returns how many rows it wrote; the first error of findings or of
// w ends it, and what was written before stays written.
func CSV(w io.Writer, findings iter.Seq2[ewgwatch.Finding, error], options Options) (rows int, err error) {
	chosen, err := options.columns()
	if err != nil {
		return 0, err
	}
	rowOf := options.rows(chosen)
	return lines(w, options.header(namesOf(chosen)), findings, func(to []byte, f ewgwatch.Finding) []byte {
		r := rowOf(f)
		for i := range chosen {
			if i > 0 {
				to = append(to, ',')
			}
			to = options.cell(to, &chosen[i], &r)
		}
		return append(to, "\r\n"...)
	})
}

func (o *Options) header(names []string) (header []byte) {
	if o.Excel {
		header = append(header, "\ufeff"...)
	}
	return append(append(header, strings.Join(names, ",")...), "\r\n"...)
}

// lines writes a line for every item behind a header.
func lines[T any](w io.Writer, header []byte, items iter.Seq2[T, error], line func([]byte, T) []byte) (rows int, err error) {
	buffer := append(make([]byte, 0, 2*bufferSize), header...)
	flush := func() error {
		_, err := w.Write(buffer)
		if buffer = buffer[:0]; err != nil {
			return fmt.Errorf("write up to row %d: %w", rows, err)
		}
		return nil
	}
	for item, err := range items {
		if err != nil {
			return rows, errors.Join(err, flush())
		}
		buffer = line(buffer, item)
		rows++
		if len(buffer) < bufferSize {
			continue
		}
		if err := flush(); err != nil {
			return rows, err
		}
	}
	return rows, flush()
}

package export

import (
	"io"
	"iter"
	"strconv"
	"time"

	"ewgwatch"
)

// Table is rows of values under columns: findings, or what goes beside them. A
// value is a string, int, float64, bool, [time.Time] or [ewgwatch.Date] as the
// kind of its column has it, and nil or zero where it is unknown. Rows may use one
// slice for all.
type Table struct {
	Name    string // of the sheet, or of the file without its end
	Columns []Column
	Rows    iter.Seq2[[]any, error]
}

// Column is one column of a table.
type Column struct {
	Name  string
	Kind  Kind
	About string // what it holds, in one line
}

// CSV writes a table as the function CSV writes findings.
func (t Table) CSV(w io.Writer, options Options) (rows int, err error) {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return lines(w, options.header(names), t.Rows, func(to []byte, values []any) []byte {
		for i, v := range values {
			if i > 0 {
				to = append(to, ',')
			}
			to = options.plain(to, v)
		}
		return append(to, "\r\n"...)
	})
}

// plain appends a value as a cell of CSV.
func (o *Options) plain(to []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return o.words(to, v)
	case int:
		return strconv.AppendInt(to, int64(v), 10)
	case float64:
		return strconv.AppendFloat(to, v, 'f', -1, 64)
	case bool:
		return strconv.AppendBool(to, v)
	case time.Time:
		return o.instant(to, v)
	case ewgwatch.Date:
		return appendDate(to, v)
	}
	return to
}

// Findings returns findings as a table. Of the options it heeds Standing and
// Columns.
func Findings(findings iter.Seq2[ewgwatch.Finding, error], options Options) (Table, error) {
	chosen, err := options.columns()
	if err != nil {
		return Table{}, err
	}
	options.Excel = false
	t, rowOf := Table{Name: "findings", Columns: described(chosen)}, options.rows(chosen)
	t.Rows = func(yield func([]any, error) bool) {
		values, text := make([]any, len(chosen)), []byte(nil)
		for f, err := range findings {
			if err != nil {
				yield(nil, err)
				return
			}
			r := rowOf(f)
			for i := range chosen {
				values[i], text = options.typed(text[:0], &chosen[i], &r)
			}
			if !yield(values, nil) {
				return
			}
		}
	}
	return t, nil
}

// typed returns the value of a column; text is room to work in.
func (o *Options) typed(text []byte, c *column, r *row) (value any, room []byte) {
	if c.kind == Words {
		return c.text(r), text
	}
	text = c.value(text, r, o)
	return valueOf(c.kind, string(text)), text
}

// valueOf reads what a column writes, nil where that is nothing.
func valueOf(kind Kind, text string) (value any) {
	var err error
	switch kind {
	case Whole:
		value, err = strconv.Atoi(text)
	case Fraction:
		value, err = strconv.ParseFloat(text, 64)
	case Truth:
		value, err = strconv.ParseBool(text)
	case Moment:
		if value, err = time.Parse(time.RFC3339, text); err == nil {
			return value
		}
		value, err = ewgwatch.ParseDate(text)
	case Day:
		value, err = ewgwatch.ParseDate(text)
	default:
		return text
	}
	if text == "" || err != nil {
		return nil
	}
	return value
}

// Dictionary says of every column of some tables what it holds.
func Dictionary(tables ...Table) Table {
	return Table{
		Name: "dictionary",
		Columns: []Column{
			{"table", Words, "table the column is in"}, {"column", Words, "its name"},
			{"kind", Words, "text, integer, number, boolean, time (UTC, or a day) or date (a day, month or year)"}, {"about", Words, "what it holds"},
		},
		Rows: func(yield func([]any, error) bool) {
			for _, t := range tables {
				for _, c := range t.Columns {
					if !yield([]any{t.Name, c.Name, string(c.Kind), c.About}, nil) {
						return
					}
				}
			}
		},
	}
}

func described(of []column) []Column {
	all := make([]Column, len(of))
	for i, c := range of {
		all[i] = Column{c.name, c.kind, c.about}
	}
	return all
}

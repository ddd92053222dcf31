package export

import (
	"fmt"
	"io"
	"iter"
	"unicode"
	"unicode/utf8"

	"ewgwatch"
)

// JSONL writes findings one JSON object a line, with the names of the columns as
// keys in their order. Numbers and booleans are such, times and dates strings as
// in CSV, and what is unknown is null. Text is whole: nothing is cleaned, guarded
// or cut, since a JSON string needs none of it. Of the options it heeds Standing
// and Columns. It returns what [CSV] returns.
func JSONL(w io.Writer, findings iter.Seq2[ewgwatch.Finding, error], options Options) (rows int, err error) {
	chosen, err := options.columns()
	if err != nil {
		return 0, err
	}
	options.Excel = false
	keys := make([]string, len(chosen))
	for i, c := range chosen {
		keys[i] = fmt.Sprintf(",%q:", c.name)
	}
	keys[0] = "{" + keys[0][1:]
	rowOf := options.rows(chosen)
	return lines(w, nil, findings, func(to []byte, f ewgwatch.Finding) []byte {
		r := rowOf(f)
		for i := range chosen {
			to = options.member(append(to, keys[i]...), &chosen[i], &r)
		}
		return append(to, "}\n"...)
	})
}

// member appends the value of a column.
func (o *Options) member(to []byte, c *column, r *row) []byte {
	if c.kind == Words {
		return appendText(to, c.text(r))
	}
	from := len(to)
	quoted := c.kind == Moment || c.kind == Day
	if quoted {
		to = append(to, '"')
	}
	begun := len(to)
	switch to = c.value(to, r, o); {
	case len(to) == begun:
		return append(to[:from], "null"...)
	case quoted:
		return append(to, '"')
	}
	return to
}

// appendText appends a JSON string, or null where there is none. Characters that
// no reader sees as such are escaped: readers of lines take some of them for the
// end of one, and a terminal for a command. Bytes that are not UTF-8 become U+FFFD.
func appendText(to []byte, s string) []byte {
	if s == "" {
		return append(to, "null"...)
	}
	to = append(to, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			to = append(to, '\\', byte(r))
		case r == '\n':
			to = append(to, `\n`...)
		case r >= ' ' && r <= '~':
			to = append(to, byte(r))
		case r < 0x10000 && (unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)):
			to = fmt.Appendf(to, `\u%04x`, r)
		default:
			to = utf8.AppendRune(to, r)
		}
	}
	return append(to, '"')
}

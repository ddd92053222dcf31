package export

import "strings"

// cell appends a cell as CSV has it.
func (o *Options) cell(to []byte, c *column, r *row) []byte {
	if c.kind != Words {
		return c.value(to, r, o)
	}
	return o.words(to, c.text(r))
}

func (o *Options) words(to []byte, s string) []byte {
	if s == "" {
		return to
	}
	if plainASCII(s) {
		return field(to, s)
	}
	return field(to, o.tame(s))
}

// plainASCII reports whether a cell needs neither cleaning nor a guard nor cutting,
// as most do not, in one walk over it. Those that begin with what might is left to
// the others to look at.
func plainASCII(s string) bool {
	if first := s[0]; first <= '@' && (first < '0' || first > '9') || len(s) > spreadsheetCell {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// tame makes words harmless.
func (o *Options) tame(s string) string {
	s = clean(s)
	if o.Excel {
		s = oneLine(s)
	}
	if !o.Raw {
		s = Guard(s)
	}
	if o.Excel {
		s = cut(s)
	}
	return s
}

// field appends one cell of a record. encoding/csv would turn a line feed inside a
// cell into CRLF together with those that end a record, and so change cells.
func field(to []byte, cell string) []byte {
	if !strings.ContainsAny(cell, ",\"\r\n") && !strings.HasPrefix(cell, " ") && !strings.HasSuffix(cell, " ") {
		return append(to, cell...)
	}
	to = append(to, '"')
	for {
		at := strings.IndexByte(cell, '"')
		if at < 0 {
			return append(append(to, cell...), '"')
		}
		to = append(append(to, cell[:at+1]...), '"')
		cell = cell[at+1:]
	}
}

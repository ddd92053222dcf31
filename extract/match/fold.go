package match

import (
	"sort"
	"unicode"
	"unicode/utf8"
)

// Folded is a text in the form in which phrases are compared, with the way
// back to the original.
type Folded struct {
	text   string
	shifts []shift
	end    int // original offset just after the last character kept
}

// shift says that the character at folded offset at begins at original offset
// from, and that the one before it ended at original offset before. Between
// two shifts both texts run in step.
type shift struct{ at, from, before int }

// Fold brings a text into the form in which phrases are compared: lower case,
// full-width forms as their ASCII twins, typographic quotes, dashes and spaces
// as plain ones, a run of spaces as one space, zero-width characters and soft
// hyphens gone. It does not normalise otherwise: texts and patterns are
// expected in NFC.
func Fold(s string) *Folded {
	f := &Folded{}
	b := make([]byte, 0, len(s))
	step := 0 // original offset less folded offset, while both run in step
	for i := 0; i < len(s); {
		at, r, size := i, rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		r = foldRune(r)
		if r == dropped || r == ' ' && len(b) > 0 && b[len(b)-1] == ' ' {
			continue
		}
		if at-len(b) != step {
			step = at - len(b)
			f.shifts = append(f.shifts, shift{len(b), at, f.end})
		}
		b = utf8.AppendRune(b, r)
		f.end = i
	}
	f.text = string(b)
	return f
}

// Original returns the span of the original text that a folded span stands
// for. Both offsets must lie on character boundaries of the folded text.
func (f *Folded) Original(start, end int) (from, to int) {
	from = start
	if i := f.shiftAfter(start); i > 0 {
		from += f.shifts[i-1].from - f.shifts[i-1].at
	}
	i := f.shiftAfter(end)
	switch {
	case end >= len(f.text):
		return from, f.end
	case i == 0:
		return from, end
	case f.shifts[i-1].at == end:
		return from, f.shifts[i-1].before
	}
	return from, end + f.shifts[i-1].from - f.shifts[i-1].at
}

// shiftAfter returns the index of the first shift beyond a folded offset.
func (f *Folded) shiftAfter(at int) int {
	return sort.Search(len(f.shifts), func(i int) bool { return f.shifts[i].at > at })
}

const dropped = rune(-1)

// foldRune returns the character that stands for r, or dropped.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		if r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		return r
	case r >= 0xFF01 && r <= 0xFF5E: // full-width ASCII
		return unicode.ToLower(r - 0xFEE0)
	case r == 0x3000 || r == 0xA0 || r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x205F || r == 0x1680:
		return ' '
	case r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2064 || r == 0xFEFF || r == 0xAD:
		return dropped
	case r == '’' || r == '‘' || r == 'ʼ' || r == '`' || r == '´' || r == '′':
		return '\''
	case r == '“' || r == '”' || r == '„' || r == '«' || r == '»' || r == '″':
		return '"'
	case r >= 0x2010 && r <= 0x2015 || r == 0x2212 || r == '﹣':
		return '-'
	case r < 0x0E00 || r >= 0x1C80 && r < 0x2E80 || r >= 0xA640 && r < 0xAC00:
		return unicode.ToLower(r)
	}
	return r
}

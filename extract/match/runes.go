package match

import "unicode"

// runes is a set of characters below 0x10000, one bit for each.
type runes [1 << 10]uint64

func (s *runes) has(r rune) bool { return r <= 0xFFFF && s[r/64]>>(r%64)&1 != 0 }

func (s *runes) add(r rune) {
	if r <= 0xFFFF {
		s[r/64] |= 1 << (r % 64)
	}
}

func (s *runes) remove(r rune) {
	if r <= 0xFFFF {
		s[r/64] &^= 1 << (r % 64)
	}
}

// each calls change for every character of a table below 0x10000.
func each(table *unicode.RangeTable, change func(rune)) {
	for _, span := range table.R16 {
		for r := uint32(span.Lo); r <= uint32(span.Hi); r += uint32(span.Stride) {
			change(rune(r))
		}
	}
}

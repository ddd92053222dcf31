package match

import (
	"unicode"
	"unicode/utf8"
)

// fold brings a text into the form in which phrases are compared: lower case,
// full-width forms as their ASCII twins, typographic quotes, dashes and spaces
// as plain ones, a run of spaces as one space, zero-width characters and soft
// hyphens gone. It does not normalise otherwise: texts and patterns are
// expected in NFC.
func fold(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		r = foldRune(r)
		if r == dropped || r == ' ' && len(b) > 0 && b[len(b)-1] == ' ' {
			continue
		}
		b = utf8.AppendRune(b, r)
	}
	return string(b)
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

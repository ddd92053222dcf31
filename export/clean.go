package export

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes line ends line feeds, and puts U+FFFD for other control
// characters than the tab and for bytes that are not UTF-8.
func clean(s string) string {
	if !dirty(s) {
		return s
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case forbidden(r):
			return utf8.RuneError
		}
		return r
	}, s)
}

// dirty spares most cells the work. The second half of the control characters has
// two bytes, the first of them 0xC2.
func dirty(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' && c != '\n' && c != '\t', c == 0x7f:
			return true
		case c == 0xC2 && i+1 < len(s) && s[i+1] < 0xA0:
			return true
		}
	}
	return !utf8.ValidString(s)
}

func forbidden(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }

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

// dirty spares most cells the work.
func dirty(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r == utf8.RuneError || forbidden(r) })
}

func forbidden(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }

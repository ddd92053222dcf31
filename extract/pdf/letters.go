package pdf

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// unspaced tells the letters of scripts that put no space between words.
func unspaced(r rune) bool {
	return han(r) || unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func han(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFF0
}

// thaiShifted is what the private letters U+F700 to U+F71A of Thai fonts stand
// for: vowels and tone marks drawn to the left or lower.
var thaiShifted = []rune("\u0E10\u0E34\u0E35\u0E36\u0E37\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E0D\u0E31\u0E4D\u0E47\u0E48\u0E49\u0E4A\u0E4B\u0E4C\u0E38\u0E39\u0E3A")

var (
	saraAm     = regexp.MustCompile("\u0E4D([\u0E48-\u0E4B]?)\u0E32|([\u0E48-\u0E4B])\u0E4D\u0E32")
	spacedMark = regexp.MustCompile("[ ]([\u0E31\u0E33-\u0E3A\u0E47-\u0E4E\u17B6-\u17D3\u0EB1\u0EB4-\u0EBC\u0EC8-\u0ECD])")
)

// mend turns letters that a PDF has for the sake of drawing into those a writer
// types: ligatures, radicals for Han letters, shifted Thai marks.
func mend(s string) string {
	s = strings.Map(mendRune, strings.ToValidUTF8(s, "\uFFFD"))
	if strings.ContainsAny(s, "\uFB00\uFB01\uFB02\uFB03\uFB04\uFB05\uFB06") {
		s = strings.NewReplacer("\uFB00", "ff", "\uFB01", "fi", "\uFB02", "fl", "\uFB03", "ffi", "\uFB04", "ffl", "\uFB05", "st", "\uFB06", "st").Replace(s)
	}
	s = spacedMark.ReplaceAllString(s, "$1")
	return saraAm.ReplaceAllString(s, "$1$2\u0E33")
}

func mendRune(r rune) rune {
	switch {
	case r >= 0xF700 && r <= 0xF71A:
		return thaiShifted[r-0xF700]
	case r >= 0x2E80 && r <= 0x2FDF:
		for _, whole := range norm.NFKC.String(string(r)) {
			return whole
		}
	case r == '\u00ad' || r == '\u200b' || r == '\ufeff':
		return -1
	case r < ' ' && r != '\n':
		return -1
	}
	return r
}

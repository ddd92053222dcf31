package document

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// squeeze returns s as it is read: white space as the package says, invisible
// marks dropped, in NFC.
func squeeze(s string) string {
	var w lineWriter
	w.write(s)
	return w.line()
}

// collapse returns s as HTML sets it: only ASCII white space collapses, other
// spaces stay. Invisible marks are dropped; the rest is in NFC.
func collapse(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n\f", r) })
	visible := strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, strings.Join(words, " "))
	return strings.TrimFunc(norm.NFC.String(visible), unicode.IsSpace)
}

// lineWriter gathers the text of one line out of many text nodes.
type lineWriter struct {
	b     strings.Builder
	last  rune // the last rune written
	gap   bool // white space is due before the next rune
	fresh bool // the gap holds a line feed of the source
}

func (w *lineWriter) write(s string) {
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			w.gap = w.b.Len() > 0
			w.fresh = w.fresh || r == '\n'
		case isInvisible(r):
		default:
			w.put(r)
		}
	}
}

func (w *lineWriter) put(r rune) {
	if w.gap && !(w.fresh && isWide(w.last) && isWide(r)) {
		w.b.WriteByte(' ')
	}
	w.gap, w.fresh = false, false
	w.b.WriteRune(r)
	w.last = r
}

// line returns what was gathered and starts afresh.
func (w *lineWriter) line() string {
	s := norm.NFC.String(w.b.String())
	*w = lineWriter{}
	return s
}

// isInvisible reports whether r shows nothing and parts nothing: control
// characters, soft hyphen, zero-width space, word joiner, byte-order mark, bidi
// controls. The zero-width joiners shape letters and stay.
func isInvisible(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xAD, r == 0x200B, r == 0x200E, r == 0x200F, r == 0x2060, r == 0xFEFF:
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// isWide reports whether r is of a script that is set without spaces and broken
// anywhere.
func isWide(r rune) bool {
	return r >= 0x2E80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r <= 0x303F || r >= 0xFF00 && r <= 0xFF60)
}

// weight is the length of s in letters of English: one character of Chinese
// says about as much as three, a Hangul syllable as two.
func weight(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < 0x2E80:
			n++
		case unicode.Is(unicode.Hangul, r):
			n += 2
		default:
			n += 3
		}
	}
	return n
}

// clipRunes cuts s to n runes.
func clipRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// clipBytes cuts s to at most n bytes, between runes.
func clipBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// firstOf returns the first string that is not empty.
func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// folded returns only the letters and digits of s, in lower case, to compare
// titles and names by.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.N, unicode.M) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

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
	loose bool // what was written may have to be composed

	accents int // written since the last letter
}

// mostAccents is how many accents one letter may carry: those of UAX #15's
// stream-safe text. No language stacks more than a few.
const mostAccents = 30

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
	if r < 0x0300 || r > 0x036F {
		w.accents = 0
	} else if w.accents++; w.accents > mostAccents {
		return
	}
	if w.gap && !(w.fresh && isWide(w.last) && isWide(r)) {
		w.b.WriteByte(' ')
	}
	w.gap, w.fresh = false, false
	w.b.WriteRune(r)
	w.last = r
	w.loose = w.loose || !isSettled(r)
}

// line returns what was gathered and starts afresh.
func (w *lineWriter) line() string {
	s := w.b.String()
	if w.loose {
		s = norm.NFC.String(s)
	}
	*w = lineWriter{}
	return s
}

// isSettled reports whether NFC leaves r alone, whatever stands beside it, as
// long as that is settled too: most letters and marks of news.
func isSettled(r rune) bool {
	switch {
	case r < 0x0300, r >= 0x0400 && r <= 0x0482, r >= 0x048A && r <= 0x052F, r >= 0x0E01 && r <= 0x0E37, r >= 0x1EA0 && r <= 0x1EF9:
		return true // Latin, Cyrillic, Thai, Vietnamese
	case r >= 0x2010 && r <= 0x2027, r >= 0x3001 && r <= 0x3029, r >= 0x3041 && r <= 0x3096, r >= 0x309B && r <= 0x30FF:
		return true // dashes and quotes, Japanese
	case r >= 0x3400 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xFF01 && r <= 0xFF5E, r == utf8.RuneError:
		return true // Chinese, Korean
	}
	return false
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
		case r >= 0x3400 && r <= 0x9FFF: // ideographs
			n += 3
		case r >= 0xAC00 && r <= 0xD7A3: // syllables
			n += 2
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
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r = foldedRune(r); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
	}
	return string(b)
}

// foldsTo reports whether folded(s) is a text, and reads no more of s than it
// takes to know.
func foldsTo(s, text string) bool {
	for _, r := range s {
		if r = foldedRune(r); r < 0 {
			continue
		}
		first, size := utf8.DecodeRuneInString(text)
		if size == 0 || first != r {
			return false
		}
		text = text[size:]
	}
	return text == ""
}

// foldedRune returns a letter or digit in lower case, -1 for all else.
func foldedRune(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
		return r
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r < utf8.RuneSelf || r >= 0x2000 && r < 0x2070 || r == utf8.RuneError || !unicode.In(r, unicode.L, unicode.N, unicode.M):
		return -1
	case r >= 0x0E00 && r < 0x10A0 || r >= 0x2E80 && r < 0xA640:
		return r // of a script without case, from Thai to Burmese or Chinese
	}
	return unicode.ToLower(r)
}

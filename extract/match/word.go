package match

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// WholeWord reports whether a span begins and ends where words do. Scripts
// without spaces between words have no such edges, but no name ends before a
// vowel or tone mark that belongs to its last letter.
func WholeWord(text string, start, end int) bool {
	words := everyWord()
	first, _ := utf8.DecodeRuneInString(text[start:])
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	return !(words.has(before) && words.has(first)) && words.endsAt(text, end)
}

// words knows the characters that words are made of, in scripts that part them.
type words struct {
	letters    runes // and digits and marks
	dependents runes // what cannot begin a word, in any script
	ascii      [256]bool
}

var everyWord = sync.OnceValue(func() *words {
	w := &words{}
	for _, table := range []*unicode.RangeTable{unicode.L, unicode.N, unicode.M} {
		each(table, w.letters.add)
	}
	for _, table := range unspaced() {
		each(table, w.letters.remove)
	}
	for r := range rune(utf8.RuneSelf) {
		w.ascii[r] = w.letters.has(r)
	}
	each(unicode.M, w.dependents.add)
	each(following, w.dependents.add)
	each(possessive, w.dependents.remove)
	return w
})

// unspaced lists the scripts that do not part words. The mark for a long vowel
// is of none.
func unspaced() []*unicode.RangeTable {
	longVowel := &unicode.RangeTable{R16: []unicode.Range16{{Lo: 'ー', Hi: 'ー', Stride: 1}}}
	return []*unicode.RangeTable{
		unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, longVowel,
	}
}

var (
	// following are the Thai and Lao vowels that stand after their consonant.
	following = &unicode.RangeTable{R16: []unicode.Range16{
		{Lo: 0x0E30, Hi: 0x0E33, Stride: 1}, {Lo: 0x0E45, Hi: 0x0E45, Stride: 1}, {Lo: 0x0EB0, Hi: 0x0EB3, Stride: 1},
	}}
	// possessive are the two Burmese tone marks that may follow a name.
	possessive = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x1037, Hi: 0x1038, Stride: 1}}}
)

// has reports whether r belongs to a word in a script that parts words.
func (w *words) has(r rune) bool {
	if r <= 0xFFFF {
		return w.letters.has(r)
	}
	return unicode.In(r, unicode.L, unicode.N, unicode.M) && !unicode.In(r, unspaced()...)
}

// skipASCII returns the offset of the first character from at on that is no
// ASCII letter or digit.
func (w *words) skipASCII(text string, at int) int {
	for at < len(text) && w.ascii[text[at]] {
		at++
	}
	return at
}

// endsAt reports whether a word that reaches up to end goes no further.
func (w *words) endsAt(text string, end int) bool {
	if end == len(text) {
		return true
	}
	if b := text[end]; b < utf8.RuneSelf && !w.ascii[b] {
		return true
	}
	after, _ := utf8.DecodeRuneInString(text[end:])
	if w.has(after) {
		if last, _ := utf8.DecodeLastRuneInString(text[:end]); w.has(last) {
			return false
		}
	}
	return !w.dependent(after)
}

// dependent reports whether r cannot begin a word: a vowel or tone mark.
func (w *words) dependent(r rune) bool {
	if r <= 0xFFFF {
		return w.dependents.has(r)
	}
	return unicode.Is(unicode.M, r)
}

package wire

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"ewgwatch"
	"ewgwatch/extract/match"
)

// name is where a text names an agency, and what stands around it.
type name struct {
	agency        *agency
	written       written
	before, after string
}

// pattern is a name of an agency among those looked for.
type pattern struct {
	agency *agency
	written
	capitals string
}

var looked = sync.OnceValues(func() (*match.Finder, []pattern) {
	var all []pattern
	var texts []match.Pattern
	for i := range agencies() {
		a := &agencies()[i]
		for _, w := range a.names {
			last, _ := utf8.DecodeLastRuneInString(w.text)
			all = append(all, pattern{a, w, strings.ToUpper(w.text)})
			texts = append(texts, match.Pattern{Text: w.text, Open: unicode.Is(unicode.Hangul, last)})
		}
	}
	return match.Build(texts), all
})

// names returns where a text names agencies, of names within each other the
// longest.
func names(text string) []name {
	finder, patterns := looked()
	var all []name
	end := 0
	finder.Find(text, func(m match.Match) bool {
		p := patterns[m.Pattern]
		if found := text[m.Start:m.End]; m.Start >= end && (found == p.text || found == p.capitals) {
			all = append(all, name{agency: p.agency, written: p.written, before: text[:m.Start], after: text[m.End:]})
			end = m.End
		}
		return true
	})
	return all
}

// meant reports whether a name is the agency's where another may have it too.
func (n name) meant(s Story) bool {
	switch n.written.doubt {
	case sure:
		return true
	case common:
		return false
	}
	return !n.behind("the") && !slices.ContainsFunc(n.agency.also, func(word string) bool {
		return ewgwatch.State(word).Valid() && s.State == ewgwatch.State(word) || strings.Contains(s.Text, word) || strings.Contains(s.Title, word)
	})
}

// behind reports whether a word stands right before the name.
func (n name) behind(word string) bool {
	_, ok := cutWord(fold(near(n.before, -windowSize)), word)
	return ok
}

// windowSize is how many bytes around a name are looked at.
const windowSize = 96

// near returns up to so many bytes of a text: of its beginning, or where size is
// below 0 of its end.
func near(text string, size int) string {
	switch {
	case size >= 0 && len(text) > size:
		text = text[:size]
	case size < 0 && len(text) > -size:
		text = text[len(text)+size:]
	}
	return strings.ToValidUTF8(text, "")
}

// cutWord cuts a word off the end of a text, where it stands there as a word.
func cutWord(text, word string) (string, bool) {
	rest, ok := strings.CutSuffix(strings.TrimRight(text, " \"'“”«»("), word)
	if !ok {
		return text, false
	}
	last, _ := utf8.DecodeLastRuneInString(rest)
	first, _ := utf8.DecodeRuneInString(word)
	return rest, rest == "" || !(letter(last) && letter(first))
}

// leadWord cuts a word off the beginning of a text, where it stands there as one.
func leadWord(text, word string) (string, bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, " \"'“”«»,)"), word)
	if !ok {
		return text, false
	}
	first, _ := utf8.DecodeRuneInString(rest)
	last, _ := utf8.DecodeLastRuneInString(word)
	return rest, rest == "" || !(letter(first) && letter(last))
}

// letter reports whether a character is of a script that puts spaces between its
// words.
func letter(r rune) bool {
	return unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Devanagari, unicode.Greek, unicode.Arabic) || unicode.IsDigit(r)
}

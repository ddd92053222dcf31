package extract

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"ewgwatch/extract/lexicon"
	"ewgwatch/extract/match"
)

// hit is a phrase of the lexicon found in a text. Of a phrase in several parts
// the span is the last part's, and whole reaches from the first to the last.
type hit struct {
	*lexicon.Phrase
	span
	whole span
}

// scanner finds the phrases of a lexicon.
type scanner struct {
	phrases   []lexicon.Phrase
	parts     []part
	automaton *match.Automaton
	among     sync.Map // joined languages -> []bool, which patterns are theirs
}

type part struct{ phrase, index int }

// names finds states and topic words, grammar everything else. They are kept
// apart because every page is scanned for the one and few for the other.
var (
	names   = sync.OnceValue(func() *scanner { return newScanner(isName) })
	grammar = sync.OnceValue(func() *scanner { return newScanner(func(r lexicon.Role) bool { return !isName(r) }) })
)

func isName(role lexicon.Role) bool {
	switch role {
	case lexicon.Forum, lexicon.Group, lexicon.Panel, lexicon.CT, lexicon.Rival, lexicon.Asean, lexicon.Kind:
		return true
	}
	return isStateRole(role)
}

// newScanner compiles the phrases of the roles wanted. The embedded lexicon is
// checked by a test, so a mistake in it cannot reach a user; it panics.
func newScanner(wanted func(lexicon.Role) bool) *scanner {
	words, err := lexicon.Default()
	if err != nil {
		panic(err)
	}
	s := &scanner{}
	var patterns []string
	for _, p := range words.Phrases {
		if !wanted(p.Role) {
			continue
		}
		for i, text := range p.Parts {
			patterns = append(patterns, text)
			s.parts = append(s.parts, part{len(s.phrases), i})
		}
		s.phrases = append(s.phrases, p)
	}
	s.automaton = match.Build(patterns)
	return s
}

// scan finds the phrases of the given languages in a text, by start, the
// longest first.
func (s *scanner) scan(text string, folded *match.Folded, langs []string) []hit {
	var hits []hit
	earlier := map[int][]span{} // spans of parts but the last, by part
	s.automaton.Find(folded, s.patternsOf(langs), func(m match.Match) bool {
		p := s.parts[m.Pattern]
		phrase := &s.phrases[p.phrase]
		found := span{m.Start, m.End}
		last := p.index == len(phrase.Parts)-1
		if !wholeWord(text, found, phrase.Prefix && last, phrase.Role == lexicon.Suffix) || !caseFits(phrase, phrase.Parts[p.index], found.of(text)) {
			return true
		}
		if !last {
			earlier[m.Pattern] = append(earlier[m.Pattern], found)
			return true
		}
		if whole, ok := chain(earlier, m.Pattern-p.index, p.index, found); ok {
			hits = append(hits, hit{phrase, found, whole})
		}
		return true
	})
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
	return hits
}

// patternsOf marks the patterns of some languages.
func (s *scanner) patternsOf(langs []string) []bool {
	key := strings.Join(langs, " ")
	if known, ok := s.among.Load(key); ok {
		return known.([]bool)
	}
	among := make([]bool, len(s.parts))
	for i, p := range s.parts {
		among[i] = slices.Contains(langs, s.phrases[p.phrase].Lang)
	}
	s.among.Store(key, among)
	return among
}

// chain looks backward for the parts before the last one, each within
// lexicon.Gap of the next.
func chain(earlier map[int][]span, first, index int, found span) (span, bool) {
	whole := found
	for i := index - 1; i >= 0; i-- {
		spans := earlier[first+i]
		at := len(spans) - 1
		for at >= 0 && spans[at].end > whole.start {
			at--
		}
		if at < 0 || whole.start-spans[at].end > lexicon.Gap {
			return span{}, false
		}
		whole.start = spans[at].start
	}
	return whole, true
}

// wholeWord reports whether a span begins and ends where words do. Scripts
// without spaces between words have no such edges, but no name ends before a
// vowel or tone mark that belongs to its last letter. A prefix may go on, an
// ending may be written onto the word before it: নয়াদিল্লিতে.
func wholeWord(text string, s span, prefix, ending bool) bool {
	first, _ := utf8.DecodeRuneInString(text[s.start:])
	before, _ := utf8.DecodeLastRuneInString(text[:s.start])
	if !ending && s.start > 0 && joins(before, first) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(text[:s.end])
	after, _ := utf8.DecodeRuneInString(text[s.end:])
	return prefix || s.end == len(text) || !joins(last, after) && !dependent(after)
}

// dependent reports whether r cannot begin a word: vowel and tone marks, and
// the Thai and Lao vowels that follow their consonant. The two Burmese tone
// marks that a possessive adds to a name may follow one.
func dependent(r rune) bool {
	return unicode.Is(unicode.M, r) && r != visarga && r != dot || r >= 0x0E30 && r <= 0x0E33 || r == 0x0E45 || r >= 0x0EB0 && r <= 0x0EB3
}

const visarga, dot = '\u1038', '\u1037'

func joins(a, b rune) bool { return spaced(a) && spaced(b) }

// spaced reports whether r belongs to a word in a script that parts words.
func spaced(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	if !unicode.In(r, unicode.L, unicode.N, unicode.M) {
		return false
	}
	return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && r != 'ー'
}

// caseFits holds a match against the capitals of its form: short forms all in
// capitals (US, TNI) match only so, names with a capital want one. Other
// phrases match in any case.
func caseFits(p *lexicon.Phrase, form, found string) bool {
	if !isName(p.Role) || p.Role == lexicon.Mask {
		return true
	}
	if len(form) <= 6 && allCapitals(form) {
		return allCapitals(found)
	}
	first, _ := utf8.DecodeRuneInString(form)
	if p.Role == lexicon.Kind || p.Role == lexicon.CT || !unicode.IsUpper(first) {
		return true
	}
	start, _ := utf8.DecodeRuneInString(found)
	return !unicode.IsLower(start)
}

func allCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 0
}

// longest drops hits that overlap a longer one among those kept; of equals the
// first given stays.
func longest(hits []hit) []hit {
	bySize := slices.Clone(hits)
	slices.SortStableFunc(bySize, func(a, b hit) int { return cmp.Compare(b.end-b.start, a.end-a.start) })
	var kept []hit // by start, disjoint
	for _, h := range bySize {
		at, _ := slices.BinarySearchFunc(kept, h.start, func(k hit, start int) int { return cmp.Compare(k.start, start) })
		if at > 0 && kept[at-1].overlaps(h.span) || at < len(kept) && kept[at].overlaps(h.span) {
			continue
		}
		kept = slices.Insert(kept, at, h)
	}
	return kept
}

// everyLang lists the languages the lexicon has a file for.
var everyLang = sync.OnceValue(func() []string {
	var langs []string
	for _, p := range names().phrases {
		if n := len(langs); n == 0 || langs[n-1] != p.Lang {
			langs = append(langs, p.Lang)
		}
	}
	return langs
})

package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// withAnaphors adds what stands for an event without a word for one: "a drill in
// Alaska and one in Busan", "while the Busan one". A place must be beside it, or it
// counts something else, and an event of the clause before it, whose kind it has.
func (c clause) withAnaphors(number int, refs []reference) []reference {
	all := slices.Clone(refs)
	for _, w := range c.words {
		if w.Role != lexicon.One {
			continue
		}
		before := slices.IndexFunc(refs, func(r reference) bool { return r.start >= w.start })
		if before < 0 {
			before = len(refs)
		}
		g, beside := c.beside(w.span)
		if before == 0 || !beside || c.nobody(w) {
			continue
		}
		r := reference{span: w.span, sentence: number, event: ewgwatch.Event{Kind: refs[before-1].event.Kind}, foreign: refs[before-1].foreign, to: -1}
		r.event.Host, r.event.Place = whereabouts(g)
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b reference) int { return a.start - b.start })
	return all
}

// nobody reports whether a word is but the end of one that denies: "no one".
func (c clause) nobody(one hit) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == lexicon.Not && w.overlaps(one.span) })
}

// prepositionGap is the room of a preposition of place, in characters: " in the ".
const prepositionGap = 8

// beside returns the place that a word has: the city right before it, or the place
// right behind it and its preposition.
func (c clause) beside(s span) (mention, bool) {
	for _, g := range c.groups {
		first, last := g.mentions[0], g.mentions[len(g.mentions)-1]
		switch {
		case last.city() && last.end <= s.start && strings.TrimSpace(c.text[last.end:s.start]) == "":
			return last, true
		case g.located && g.start > s.end && c.prepositionOnly(s.end, g.start):
			return first, true
		}
	}
	return mention{}, false
}

// prepositionOnly reports whether nothing stands between two offsets but a
// preposition of place.
func (c clause) prepositionOnly(from, to int) bool {
	return utf8.RuneCountInString(c.text[from:to]) <= prepositionGap && slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.At && w.start >= from && w.end <= to && strings.TrimSpace(c.text[from:w.start]) == ""
	})
}

package extract

import (
	"cmp"
	"slices"

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

// scan finds the phrases of a vocabulary in a text, by start, the longest
// first.
func (v *vocabulary) scan(text string) []hit {
	hits := make([]hit, 0, len(text)/64)
	earlier := map[int][]span{} // spans of parts but the last, by part
	v.finder.Find(text, func(m match.Match) bool {
		p := &v.parts[m.Pattern]
		found := span{m.Start, m.End}
		if !p.letters.fit(found.of(text)) {
			return true
		}
		if !p.last {
			earlier[m.Pattern] = append(earlier[m.Pattern], found)
			return true
		}
		if whole, ok := chain(earlier, m.Pattern-p.index, p.index, found); ok {
			hits = append(hits, hit{p.phrase, found, whole})
		}
		return true
	})
	return hits
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

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

// sparse is how many bytes of a report on the topic have one hit; of other
// texts it is many more.
const sparse = 24

// scan finds the phrases of a vocabulary in a text, by start, the longest
// first.
func (v *vocabulary) scan(text string) []hit {
	hits := make([]hit, 0, len(text)/sparse)
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
// first given stays. What is left is in the order of the text.
func longest(hits []hit) []hit {
	order := make([]int, len(hits))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(hits[a].start, hits[b].start) })
	var kept []hit
	for len(order) > 0 {
		n := chained(hits, order)
		kept = append(kept, longestOf(hits, order[:n])...)
		order = order[n:]
	}
	return kept
}

// chained counts the hits, in the order of the text, of which each overlaps
// one before it.
func chained(hits []hit, order []int) int {
	end := hits[order[0]].end
	for n, i := range order {
		if n > 0 && hits[i].start >= end {
			return n
		}
		end = max(end, hits[i].end)
	}
	return len(order)
}

// longestOf does what longest does for a few hits.
func longestOf(hits []hit, few []int) []hit {
	slices.SortFunc(few, func(a, b int) int {
		return cmp.Or(cmp.Compare(hits[b].end-hits[b].start, hits[a].end-hits[a].start), cmp.Compare(a, b))
	})
	var kept []hit // by start, disjoint
	for _, i := range few {
		h := hits[i]
		at, _ := slices.BinarySearchFunc(kept, h.start, func(k hit, start int) int { return cmp.Compare(k.start, start) })
		if at > 0 && kept[at-1].overlaps(h.span) || at < len(kept) && kept[at].overlaps(h.span) {
			continue
		}
		kept = slices.Insert(kept, at, h)
	}
	return kept
}

// withoutInner drops hits that lie within a longer word and are no part of its
// meaning. hits are sorted by start, the longest first.
func withoutInner(hits []hit) []hit {
	end := 0
	return slices.DeleteFunc(slices.Clone(hits), func(h hit) bool {
		inner := h.end <= end
		if h.Role == lexicon.Word {
			end = max(end, h.end)
		}
		return inner
	})
}

package extract

import (
	"cmp"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// clause is a sentence taken apart: who is named, in which lists, and which
// phrases say something of them.
type clause struct {
	text   string
	span   span
	words  []hit // grammar and topic words
	cues   []hit
	groups []group
	wholes []group // "all ASEAN members"
}

// parse takes a sentence apart. found are its mentions, words everything else
// the lexicon knows in it; on is the day whose rosters hold.
func parse(text string, s span, found []mention, words []hit, on ewgwatch.Date) clause {
	c := clause{text: text, span: s, words: words}
	var cues []hit
	for _, w := range words {
		if isCue(w.Role) {
			cues = append(cues, w)
		}
	}
	cues = withoutReached(withoutHeads(cues))
	c.cues = c.specific(withTwins(longest(cues), cues))
	c.groups = groups(text, found, words)
	c.wholes = c.collectives(on)
	return c
}

func isCue(role lexicon.Role) bool {
	return isActor(role) || isPlace(role)
}

// withoutHeads drops cues that another one, in several parts, begins with:
// "joins" where "joins … in skipping" stands.
func withoutHeads(cues []hit) []hit {
	return slices.DeleteFunc(slices.Clone(cues), func(c hit) bool {
		return slices.ContainsFunc(cues, func(o hit) bool {
			return len(o.Parts) > 1 && o.whole.start == c.start && c.end < o.start && o.Stance != c.Stance
		})
	})
}

// withoutReached drops verbs of presence that the phrase before them reaches
// into, however long they are: "menolak mengikuti" leaves no "mengikuti
// pertemuan".
func withoutReached(cues []hit) []hit {
	return slices.DeleteFunc(slices.Clone(cues), func(c hit) bool {
		return c.Stance == ewgwatch.Attended && slices.ContainsFunc(cues, func(o hit) bool {
			return o.Stance != ewgwatch.Attended && o.Role == lexicon.Before && o.start < c.whole.start && o.end > c.whole.start && o.end < c.end
		})
	})
}

// specific settles what a word means that ends phrases of several stances: the
// phrase that begins nearest before it, and any of several parts before the
// word alone, unless a comma stands between them.
func (c clause) specific(cues []hit) []hit {
	return slices.DeleteFunc(slices.Clone(cues), func(loser hit) bool {
		return slices.ContainsFunc(cues, func(o hit) bool {
			if o.span != loser.span || o.Stance == loser.Stance || isActor(o.Role) != isActor(loser.Role) {
				return false
			}
			if loser.whole.start < loser.start {
				return o.whole.start < o.start && loser.whole.start < o.whole.start
			}
			return o.whole.start < o.start && !strings.ContainsAny(c.text[o.whole.start:o.start], ",;，、")
		})
	})
}

// withTwins gives back the cues that share a span with one kept: the same
// phrase may have the state before or after it.
func withTwins(kept, all []hit) []hit {
	var twins []hit
	for _, c := range all {
		if slices.ContainsFunc(kept, func(k hit) bool { return k.span == c.span }) {
			twins = append(twins, c)
		}
	}
	slices.SortStableFunc(twins, func(a, b hit) int { return cmp.Compare(a.start, b.start) })
	return twins
}

// broken reports whether a new clause begins between two offsets.
func (c clause) broken(from, to int) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.Break && w.start >= from && w.end <= to
	})
}

// parts reports whether a new clause begins between two offsets that does not
// hang on the one before: "should say that it will not attend" is one thought.
func (c clause) parts(from, to int) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.Break && w.start >= from && w.end <= to && !complementizers[strings.ToLower(w.of(c.text))]
	})
}

var complementizers = wordSet("that ว่า что rằng bahwa bahawa que कि যে na")

// member reports whether a list only says who the members are.
func (c clause) member(g group) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == lexicon.Member && w.end <= g.start })
}

package extract

import (
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// collectives finds the groups that stand for all their members: "all ten
// ASEAN states". A group whose members are listed right after it stands for
// the list, and is not taken here.
func (c clause) collectives(on ewgwatch.Date) []group {
	var all []group
	for _, w := range c.words {
		if w.Role != lexicon.Members && w.Role != lexicon.Partners {
			continue
		}
		from, ok := c.quantified(w)
		if !ok || c.listed(w) {
			continue
		}
		g := group{span: span{from, w.end}}
		if w.Role == lexicon.Members {
			g.whole = ewgwatch.ASEAN(on.First())
		} else {
			g.whole = ewgwatch.Partners(on.First())
		}
		g.whole = c.excepted(g)
		all = append(all, g)
	}
	return all
}

func (c clause) quantified(w hit) (int, bool) {
	for _, q := range c.words {
		if q.Role == lexicon.All && (q.end <= w.start && strings.Trim(c.text[q.end:w.start], " -的個个") == "" ||
			q.start >= w.end && strings.TrimSpace(c.text[w.end:q.start]) == "") {
			return min(q.start, w.start), true
		}
	}
	return 0, false
}

// listed reports whether the states of a group are named right after it.
func (c clause) listed(w hit) bool {
	for _, g := range c.groups {
		if g.start >= w.end && g.start-w.end <= 6 && strings.ContainsAny(c.text[w.end:g.start], "(（–—-:：") {
			return true
		}
	}
	return false
}

func (c clause) excepted(whole group) []ewgwatch.State {
	for _, w := range c.words {
		if w.Role != lexicon.Except || w.start < whole.end || w.start > whole.end+3 {
			continue
		}
		for _, g := range c.groups {
			if g.start >= w.end && g.start <= w.end+8 {
				return slices.DeleteFunc(whole.whole, func(s ewgwatch.State) bool { return slices.Contains(g.states(), s) })
			}
		}
	}
	return whole.whole
}

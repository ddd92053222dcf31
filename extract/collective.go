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
	var names []hit
	for _, w := range c.words {
		if w.Role == lexicon.Members || w.Role == lexicon.Partners {
			names = append(names, w)
		}
	}
	var all []group
	for _, w := range longest(names) {
		from, to, ok := c.quantified(w)
		if !ok || c.listed(w) {
			continue
		}
		g := group{span: span{from, to}}
		if w.Role == lexicon.Members {
			g.whole = ewgwatch.ASEAN(on.First())
		} else {
			g.whole = ewgwatch.Partners(on.First())
		}
		g.excepted = c.excepted(g)
		g.whole = slices.DeleteFunc(g.whole, func(s ewgwatch.State) bool { return slices.Contains(g.excepted, s) })
		all = append(all, g)
	}
	return all
}

func (c clause) quantified(w hit) (from, to int, ok bool) {
	for _, q := range c.words {
		if q.Role == lexicon.All && (q.end <= w.start && strings.Trim(c.text[q.end:w.start], " -的個个") == "" ||
			q.start >= w.end && strings.TrimSpace(c.text[w.end:q.start]) == "") {
			return min(q.start, w.start), max(q.end, w.end), true
		}
	}
	return 0, 0, false
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

// excepted returns the states left out of a whole group: named behind it
// ("except Singapore") or in front of it (シンガポールを除く全加盟国).
func (c clause) excepted(whole group) []ewgwatch.State {
	for _, w := range c.words {
		if w.Role != lexicon.Except {
			continue
		}
		for _, g := range c.groups {
			behind := w.start >= whole.end && w.start <= whole.end+3 && g.start >= w.end && g.start <= w.end+8
			ahead := max(g.end, w.end) <= whole.start && whole.start-max(g.end, w.end) <= 16 && g.distance(w.span) <= 8
			if behind || ahead {
				return g.states()
			}
		}
	}
	return nil
}

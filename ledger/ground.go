package ledger

import (
	"fmt"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

const (
	preface = "Empty cells say nothing of the state, least of all that it was absent. " +
		"Of its own sources, and of the others on the topic, so many were read for the event:"
	besideAbsence = "The same where a state is said to have been absent or to have declined:"
	absenceAlone  = "Where a state is said to have been absent or to have declined, so many of its own sources, and of the others on the topic, were read for the event:"
)

// grounds says what the empty cells rest on, of each kind of nothing that is shown:
// for which states, with how many of their sources read. Then the same of the cells
// that say a state was not there: an absence is worth what could have spoken
// against it.
func (t table) grounds() {
	empty := t.groundsOf(t.emptyOf)
	if len(empty) > 0 {
		t.paragraph(preface)
		for _, kind := range []groundKind{{NotMentioned, false}, {Unreadable, false}, {Unreachable, false}, {NotCovered, true}, {NotCovered, false}} {
			t.groundsIn(kind, empty)
		}
	}
	away := t.groundsOf(t.awayOf)
	if len(away) > 0 {
		if len(empty) > 0 {
			t.paragraph(besideAbsence)
		} else {
			t.paragraph(absenceAlone)
		}
		for _, g := range away {
			t.hang("", g.String())
		}
	}
	if text := spans(append(empty, away...)); text != "" {
		t.paragraph(text)
	}
}

func (t table) paragraph(text string) {
	t.line("")
	for _, line := range plain.Wrap(text, t.width) {
		t.line(line)
	}
}

func (t table) groundsIn(kind groundKind, all []ground) {
	of := slices.DeleteFunc(slices.Clone(all), func(g ground) bool { return g.groundKind != kind })
	if len(of) == 0 {
		return
	}
	t.hang(mark(kind.kind), kind.meaning())
	for _, g := range of {
		t.hang("", g.String())
	}
}

// sayAway reports whether a cell says that a state was not there.
func sayAway(c Cell) bool {
	return slices.ContainsFunc(c.Said, func(s Said) bool {
		return !s.Planned && (s.Stance == ewgwatch.Absent || s.Stance == ewgwatch.Declined)
	})
}

// groundKind parts the two ways in which nothing is covered.
type groundKind struct {
	kind      NothingKind
	otherTime bool
}

func (k groundKind) meaning() string {
	switch k.kind {
	case Unreachable:
		return "not read"
	case NotCovered:
		if k.otherTime {
			return "not covered: read, but nothing of that time"
		}
		return "not covered: no source that is known to be watched covers the state"
	case Unreadable:
		return "reached, but what came could not be read"
	}
	return "read for the event, and none names the state at it"
}

// ground is what cells rest on, of all states whose sources were read alike.
type ground struct {
	groundKind
	nothing     Nothing // of one of the events
	own, others span    // sources read for one of the events
	states      []string
}

// groundsOf takes together the states whose grounds are alike.
func (t table) groundsOf(grounds func(ewgwatch.State) []ground) []ground {
	var all []ground
	for _, state := range t.States {
		for _, g := range grounds(state) {
			at := slices.IndexFunc(all, g.like)
			if at < 0 {
				all = append(all, g)
				continue
			}
			all[at].states = append(all[at].states, g.states...)
		}
	}
	return all
}

// emptyOf returns of a state a ground for each kind of nothing among its cells, over
// all events of which that kind would hold.
func (t table) emptyOf(state ewgwatch.State) []ground {
	var all []ground
	has := map[groundKind]bool{}
	for _, event := range t.Events {
		g := t.groundOf(state, event)
		has[g.groundKind] = has[g.groundKind] || len(t.Cell(state, event).Said) == 0
		at := slices.IndexFunc(all, func(other ground) bool { return other.groundKind == g.groundKind })
		if at < 0 {
			all = append(all, g)
			continue
		}
		all[at] = all[at].and(g)
	}
	return slices.DeleteFunc(all, func(g ground) bool { return !has[g.groundKind] })
}

// awayOf returns the one ground of a state over the events at which it is said not to
// have been.
func (t table) awayOf(state ewgwatch.State) []ground {
	var all []ground
	for _, event := range t.Events {
		if !sayAway(t.Cell(state, event)) {
			continue
		}
		g := t.groundOf(state, event)
		g.groundKind = groundKind{}
		if len(all) > 0 {
			g = all[0].and(g)
		}
		all = []ground{g}
	}
	return all
}

func (t table) groundOf(state ewgwatch.State, event ewgwatch.Event) ground {
	n := t.reach.nothing(state, event)
	return ground{
		groundKind: groundKind{n.Kind, n.OtherTime()}, nothing: n, states: []string{tame(state.Name())},
		own: span{n.Own.Then, n.Own.Then}, others: span{n.Others.Then, n.Others.Then},
	}
}

func (g ground) and(other ground) ground {
	g.own, g.others = g.own.and(other.own), g.others.and(other.others)
	return g
}

func (g ground) like(other ground) bool {
	return g.groundKind == other.groundKind && g.sources() == other.sources()
}

// spans explains the first number that varies from event to event; "" where none does.
func spans(all []ground) string {
	for _, g := range all {
		for _, s := range []struct {
			span
			of int
		}{{g.others, g.nothing.Others.Watched}, {g.own, g.nothing.Own.Watched}} {
			if s.least < s.most {
				return fmt.Sprintf("%s of %d: for one of the events %d of the %d sources, for another %d.", s.span, s.of, s.least, s.of, s.most)
			}
		}
	}
	return ""
}

// sources says "0 of 1 own, 2–13 of 18 others".
func (g ground) sources() string {
	own, others := "no own", "no others"
	if n := g.nothing.Own.Watched; n > 0 {
		own = fmt.Sprintf("%s of %d own", g.own, n)
	}
	if n := g.nothing.Others.Watched; n > 0 {
		others = fmt.Sprintf("%s of %d others", g.others, n)
	}
	return own + ", " + others
}

// String says "Cambodia, Laos: 0 of 1 own, 2–13 of 18 others".
func (g ground) String() string { return strings.Join(g.states, ", ") + ": " + g.sources() }

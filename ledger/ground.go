package ledger

import (
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

const (
	preface = "Empty cells say nothing of the state, least of all that it was absent. " +
		"Its own sources, or the others on the topic where it has none, were:"
	besideAbsence = "Where a state is said to have been absent or to have declined, this was read of its sources:"
)

// grounds says what the empty cells rest on, of each kind of nothing that is shown:
// for which states, with how many of their sources read. Then the same of the cells
// that say a state was not there: an absence is worth what could have spoken
// against it.
func (t table) grounds() {
	if empty := t.groundsOf(func(c Cell) bool { return len(c.Said) == 0 }); len(empty) > 0 {
		t.paragraph(preface)
		for _, kind := range []groundKind{{NotMentioned, false}, {Unreadable, false}, {Unreachable, false}, {NotCovered, true}, {NotCovered, false}} {
			t.groundsIn(kind, empty)
		}
	}
	if away := t.groundsOf(sayAway); len(away) > 0 {
		t.paragraph(besideAbsence)
		for _, g := range away {
			t.hang("", g.String())
		}
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
		return "not covered: no source that is watched covers the state"
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

// groundsOf returns the grounds of the shown cells that are wanted: of each state one for
// each kind of nothing among them.
func (t table) groundsOf(wanted func(Cell) bool) []ground {
	var all []ground
	for _, state := range t.States {
		for _, g := range t.groundsOfState(state, wanted) {
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

// groundsOfState takes together the events of which one kind of nothing would hold,
// of the kinds that a wanted cell has.
func (t table) groundsOfState(state ewgwatch.State, wanted func(Cell) bool) []ground {
	var all []ground
	has := map[groundKind]bool{}
	for _, event := range t.Events {
		n := t.reach.nothing(state, event)
		g := ground{
			groundKind: groundKind{n.Kind, n.OtherTime()}, nothing: n, states: []string{tame(state.Name())},
			own: span{n.Own.Then, n.Own.Then}, others: span{n.Others.Then, n.Others.Then},
		}
		has[g.groundKind] = has[g.groundKind] || wanted(t.Cell(state, event))
		at := slices.IndexFunc(all, func(other ground) bool { return other.groundKind == g.groundKind })
		if at < 0 {
			all = append(all, g)
			continue
		}
		all[at].own, all[at].others = all[at].own.and(g.own), all[at].others.and(g.others)
	}
	return slices.DeleteFunc(all, func(g ground) bool { return !has[g.groundKind] })
}

func (g ground) like(other ground) bool {
	return g.groundKind == other.groundKind && g.sources() == other.sources()
}

func (g ground) sources() string { return g.nothing.sources(g.own, g.others) }

// String says "Cambodia, Laos: 1 of 2 own sources read, 0 to 1 for an event".
func (g ground) String() string { return strings.Join(g.states, ", ") + ": " + g.sources() }

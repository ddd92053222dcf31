package ledger

import (
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

const preface = "Empty cells say nothing of the state, least of all that it was absent. " +
	"Its own sources, or the others on the topic where it has none, were:"

// grounds says what the empty cells rest on: of each kind of nothing that is
// shown, for which states, with how many of their sources read.
func (t table) grounds() {
	shown := t.empty()
	if len(shown) == 0 {
		return
	}
	t.line("")
	for _, line := range plain.Wrap(preface, t.width) {
		t.line(line)
	}
	for _, kind := range []NothingKind{NotMentioned, Unreadable, Unreachable, NotCovered} {
		of := slices.DeleteFunc(slices.Clone(shown), func(g ground) bool { return g.kind != kind })
		if len(of) == 0 {
			continue
		}
		t.hang(mark(kind), meaning(kind))
		for _, g := range of {
			t.hang("", strings.Join(g.states, ", ")+": "+g.sources)
		}
	}
}

// ground is what empty cells rest on, of all states whose sources were read
// alike.
type ground struct {
	kind    NothingKind
	sources string
	states  []string
}

// empty returns the grounds of the states that have an empty cell among those
// shown.
func (t table) empty() []ground {
	var all []ground
	for _, state := range t.States {
		gap := slices.IndexFunc(t.Events, func(e ewgwatch.Event) bool { return len(t.Cell(state, e).Said) == 0 })
		if gap < 0 {
			continue
		}
		n := t.Cell(state, t.Events[gap]).Nothing
		g := ground{kind: n.Kind, sources: n.sources()}
		at := slices.IndexFunc(all, func(other ground) bool { return other.kind == g.kind && other.sources == g.sources })
		if at < 0 {
			at = len(all)
			all = append(all, g)
		}
		all[at].states = append(all[at].states, tame(state.Name()))
	}
	return all
}

func meaning(kind NothingKind) string {
	switch kind {
	case Unreachable:
		return "not read"
	case NotCovered:
		return "not watched: no source covers the state"
	case Unreadable:
		return "reached, but what came could not be read"
	}
	return "read, and none names the state at the event"
}

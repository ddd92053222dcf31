package ledger

import (
	"slices"

	"ewgwatch"
)

// Contradiction is one cell in which sources contradict each other: that the
// state was there and that it was not. Nothing says which is right.
type Contradiction struct {
	State ewgwatch.State
	Event ewgwatch.Event
	Sides []Said // every stance that another one contradicts, with its best finding
}

// Contradictions returns every cell shown that contradicts itself, by event and
// then by state.
func (l *Ledger) Contradictions() []Contradiction {
	var all []Contradiction
	for _, event := range l.Events {
		for _, state := range l.States {
			c := Contradiction{State: state, Event: event}
			for _, s := range l.Cell(state, event).Said {
				if s.Contradicts {
					c.Sides = append(c.Sides, s)
				}
			}
			if len(c.Sides) > 0 {
				all = append(all, c)
			}
		}
	}
	return all
}

// contradict marks what cannot both be true of one state at one event. Findings
// without an event contradict nothing, they may be about different ones.
func (l *Ledger) contradict() {
	for at, cell := range l.cells {
		if at.event == "" {
			continue
		}
		for i := range cell.Said {
			s := &cell.Said[i]
			s.Contradicts = slices.ContainsFunc(cell.Said, func(other Said) bool { return opposed(*s, other) })
			if s.Contradicts {
				claim := ewgwatch.Claim{State: at.state, Event: at.event, Stance: s.Stance}
				standing := l.standing[claim]
				standing.Contradicted = true
				l.standing[claim] = standing
			}
		}
	}
}

// opposed reports whether two things said cannot both be true. Plans change, so
// what was planned contradicts nothing: "will attend" and then "withdrew", or
// "will stay away" and then "attended", is a history, and the cell shows both.
func opposed(a, b Said) bool {
	return !a.Planned && !b.Planned && a.Stance.Contradicts(b.Stance)
}

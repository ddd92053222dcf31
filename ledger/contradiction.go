package ledger

import (
	"slices"

	"ewgwatch"
)

// contradict marks what cannot both be true of one state at one event: that it
// was there and that it was not. What was planned contradicts nothing, because
// plans change: "will attend" and then "withdrew" is a history.
func (l *Ledger) contradict() {
	for _, cell := range l.cells {
		if cell.Event.ID == "" {
			continue // findings without an event may be about different ones
		}
		for i := range cell.Said {
			s := &cell.Said[i]
			s.Contradicts = slices.ContainsFunc(cell.Said, func(other Said) bool { return opposed(*s, other) })
			if s.Contradicts {
				claim := ewgwatch.Claim{State: cell.State, Event: cell.Event.ID, Stance: s.Stance}
				standing := l.standing[claim]
				standing.Contradicted = true
				l.standing[claim] = standing
			}
		}
	}
}

func opposed(a, b Said) bool {
	return !a.Planned && !b.Planned && a.Stance.Contradicts(b.Stance)
}

// Contradiction is one cell in which sources contradict each other, with the
// best finding of each side.
type Contradiction struct {
	State ewgwatch.State
	Event ewgwatch.Event
	Sides []ewgwatch.Finding
}

// Contradictions returns every cell that contradicts itself, by event and then
// by state.
func (l *Ledger) Contradictions() []Contradiction {
	var all []Contradiction
	for _, event := range l.Events {
		for _, state := range l.States {
			c := Contradiction{State: state, Event: event}
			for _, s := range l.Cell(state, event).Said {
				if s.Contradicts {
					c.Sides = append(c.Sides, s.Best)
				}
			}
			if len(c.Sides) > 0 {
				all = append(all, c)
			}
		}
	}
	return all
}

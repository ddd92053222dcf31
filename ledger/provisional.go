package ledger

import "ewgwatch"

// enough is how many independent voices an event takes that no catalogue knows.
const enough = 2

// confirm takes the mark of the provisional from events that enough independent
// voices describe. It asks of them only that the event is: they may say different
// things of different states. A mention describes nothing.
func (t *tally) confirm() {
	heard := map[*told][]*group{}
	for _, g := range t.groups {
		if g.event.event.Provisional && g.best.Stance != ewgwatch.Mentioned {
			heard[g.event] = append(heard[g.event], g)
		}
	}
	for e, groups := range heard {
		if t.voices(t.register, groups...) >= enough {
			e.event.Provisional = false
		}
	}
}

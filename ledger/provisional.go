package ledger

import "ewgwatch"

// unconfirmed are the findings of events that no catalogue knows, by the ID of the
// event. A mention describes nothing.
type unconfirmed map[string][]ewgwatch.Finding

func (u unconfirmed) hear(f *ewgwatch.Finding) {
	if f.Event.Provisional && f.Stance != ewgwatch.Mentioned {
		u[f.Event.ID] = append(u[f.Event.ID], *f)
	}
}

// enough is how many independent voices an event takes that no catalogue knows.
const enough = 2

// confirm takes the mark of the provisional from events that enough independent
// voices describe. It asks of them only that the event is: they may say different
// things of different states.
func (u unconfirmed) confirm(events map[string]*told) {
	for id, heard := range u {
		if e := events[id]; e.event.Provisional && Voices(heard) >= enough {
			e.event.Provisional = false
		}
	}
}

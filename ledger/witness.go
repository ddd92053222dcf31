package ledger

import "ewgwatch"

// witnesses are the findings of events that no catalogue knows, by the ID of the
// event. A mention describes nothing.
type witnesses map[string][]ewgwatch.Finding

func (w witnesses) hear(f ewgwatch.Finding) {
	if f.Event.Provisional && f.Stance != ewgwatch.Mentioned {
		w[f.Event.ID] = append(w[f.Event.ID], f)
	}
}

// enough is how many independent voices an event takes that no catalogue knows.
const enough = 2

// confirm takes the mark of the provisional from events that enough independent
// voices describe. It asks of them only that the event is: they may say different
// things of different states.
func (w witnesses) confirm(events map[string]ewgwatch.Event) {
	for id, heard := range w {
		if event := events[id]; event.Provisional && Voices(heard) >= enough {
			event.Provisional = false
			events[id] = event
		}
	}
}

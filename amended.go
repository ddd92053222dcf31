package ewgwatch

import (
	"cmp"
	"slices"
	"time"
)

// Amended is how events are understood once amendments are made. The zero value
// amends nothing. It does not change: several goroutines may use it.
type Amended struct {
	steps  []Amendment     // merges and splits that count, in their order
	merged map[string]bool // events that a merge takes away
	parted map[string]bool // findings that a split names
	names  map[string]string
	parts  map[string]bool // events that a split made
}

// Amend returns what the amendments of a list say that were made by a moment, or
// all of them where it is zero. They are made one after the other, in the order of
// their numbers; an undone one is as if it had never been made, and one whose undoing
// was undone is back in its old place. What was said later than the moment counts
// for nothing, so that the past stays what it was.
func Amend(list []Amendment, asOf time.Time) Amended {
	a := Amended{merged: map[string]bool{}, parted: map[string]bool{}, names: map[string]string{}, parts: map[string]bool{}}
	for _, step := range InForce(list, asOf) {
		switch step.Kind {
		case MergeEvents:
			a.merged[step.Event] = true
			a.steps = append(a.steps, step)
		case SplitEvent:
			for _, id := range step.Findings {
				a.parted[id] = true
			}
			a.parts[step.Into] = true
			a.names[step.Into] = step.Name
			a.steps = append(a.steps, step)
		case RenameEvent:
			a.names[step.Event] = step.Name
		case UndoAmend: // what it undoes is left out already
		}
	}
	return a
}

// InForce returns the amendments that count, in the order of their numbers: those made
// by a moment, or ever where it is zero, without the undone ones and without undos.
func InForce(list []Amendment, asOf time.Time) []Amendment {
	return slices.DeleteFunc(Counting(list, asOf), func(a Amendment) bool { return a.Kind == UndoAmend })
}

// Counting is InForce with the undos that count themselves. An undo comes after what
// it undoes, so that from the last on each is known to count when it is met.
func Counting(list []Amendment, asOf time.Time) (all []Amendment) {
	ordered := slices.SortedStableFunc(slices.Values(list), func(a, b Amendment) int { return a.Number - b.Number })
	undone := map[int]bool{}
	for _, a := range slices.Backward(ordered) {
		if undone[a.Number] || !asOf.IsZero() && a.At.After(asOf) {
			continue
		}
		all = append(all, a)
		if a.Kind == UndoAmend {
			undone[a.Undoes] = true
		}
	}
	slices.Reverse(all)
	return all
}

// IsZero reports whether nothing is amended.
func (a Amended) IsZero() bool { return len(a.steps) == 0 && len(a.names) == 0 }

// Names reports whether an amendment has to do with an event.
func (a Amended) Names(event string) bool {
	_, renamed := a.names[event]
	return renamed || slices.ContainsFunc(a.steps, func(step Amendment) bool { return step.Event == event || step.Into == event })
}

// Finding returns f with its event as amended. What an analyst said of f itself is to
// be in it already, see [Finding.Believed]; f stays the finding that it is. Of an event
// that f was not tied to before, only what its ID and its name say is known.
func (a Amended) Finding(f Finding) Finding {
	if id := a.of(f.ID, f.Event.ID); id != f.Event.ID {
		f.Event = EventOf(id)
	}
	f.Event = a.Event(f.Event)
	return f
}

// of follows a finding from the event it is tied to.
func (a Amended) of(finding, event string) string {
	if event == "" || !a.merged[event] && !a.parted[finding] {
		return event
	}
	for _, step := range a.steps {
		if step.Event == event && (step.Kind == MergeEvents || slices.Contains(step.Findings, finding)) {
			event = step.Into
		}
	}
	return event
}

// Event returns e with its name as amended. Of one that a split made, and of which
// nothing is known but its ID, it says what that says.
func (a Amended) Event(e Event) Event {
	if e == (Event{ID: e.ID}) && a.parts[e.ID] {
		e = EventOf(e.ID)
	}
	if name, ok := a.names[e.ID]; ok {
		e.Name = name
	}
	return e
}

// Parts returns the events that splits made, by ID.
func (a Amended) Parts() []Event {
	var all []Event
	for id := range a.parts {
		all = append(all, a.Event(EventOf(id)))
	}
	slices.SortFunc(all, func(x, y Event) int { return cmp.Compare(x.ID, y.ID) })
	return all
}

// Merged returns the event that another one is part of, and reports whether it is
// part of one. A finding of it that was split off may belong elsewhere still.
func (a Amended) Merged(event string) (string, bool) {
	into := a.of("", event)
	return into, into != event
}

package ewgwatch

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// CheckAmendment refuses an amendment that cannot follow those of a list: one that
// says too little, that has to do with an event that is part of another by then, or
// that undoes what does not count. Its error says what stands in the way, and by its
// number what to undo first. An event need not be known: that is for who knows them.
func CheckAmendment(list []Amendment, next Amendment) error {
	if err := next.complete(); err != nil {
		return err
	}
	if next.Kind == UndoAmend {
		if err := undoable(list, next.Undoes); err != nil {
			return err
		}
	}
	next.Number = 1
	for _, a := range list {
		next.Number = max(next.Number, a.Number+1)
	}
	return follow(InForce(append(slices.Clone(list), next), time.Time{}), next)
}

// complete reports what an amendment lacks.
func (a Amendment) complete() error {
	switch {
	case !a.Kind.Valid():
		return fmt.Errorf("want merge, split, rename or undo, have %q", a.Kind)
	case a.By == "" || a.Why == "":
		return errors.New("want who says so, and why")
	case a.Kind == UndoAmend && (a.Event != "" || a.Into != "" || a.Name != "" || len(a.Findings) > 0):
		return errors.New("want nothing of an undo but the number of what it undoes")
	case a.Kind == UndoAmend:
		return nil
	case a.Undoes != 0:
		return fmt.Errorf("want no number to undo of a %s, have %d", a.Kind, a.Undoes)
	case a.Name == "" && a.Kind != MergeEvents:
		return errors.New("want a name")
	case a.Kind == SplitEvent && (len(a.Findings) == 0 || slices.Contains(a.Findings, "")):
		return errors.New("want the findings that leave")
	}
	ids := []string{a.Event, a.Into}
	if a.Kind == RenameEvent {
		ids = ids[:1]
	}
	for _, id := range ids {
		if err := CheckEventID(id); err != nil {
			return err
		}
	}
	if a.Event == a.Into {
		return fmt.Errorf("want two events, have %s twice", a.Event)
	}
	return nil
}

// undoable refuses to undo what is not there or counts no longer.
func undoable(list []Amendment, number int) error {
	for _, a := range Counting(list, time.Time{}) {
		if a.Number == number {
			return nil
		}
		if a.Kind == UndoAmend && a.Undoes == number {
			return fmt.Errorf("amendment %d is undone already, by amendment %d: to have it back, undo that", number, a.Number)
		}
	}
	return fmt.Errorf("want the number of an amendment that was made, have %d", number)
}

// follow makes amendments one after the other and returns the first that cannot
// follow those before it.
func follow(steps []Amendment, next Amendment) error {
	part := map[string]Amendment{} // the merge by which an event is part of another
	for _, step := range steps {
		for _, id := range []string{step.Event, step.Into} {
			merge, is := part[id]
			if !is || id == step.Into && step.Kind == SplitEvent {
				continue // what was merged may be split off again
			}
			if step.Number == next.Number {
				return fmt.Errorf("%s is part of %s by amendment %d: name that, or undo the amendment first", id, merge.Into, merge.Number)
			}
			return fmt.Errorf("amendment %d, which has to do with %s, then stands against amendment %d, by which that is part of %s: undo it first",
				step.Number, id, merge.Number, merge.Into)
		}
		switch step.Kind {
		case MergeEvents:
			part[step.Event] = step
		case SplitEvent:
			delete(part, step.Into)
		case RenameEvent, UndoAmend:
		}
	}
	return nil
}

package broadsheet

import (
	"ewgwatch"
	"ewgwatch/ledger"
)

// taken is one cell as the ledger has it, and all that is taken of it.
type taken struct {
	ledger.Cell
	read   ledger.Nothing   // the counts of an empty cell, also where something is said
	voices [][]ledger.Voice // by place in Said
	sides  []ledger.Side    // those that contradict each other, in the order of Said
	steps  []ledger.Step    // what was said when
}

// take asks the ledger for a cell.
func take(l *ledger.Ledger, state ewgwatch.State, event ewgwatch.Event) taken {
	t := taken{Cell: l.Cell(state, event), read: l.Read(state, event)}
	if len(t.Said) == 0 {
		return t
	}
	for _, s := range t.Said {
		t.voices = append(t.voices, l.Voices(s.Best.Claim(), s.Planned))
	}
	if c, is := l.Contradiction(state, event); is {
		t.sides = c.Sides
	}
	t.steps = l.History(state, event)
	return t
}

// told is what the ledger knows of an event as a whole.
type told struct {
	sources int // that tell of it
	reading ledger.Reading
}

func tell(l *ledger.Ledger, event ewgwatch.Event) told {
	return told{sources: l.Telling(event), reading: l.Reading(event)}
}

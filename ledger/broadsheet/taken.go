package broadsheet

import (
	"ewgwatch"
	"ewgwatch/ledger"
)

// taken is one cell as the ledger has it, and all that is taken of it: what a ledger
// comes to know beside it is filled in here, and the pages have room for it.
type taken struct {
	ledger.Cell
	voices  map[int][]voice // by place in Said: who says so, the first publisher of each text
	history []string        // what was said when, the earliest first
}

// take asks the ledger for a cell.
func take(l *ledger.Ledger, state ewgwatch.State, event ewgwatch.Event) taken {
	t := taken{Cell: l.Cell(state, event), voices: map[int][]voice{}}
	for i, s := range t.Said {
		t.voices[i] = []voice{{quote: quoted(s.Best, event.Host)}}
	}
	return t
}

// told is what the ledger knows of an event as a whole.
type told struct {
	sources  int      // that tell of it
	coverage []string // what was read of its time, a line each
	expected []string // who was to say something by when, a line each
}

func tell(l *ledger.Ledger, event ewgwatch.Event) told {
	return told{sources: l.Telling(event)}
}

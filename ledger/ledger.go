package ledger

import (
	"cmp"
	"iter"
	"slices"

	"ewgwatch"
)

// Options says which part of the ledger is wanted; empty fields want all.
type Options struct {
	Cycle string         // of the events, as "2021-2023"
	Event string         // Event.ID
	State ewgwatch.State // one row
}

// Ledger is the matrix. Events are its columns, by start date, those without a
// date last; States its rows.
type Ledger struct {
	Events []ewgwatch.Event
	States []ewgwatch.State

	cells    map[place]*Cell
	standing map[ewgwatch.Claim]ewgwatch.Standing
	reach    reach
}

type place struct {
	state ewgwatch.State
	event string
}

// Cell is what is known of one state at one event.
type Cell struct {
	State ewgwatch.State
	Event ewgwatch.Event
	// Said is what findings say, the weightiest stance first, what is planned
	// after what is done. It is empty where nothing is said.
	Said []Said
	// Nothing says which kind of nothing an empty cell is.
	Nothing Nothing
}

// Said is one stance in a cell.
type Said struct {
	Stance  ewgwatch.Stance
	Planned bool
	Voices  int              // independent ones
	Best    ewgwatch.Finding // the surest finding, of equally sure ones the earliest published
	// Contradicts is set where another stance in the cell cannot be true as
	// well.
	Contradicts bool
}

// New adds findings up. Only findings that stand count: current ones and those
// an analyst corrected. Coverage is what the runs saw, the latest run last; the
// kinds of nothing come of it. The first error of findings is returned.
func New(findings iter.Seq2[ewgwatch.Finding, error], coverage []ewgwatch.Coverage, options Options) (*Ledger, error) {
	l := &Ledger{States: ewgwatch.States(), cells: map[place]*Cell{}, standing: map[ewgwatch.Claim]ewgwatch.Standing{}}
	if options.State != "" {
		l.States = []ewgwatch.State{options.State}
	}
	var kept []ewgwatch.Finding
	for f, err := range findings {
		if err != nil {
			return nil, err
		}
		if f.Status == ewgwatch.Current || f.Status == ewgwatch.Corrected {
			kept = append(kept, f)
		}
	}
	slices.SortFunc(kept, func(a, b ewgwatch.Finding) int { return cmp.Compare(a.ID, b.ID) })
	l.fill(kept)
	l.contradict()
	l.reach = reached(kept, coverage)
	l.Events = slices.DeleteFunc(l.Events, func(e ewgwatch.Event) bool {
		return options.Cycle != "" && e.Cycle != options.Cycle || options.Event != "" && e.ID != options.Event
	})
	return l, nil
}

// key tells apart what is done and what is planned of one claim.
type key struct {
	claim   ewgwatch.Claim
	planned bool
}

func (l *Ledger) fill(findings []ewgwatch.Finding) {
	byKey := map[key][]ewgwatch.Finding{}
	byClaim := map[ewgwatch.Claim][]ewgwatch.Finding{}
	events := map[string]ewgwatch.Event{}
	for _, f := range findings {
		k := key{f.Claim(), f.Planned}
		byKey[k] = append(byKey[k], f)
		byClaim[k.claim] = append(byClaim[k.claim], f)
		if f.Event.ID != "" || f.Stance != ewgwatch.Mentioned {
			events[f.Event.ID] = f.Event
		}
	}
	for claim, of := range byClaim {
		l.standing[claim] = ewgwatch.Standing{Independent: Voices(of)}
	}
	for k, of := range byKey {
		if _, known := events[k.claim.Event]; known {
			cell := l.cell(k.claim.State, events[k.claim.Event])
			cell.Said = append(cell.Said, Said{Stance: k.claim.Stance, Planned: k.planned, Voices: Voices(of), Best: best(of)})
		}
	}
	for _, cell := range l.cells {
		slices.SortFunc(cell.Said, byWeight)
	}
	for _, e := range events {
		l.Events = append(l.Events, e)
	}
	slices.SortFunc(l.Events, byDate)
}

func (l *Ledger) cell(state ewgwatch.State, event ewgwatch.Event) *Cell {
	at := place{state, event.ID}
	if l.cells[at] == nil {
		l.cells[at] = &Cell{State: state, Event: event}
	}
	return l.cells[at]
}

func byWeight(a, b Said) int {
	planned := func(s Said) int {
		if s.Planned {
			return 1
		}
		return 0
	}
	order := ewgwatch.Stances()
	return cmp.Or(slices.Index(order, a.Stance)-slices.Index(order, b.Stance), planned(a)-planned(b))
}

func byDate(a, b ewgwatch.Event) int {
	if a.Start.IsZero() != b.Start.IsZero() {
		if a.Start.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.Start.First().Compare(b.Start.First()), cmp.Compare(a.ID, b.ID))
}

// best chooses the finding to show, in a way that does not depend on the order
// of arrival.
func best(findings []ewgwatch.Finding) ewgwatch.Finding {
	return slices.MinFunc(findings, func(a, b ewgwatch.Finding) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), published(a, b), cmp.Compare(a.ID, b.ID))
	})
}

// published orders by date of publication, unknown ones last.
func published(a, b ewgwatch.Finding) int {
	if a.Published.Known() != b.Published.Known() {
		if a.Published.Known() {
			return -1
		}
		return 1
	}
	return a.Published.Date.First().Compare(b.Published.Date.First())
}

// Cell returns what is known of a state at an event.
func (l *Ledger) Cell(state ewgwatch.State, event ewgwatch.Event) Cell {
	if cell := l.cells[place{state, event.ID}]; cell != nil {
		return *cell
	}
	return Cell{State: state, Event: event, Nothing: l.reach.nothing(state, event.ID)}
}

// Standing returns what all findings of a claim say together; the zero value
// for a claim that nobody makes.
func (l *Ledger) Standing(claim ewgwatch.Claim) ewgwatch.Standing { return l.standing[claim] }

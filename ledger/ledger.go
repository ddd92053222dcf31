package ledger

import (
	"iter"
	"maps"
	"slices"

	"ewgwatch"
)

// Options says which part of the ledger is wanted; empty fields want all.
type Options struct {
	Cycle string         // of the events, as "2021-2023"
	Event string         // Event.ID
	State ewgwatch.State // one row
	// Brief counts and remembers no more of a finding than that takes: of such a
	// ledger Standing and Standings are to be asked, and nobody knows the Voices, the
	// History or what to Expect.
	Brief bool
}

// Ledger is the matrix. Events are its columns, by start date, those without a
// date last; States its rows, all nineteen unless one was asked for. A zero
// Event among them is the column of findings that could not be tied to one; it
// is there only where such a finding is more than a mention. Once made, a Ledger
// does not change: several goroutines may read it.
type Ledger struct {
	Events []ewgwatch.Event
	States []ewgwatch.State

	groups   map[column]*group
	columns  columns
	cells    map[place]*Cell
	standing map[ewgwatch.Claim]ewgwatch.Standing
	reach    reach
}

// place is where a cell lies.
type place struct {
	state ewgwatch.State
	event string
}

// New adds findings up. Of the runs, the latest last, come the kinds of nothing
// and what was read for which event. Options narrow what is shown and not what is
// counted. The first error of findings is returned as it is. An event that no
// catalogue knows is provisional until two independent voices say more of it than
// that a state is named. Which events are one is settled before: see [Identity].
func New(findings iter.Seq2[ewgwatch.Finding, error], runs []ewgwatch.Run, options Options) (*Ledger, error) {
	t := newTally(options.Brief)
	for f, err := range findings {
		if err != nil {
			return nil, err
		}
		if f.Status == ewgwatch.Current || f.Status == ewgwatch.Corrected {
			t.add(&f)
		}
	}
	standing := t.count()
	t.confirm()
	l := &Ledger{
		States:   ewgwatch.States(),
		groups:   t.groups,
		columns:  t.columns,
		cells:    t.cells(),
		standing: standing,
		reach:    reached(t.events, runs),
	}
	if options.Brief {
		l.groups = nil
	}
	if options.State != "" {
		l.States = []ewgwatch.State{options.State}
	}
	for _, e := range t.events {
		if e.shown && options.want(e.event) {
			l.Events = append(l.Events, e.event)
		}
	}
	slices.SortFunc(l.Events, byDate)
	l.contradict()
	return l, nil
}

func (o Options) want(e ewgwatch.Event) bool {
	return (o.Cycle == "" || e.Cycle == o.Cycle) && (o.Event == "" || e.ID == o.Event)
}

// Cell returns what is known of a state at an event.
func (l *Ledger) Cell(state ewgwatch.State, event ewgwatch.Event) Cell {
	if cell := l.cells[place{state, event.ID}]; cell != nil {
		return *cell
	}
	return Cell{State: state, Event: event, Nothing: l.reach.nothing(state, event)}
}

// Read returns the counts that an empty cell would have, also where the cell is not
// empty: what stands beside an absence that is reported, so that nobody takes one
// paper's word for the silence of all.
func (l *Ledger) Read(state ewgwatch.State, event ewgwatch.Event) Nothing {
	n := l.reach.nothing(state, event)
	if cell := l.cells[place{state, event.ID}]; cell != nil && len(cell.Said) > 0 {
		n.Kind = ""
	}
	return n
}

// Standings yields the standing of every claim.
func (l *Ledger) Standings() iter.Seq2[ewgwatch.Claim, ewgwatch.Standing] {
	return maps.All(l.standing)
}

// Standing returns what all findings of a claim say together, planned and done
// taken as one as a claim does; the zero value for a claim that nobody makes.
func (l *Ledger) Standing(claim ewgwatch.Claim) ewgwatch.Standing { return l.standing[claim] }

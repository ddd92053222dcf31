package ledger

import (
	"slices"

	"ewgwatch"
)

// tally is where findings are added up, in whatever order they come.
type tally struct {
	columns  map[column]*group
	events   map[string]*told
	register *register
	keeper   keeper
}

// column parts what is done from what is planned of one claim.
type column struct {
	claim   ewgwatch.Claim
	planned bool
}

// group is the findings of one claim, either done or planned.
type group struct {
	best   ewgwatch.Finding
	event  *told
	kept   []kept
	voices int // counted once all findings are in
}

// told is what is told of an event.
type told struct {
	event   ewgwatch.Event
	shown   bool            // it gets a column
	sources map[string]bool // IDs of those that tell of it
	last    string          // of them
}

func newTally() *tally {
	return &tally{
		columns: map[column]*group{}, events: map[string]*told{}, register: newRegister(),
		keeper: keeper{sources: map[string][]*ewgwatch.Source{}},
	}
}

func (t *tally) add(f *ewgwatch.Finding) {
	of := column{f.Claim(), f.Planned}
	g := t.columns[of]
	switch {
	case g == nil:
		g = &group{best: *f, event: t.told(f.Event.ID)}
		t.columns[of] = g
	case byWorth(f, &g.best) < 0:
		g.best = *f
	}
	g.kept = append(g.kept, t.keeper.keep(f, t.register))
	g.event.add(f)
}

func (t *tally) told(event string) *told {
	known := t.events[event]
	if known == nil {
		known = &told{sources: map[string]bool{}}
		t.events[event] = known
	}
	return known
}

func (e *told) add(f *ewgwatch.Finding) {
	if e.last != f.Source.ID || len(e.sources) == 0 {
		e.last = f.Source.ID
		e.sources[e.last] = true
	}
	switch {
	case f.Event.ID == "":
		e.shown = e.shown || f.Stance != ewgwatch.Mentioned
	case !e.shown || f.Event != e.event && byFullness(f.Event, e.event) < 0:
		e.event, e.shown = f.Event, true
	}
}

// telling returns the sources that tell of each event, by their IDs.
func (t *tally) telling() map[string]map[string]bool {
	telling := make(map[string]map[string]bool, len(t.events))
	for id, e := range t.events {
		telling[id] = e.sources
	}
	return telling
}

// count counts the voices of every claim. Who says it both as a plan and as a deed
// is still one voice.
func (t *tally) count() map[ewgwatch.Claim]ewgwatch.Standing {
	standing := make(map[ewgwatch.Claim]ewgwatch.Standing, len(t.columns))
	for of, g := range t.columns {
		g.voices = t.register.forest(sayings(g.kept)).trees
		other := t.columns[column{of.claim, !of.planned}]
		switch {
		case other == nil:
			standing[of.claim] = ewgwatch.Standing{Independent: g.voices}
		case of.planned:
			standing[of.claim] = ewgwatch.Standing{Independent: t.register.forest(sayings(g.kept, other.kept)).trees}
		}
	}
	return standing
}

// cells returns the cells in which something is said.
func (t *tally) cells() map[place]*Cell {
	sizes := map[place]int{}
	for of := range t.columns {
		sizes[of.place()]++
	}
	cells := make(map[place]*Cell, len(sizes))
	for of, g := range t.columns {
		if !g.event.shown {
			continue
		}
		at := of.place()
		cell := cells[at]
		if cell == nil {
			cell = &Cell{State: of.claim.State, Event: g.event.event, Said: make([]Said, 0, sizes[at])}
			cells[at] = cell
		}
		cell.Said = append(cell.Said, Said{Stance: of.claim.Stance, Planned: of.planned, Voices: g.voices, Best: g.best})
	}
	for _, cell := range cells {
		slices.SortFunc(cell.Said, byWeight)
	}
	return cells
}

func (c column) place() place { return place{c.claim.State, c.claim.Event} }

package ledger

import (
	"slices"

	"ewgwatch"
)

// tally is where findings are added up, in whatever order they come.
type tally struct {
	columns map[column]*group
	events  map[string]ewgwatch.Event  // that get a column
	telling map[string]map[string]bool // event -> IDs of the sources that tell of it
	quotes  *quotes
}

// column parts what is done from what is planned of one claim.
type column struct {
	claim   ewgwatch.Claim
	planned bool
}

// group is the findings of one claim, either done or planned.
type group struct {
	best    ewgwatch.Finding
	sayings []saying
	voices  int // counted once all findings are in
}

func newTally() *tally {
	return &tally{
		columns: map[column]*group{},
		events:  map[string]ewgwatch.Event{},
		telling: map[string]map[string]bool{},
		quotes:  newQuotes(),
	}
}

func (t *tally) add(f ewgwatch.Finding) {
	of := column{f.Claim(), f.Planned}
	g := t.columns[of]
	if g == nil {
		g = &group{best: f}
		t.columns[of] = g
	}
	if byWorth(f, g.best) < 0 {
		g.best = f
	}
	g.sayings = append(g.sayings, t.quotes.saying(f))
	t.addEvent(f)
}

func (t *tally) addEvent(f ewgwatch.Finding) {
	id := f.Event.ID
	if t.telling[id] == nil {
		t.telling[id] = map[string]bool{}
	}
	t.telling[id][f.Source.ID] = true
	if id == "" {
		if f.Stance != ewgwatch.Mentioned {
			t.events[id] = ewgwatch.Event{}
		}
		return
	}
	if have, ok := t.events[id]; !ok || byFullness(f.Event, have) < 0 {
		t.events[id] = f.Event
	}
}

// count counts the voices of every group.
func (t *tally) count() {
	for _, g := range t.columns {
		g.voices = t.quotes.voices(g.sayings)
	}
}

// cells returns the cells in which something is said.
func (t *tally) cells() map[place]*Cell {
	cells := map[place]*Cell{}
	for of, g := range t.columns {
		event, shown := t.events[of.claim.Event]
		if !shown {
			continue
		}
		at := place{of.claim.State, of.claim.Event}
		if cells[at] == nil {
			cells[at] = &Cell{State: of.claim.State, Event: event}
		}
		cells[at].Said = append(cells[at].Said, Said{Stance: of.claim.Stance, Planned: of.planned, Voices: g.voices, Best: g.best})
	}
	for _, cell := range cells {
		slices.SortFunc(cell.Said, byWeight)
	}
	return cells
}

// standing returns the voices of every claim. Who says it both as a plan and as
// a deed is still one voice.
func (t *tally) standing() map[ewgwatch.Claim]ewgwatch.Standing {
	standing := map[ewgwatch.Claim]ewgwatch.Standing{}
	for of, g := range t.columns {
		other := t.columns[column{of.claim, !of.planned}]
		switch {
		case other == nil:
			standing[of.claim] = ewgwatch.Standing{Independent: g.voices}
		case of.planned:
			standing[of.claim] = ewgwatch.Standing{Independent: t.quotes.voices(slices.Concat(g.sayings, other.sayings))}
		}
	}
	return standing
}

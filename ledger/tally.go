package ledger

import (
	"slices"
	"strings"

	"ewgwatch"
)

// tally is where findings are added up, in whatever order they come.
type tally struct {
	groups   map[column]*group
	columns  columns
	events   map[string]*told
	register *register
	keeper   *keeper // nil in a brief ledger
}

// columns numbers what a claim is made of: numbers are quicker to look up.
type columns struct{ states, events, stances numbering }

// column is a claim, what is done apart from what is planned.
type column struct {
	state, event, stance int32
	planned              bool
}

func (c *columns) of(claim ewgwatch.Claim, planned bool) column {
	return column{c.states.of(string(claim.State)), c.events.of(claim.Event), c.stances.of(string(claim.Stance)), planned}
}

// find does the same and notes nothing, so that several may call it at once.
func (c *columns) find(claim ewgwatch.Claim, planned bool) column {
	return column{c.states.find(string(claim.State)), c.events.find(claim.Event), c.stances.find(string(claim.Stance)), planned}
}

// group is the findings of one claim, either done or planned.
type group struct {
	best   ewgwatch.Finding
	event  *told
	said   []saying
	kept   []*kept // none in a brief ledger
	voices int     // counted once all findings are in
}

// told is what is told of an event.
type told struct {
	event   ewgwatch.Event
	shown   bool            // it gets a column
	sources map[string]bool // IDs of those that tell of it
	last    string          // of them
}

func newTally(brief bool) *tally {
	t := &tally{
		groups: map[column]*group{}, columns: columns{newNumbering(), newNumbering(), newNumbering()}, events: map[string]*told{}, register: newRegister(),
	}
	if !brief {
		t.keeper = &keeper{sources: map[string][]*ewgwatch.Source{}}
	}
	return t
}

func (t *tally) add(f *ewgwatch.Finding) {
	of := t.columns.of(f.Claim(), f.Planned)
	g := t.groups[of]
	switch {
	case g == nil:
		g = &group{best: *f, event: t.told(f.Event.ID), said: make([]saying, 0, 4)}
		t.groups[of] = g
	case byWorth(f, &g.best) < 0:
		g.best = *f
	}
	quote := f.Quote
	if t.keeper == nil {
		quote = strings.Clone(quote) // which lets go of the record that it is part of
	} else {
		g.kept = append(g.kept, t.keeper.keep(f))
	}
	g.said = append(g.said, t.register.saying(f.Source.ID, f.Wire, quote, f.Sketch))
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

// count counts the voices of every claim. Who says it both as a plan and as a deed
// is still one voice.
func (t *tally) count() map[ewgwatch.Claim]ewgwatch.Standing {
	standing := make(map[ewgwatch.Claim]ewgwatch.Standing, len(t.groups))
	for of, g := range t.groups {
		g.voices = t.voices(g)
		otherwise := of
		otherwise.planned = !of.planned
		other := t.groups[otherwise]
		switch {
		case other == nil:
			standing[g.best.Claim()] = ewgwatch.Standing{Independent: g.voices}
		case of.planned:
			standing[g.best.Claim()] = ewgwatch.Standing{Independent: t.voices(g, other)}
		}
	}
	return standing
}

// voices counts the independent voices of some groups. Most quotes are of one group
// alone: a brief ledger forgets what it compared of them.
func (t *tally) voices(groups ...*group) int {
	said := groups[0].said
	if len(groups) > 1 {
		said = nil
		for _, g := range groups {
			said = append(said, g.said...)
		}
	}
	voices := t.register.forest(said).trees
	if t.keeper == nil {
		t.register.quotes.forget(said)
	}
	return voices
}

// cells returns the cells in which something is said.
func (t *tally) cells() map[place]*Cell {
	said := map[place][]*group{}
	for _, g := range t.groups {
		if g.event.shown {
			said[g.place()] = append(said[g.place()], g)
		}
	}
	cells := make(map[place]*Cell, len(said))
	for at, groups := range said {
		slices.SortFunc(groups, byWeight)
		cell := &Cell{State: at.state, Event: groups[0].event.event, Said: make([]Said, len(groups))}
		for i, g := range groups {
			cell.Said[i] = Said{Stance: g.best.Stance, Planned: g.best.Planned, Voices: g.voices, Best: g.best}
		}
		cells[at] = cell
	}
	return cells
}

func (g *group) place() place { return place{g.best.State, g.best.Event.ID} }

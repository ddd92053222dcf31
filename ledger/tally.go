package ledger

import (
	"cmp"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

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
	all := slices.SortedFunc(maps.Keys(t.groups), byEvent)
	standing := make(map[ewgwatch.Claim]ewgwatch.Standing, len(all))
	if t.keeper == nil {
		t.countSome(all, t.register, standing) // of several ledgers at once, as it is brief
		return standing
	}
	shares := make([]map[ewgwatch.Claim]ewgwatch.Standing, min(mostShares, runtime.GOMAXPROCS(0), 1+len(all)/aShare))
	var counting sync.WaitGroup
	for i, some := range slices.Collect(slices.Chunk(all, len(all)/len(shares)+1)) {
		shares[i] = map[ewgwatch.Claim]ewgwatch.Standing{}
		counting.Go(func() { t.countSome(some, t.register.fork(), shares[i]) })
	}
	counting.Wait()
	for _, share := range shares {
		maps.Copy(standing, share)
	}
	return standing
}

// byEvent has claims of one event together: one sentence often says the same of several
// states, and is best compared by one processor.
func byEvent(a, b column) int { return cmp.Compare(a.event, b.event) }

// aShare is how many claims are worth another processor, mostShares how many processors
// count: each has room for what it compares of all quotes.
const (
	aShare     = 200
	mostShares = 4
)

func (t *tally) countSome(some []column, r *register, standing map[ewgwatch.Claim]ewgwatch.Standing) {
	for _, of := range some {
		g := t.groups[of]
		g.voices = t.voices(r, g)
		otherwise := of
		otherwise.planned = !of.planned
		other := t.groups[otherwise]
		switch {
		case other == nil:
			standing[g.best.Claim()] = ewgwatch.Standing{Independent: g.voices}
		case of.planned:
			standing[g.best.Claim()] = ewgwatch.Standing{Independent: t.voices(r, g, other)}
		}
	}
}

// voices counts the independent voices of some groups. Most quotes are of one group
// alone: a brief ledger forgets what it compared of them.
func (t *tally) voices(r *register, groups ...*group) int {
	said := groups[0].said
	if len(groups) > 1 {
		said = nil
		for _, g := range groups {
			said = append(said, g.said...)
		}
	}
	voices := r.forest(said).trees
	if t.keeper == nil {
		r.quotes.forget(said)
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

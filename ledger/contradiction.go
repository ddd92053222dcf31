package ledger

import (
	"slices"

	"ewgwatch"
)

// Contradiction is one cell in which sources contradict each other: that the
// state was there and that it was not. Nothing says which is right.
//
// "Co-chairs it" against "was not there" is one; that one source names two
// co-chairs and another a third is none. Who co-hosts an exercise counts as
// co-chair, and two groups have held one exercise, each with two chairs (the
// maritime and counter-terrorism exercise of 2016): three names can all be right.
type Contradiction struct {
	State ewgwatch.State
	Event ewgwatch.Event
	Sides []Side // every stance that another one contradicts, with its best finding
}

// Side is one side of a contradiction.
type Side struct {
	Said
	Class ewgwatch.SourceClass // of the source of the best finding, seen from this cell
	// Later is set where the best finding was published on a later day than that
	// of every side against it; on none where a day is unknown.
	Later bool
	// Kin says that the best finding is not independent of one against it. Then
	// two words of one mouth differ, or somebody changed what he copied.
	Kin Kinship
}

// Kinship is what ties two findings together that ought to be independent.
type Kinship string

// The kinships, the closest first.
const (
	NoKin        Kinship = ""
	OneArticle   Kinship = "one article"
	OnePublisher Kinship = "one publisher"
	OneQuote     Kinship = "one quote"
	OneText      Kinship = "one text" // one is made of the other's text, see ewgwatch.Sketch
	OneAgency    Kinship = "one agency's story"
)

// Contradictions returns every cell shown that contradicts itself, by event and
// then by state.
func (l *Ledger) Contradictions() []Contradiction {
	var all []Contradiction
	for _, event := range l.Events {
		for _, state := range l.States {
			if c, is := l.Contradiction(state, event); is {
				all = append(all, c)
			}
		}
	}
	return all
}

// Contradiction returns that of one cell, and whether there is one.
func (l *Ledger) Contradiction(state ewgwatch.State, event ewgwatch.Event) (Contradiction, bool) {
	c := Contradiction{State: state, Event: event}
	said := l.Cell(state, event).Said
	for _, s := range said {
		if s.Contradicts {
			c.Sides = append(c.Sides, sideOf(s, said, event.Host))
		}
	}
	return c, len(c.Sides) > 0
}

func sideOf(s Said, said []Said, host ewgwatch.State) Side {
	side := Side{Said: s, Class: s.Best.Source.Class(s.Best.State, host), Later: true}
	for _, other := range said {
		if !opposed(s, other) {
			continue
		}
		day, against := s.Best.Published.Date, other.Best.Published.Date
		side.Later = side.Later && !day.IsZero() && !against.IsZero() && day.First().After(against.Last())
		if side.Kin == NoKin {
			side.Kin = kinship(s.Best, other.Best)
		}
	}
	return side
}

// kinship says what ties two findings together.
func kinship(a, b ewgwatch.Finding) Kinship {
	switch {
	case a.URL == b.URL && a.URL != "":
		return OneArticle
	case publisher(a.Source.ID) == publisher(b.Source.ID) && a.Source.ID != "":
		return OnePublisher
	case sameQuote(a.Quote, b.Quote):
		return OneQuote
	case a.Sketch.Copies(b.Sketch):
		return OneText
	case a.Wire == b.Wire && a.Wire != "":
		return OneAgency
	}
	return NoKin
}

func sameQuote(a, b string) bool {
	a, b = ewgwatch.NormaliseQuote(a), ewgwatch.NormaliseQuote(b)
	return a == b && a != "" || alike(ewgwatch.Shingles(a, 1), ewgwatch.Shingles(b, 1))
}

// contradict marks what cannot both be true of one state at one event. Findings
// without an event contradict nothing, they may be about different ones.
func (l *Ledger) contradict() {
	for at, cell := range l.cells {
		if at.event == "" {
			continue
		}
		for i := range cell.Said {
			s := &cell.Said[i]
			s.Contradicts = slices.ContainsFunc(cell.Said, func(other Said) bool { return opposed(*s, other) })
			if s.Contradicts {
				claim := ewgwatch.Claim{State: at.state, Event: at.event, Stance: s.Stance}
				standing := l.standing[claim]
				standing.Contradicted = true
				l.standing[claim] = standing
			}
		}
	}
}

// opposed reports whether two things said cannot both be true. Plans change, so
// what was planned contradicts nothing: "will attend" and then "withdrew", or
// "will stay away" and then "attended", is a history, and the cell shows both.
func opposed(a, b Said) bool {
	return !a.Planned && !b.Planned && a.Stance.Contradicts(b.Stance)
}

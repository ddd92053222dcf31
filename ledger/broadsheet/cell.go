package broadsheet

import (
	"fmt"
	"slices"

	"ewgwatch"
	"ewgwatch/ledger"
)

// cell is what is known of a state at an event.
type cell struct {
	State   state
	Event   *event
	Claims  []*claim // all of them, the weightiest first
	Nothing ledger.Nothing
	read    ledger.Nothing // the counts, whether it is empty or not
	steps   []ledger.Step
}

// state is one row.
type state struct {
	Code ewgwatch.State
	Name string
}

// cell sets a cell, and numbers its claims as notes.
func (s *content) cell(t taken, row state, e *event) *cell {
	c := &cell{State: row, Event: e, Nothing: t.Nothing, read: t.read, steps: t.steps}
	sides := t.sides
	for i, said := range t.Said {
		k := &claim{Said: said, Word: wordOf(said), Best: quoted(said.Best, e.Host), Note: len(s.Notes) + 1, voices: t.voices[i]}
		for _, v := range t.voices[i] {
			heard := voiceOf(v, row.Code, e.Host)
			heard.Above = v.First.ID == said.Best.ID
			k.heard = append(k.heard, heard)
		}
		if said.Contradicts && len(sides) > 0 {
			k.side, sides = sides[0], sides[1:]
		}
		s.Notes = append(s.Notes, &note{k, c})
		c.Claims = append(c.Claims, k)
	}
	return c
}

// Anchor is the name of the place where the quotes of the cell stand.
func (c *cell) Anchor() string { return fmt.Sprintf("c%d-%s", c.Event.No, c.State.Code) }

// Shown returns the claims that a matrix has room for: that a state is named is
// worth a word only where nothing else is said.
func (c *cell) Shown() []*claim {
	if len(c.Claims) < 2 {
		return c.Claims
	}
	var all []*claim
	for _, k := range c.Claims {
		if k.Stance != ewgwatch.Mentioned {
			all = append(all, k)
		}
	}
	return all
}

// Conflict reports whether sources contradict each other.
func (c *cell) Conflict() bool {
	return slices.ContainsFunc(c.Claims, func(k *claim) bool { return k.Contradicts })
}

// Sides returns the claims that contradict each other.
func (c *cell) Sides() (all []*claim) {
	for _, k := range c.Claims {
		if k.Contradicts {
			all = append(all, k)
		}
	}
	return all
}

// Kind is the kind of nothing of an empty cell.
func (c *cell) Kind() kind { return kindOf(c.Nothing) }

// ReadBeside says what was read of the sources of a state that is said to have been
// absent or to have declined, "" for any other: an absence is worth what could have
// spoken against it.
func (c *cell) ReadBeside() string {
	if !slices.ContainsFunc(c.Claims, func(k *claim) bool { return k.away() }) {
		return ""
	}
	return "What could have spoken against it: " + c.read.Sources() + "."
}

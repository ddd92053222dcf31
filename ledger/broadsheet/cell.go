package broadsheet

import (
	"fmt"

	"ewgwatch"
	"ewgwatch/ledger"
)

// cell is what is known of a state at an event.
type cell struct {
	State   state
	Event   *event
	Claims  []*claim // all of them, the weightiest first
	Nothing ledger.Nothing
	History []string
}

// state is one row.
type state struct {
	Code ewgwatch.State
	Name string
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
	for _, k := range c.Claims {
		if k.Contradicts {
			return true
		}
	}
	return false
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

// Short is the word for a kind of nothing in a matrix.
func (c *cell) Short() string { return short(c.Nothing.Kind) }

// Mark stands for the kind in a matrix.
func (c *cell) Mark() string { return c.Nothing.Kind.Mark() }

// Slug names the kind for the style sheet.
func (c *cell) Slug() string { return slug(c.Nothing.Kind) }

func short(kind ledger.NothingKind) string {
	switch kind {
	case ledger.Unreachable:
		return "not read"
	case ledger.NotCovered:
		return "not watched"
	case ledger.Unreadable:
		return "unreadable"
	}
	return "not named"
}

// meaning says what a kind of nothing means, whole, where its mark and its word stand
// before it.
func meaning(kind ledger.NothingKind) string {
	switch kind {
	case ledger.Unreachable:
		return "the sources that could say so were not read"
	case ledger.NotCovered:
		return "no source that is watched covers the state"
	case ledger.Unreadable:
		return "sources were reached, and what came could not be read"
	}
	return "sources were read, and none names the state at the event"
}

package ledger

import (
	"cmp"

	"ewgwatch"
)

// quotes prints the best quote of every claim shown: who says it, when, and in which
// words. What is contradicted has its quotes with the contradiction.
func (t table) quotes() {
	for _, event := range t.Events {
		for _, state := range t.States {
			t.quotesOf(t.Cell(state, event))
		}
	}
}

func (t table) quotesOf(c Cell) {
	headed := false
	for _, s := range c.Said {
		if s.Contradicts || s.Stance == ewgwatch.Mentioned && len(c.Said) > 1 {
			continue
		}
		if !headed {
			t.line("")
			event := cmp.Or(tame(c.Event.Name), tame(c.Event.ID), "an event that is not known")
			for _, line := range fold(tame(c.State.Name())+", "+event, t.width, 3) {
				t.line(t.paint(bold, line))
			}
			headed = true
		}
		t.side(Side{Said: s, Class: s.Best.Source.Class(c.State, c.Event.Host)})
	}
}

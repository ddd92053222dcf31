package ledger

import (
	"cmp"
	"fmt"
	"strings"

	"ewgwatch/internal/plain"
)

// longestQuote is in lines, so that a contradiction fits on one screen.
const longestQuote = 6

// contradictions prints each with the best quote of every side.
func (t table) contradictions() {
	for _, c := range t.Contradictions() {
		t.line("")
		event := cmp.Or(tame(c.Event.Name), tame(c.Event.ID))
		for _, line := range fold("Contradiction: "+tame(c.State.Name())+", "+event, t.width, 3) {
			t.line(t.paint(bold, line))
		}
		for _, s := range c.Sides {
			t.side(s)
		}
	}
}

// side prints who says what, and when.
func (t table) side(s Said) {
	word, says := tame(s.Words()), "says"
	if s.Voices > 1 {
		says = fmt.Sprintf("say %d voices, as", s.Voices)
	}
	source := cmp.Or(tame(s.Best.Source.Name), tame(s.Best.Source.ID), "a source without a name")
	date := cmp.Or(s.Best.Published.Date.String(), "date unknown")
	claim := fmt.Sprintf("%s, %s %s (%s):", word, says, plain.Cut(source, t.width/2), date)
	for i, line := range fold(claim, t.width-2, 2) {
		if rest, first := strings.CutPrefix(line, word); first && i == 0 {
			line = t.paint(s.colour(), word) + rest
		}
		t.line("  " + line)
	}
	for _, line := range fold("“"+s.Best.Quote+"”", t.width-4, longestQuote) {
		t.line("    " + line)
	}
}

func (s Said) colour() string {
	return colourOf(Cell{Said: []Said{s}})
}

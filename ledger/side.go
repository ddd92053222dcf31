package ledger

import (
	"cmp"
	"fmt"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// longestQuote is in lines, so that a contradiction fits on one screen.
const longestQuote = 6

// contradictions prints each with the best quote of every side.
func (t table) contradictions() {
	for _, c := range t.Contradictions() {
		t.contradiction(c)
	}
}

func (t table) contradiction(c Contradiction) {
	t.line("")
	t.bold("Contradiction: "+tame(c.State.Name())+", "+cmp.Or(tame(c.Event.Name), tame(c.Event.ID)), 3)
	for _, s := range c.Sides {
		t.side(s)
	}
}

// side prints who says what, and when, and what ties it to the other side.
func (t table) side(s Side) {
	word, says := tame(s.Words()), "says"
	if s.Voices > 1 {
		says = fmt.Sprintf("say %d voices, as", s.Voices)
	}
	source := nameOf(s.Best.Source)
	claim := fmt.Sprintf("%s, %s %s (%s, %s):", word, says, plain.Cut(source, t.width/2), classOf(s.Class), s.when())
	for i, line := range fold(claim, t.width-2, 3) {
		if rest, first := strings.CutPrefix(line, word); first && i == 0 {
			line = t.paint(s.colour(), word) + rest
		}
		t.line("  " + line)
	}
	t.quote(s.Best.Quote, longestQuote)
	if s.Kin != NoKin {
		for _, line := range fold("("+string(s.Kin)+" with the other side)", t.width-4, 2) {
			t.line("    " + line)
		}
	}
}

func classOf(c ewgwatch.SourceClass) string {
	if c == ewgwatch.UnknownClass {
		return "kind unknown"
	}
	return string(c)
}

// when says when the best finding of a side was published.
func (s Side) when() string {
	date := cmp.Or(s.Best.Published.Date.String(), "date unknown")
	if s.Later {
		return date + ", the later"
	}
	return date
}

// quote prints foreign words in at most so many lines.
func (t table) quote(text string, most int) {
	for _, line := range fold("“"+text+"”", t.width-4, most) {
		t.line("    " + line)
	}
}

func (s Said) colour() string {
	return colourOf(Cell{Said: []Said{s}})
}

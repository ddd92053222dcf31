package ledger

import (
	"fmt"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// block prints some events for all states.
func (t table) block(events []ewgwatch.Event) {
	heads, feet, read := make([]lines, len(events)), make([]lines, len(events)), make([]lines, len(events))
	for i, e := range events {
		heads[i] = lines{heading(e), bold}
		feet[i] = lines{[]string{plural(len(t.reach.telling[e.ID]), "source", "sources")}, dim}
		r := t.Reading(e)
		read[i] = lines{[]string{fmt.Sprintf("%d of %d", len(r.Sources), r.Watched)}, dim}
	}
	rule := strings.Repeat("-", stateWidth+len(events)*(columnWidth+gapWidth)-gapWidth)
	t.row("", heads)
	t.line(rule)
	for _, state := range t.States {
		cells := make([]lines, len(events))
		for i, e := range events {
			c := t.Cell(state, e)
			cells[i] = lines{words(c), colourOf(c)}
		}
		t.row(state.Name(), cells)
	}
	t.line(rule)
	t.row("told by", feet)
	if len(t.reach.watched) > 0 {
		t.row("read for it", read)
	}
	t.line("")
}

// heading is an event in a few short lines: when, what, where.
func heading(e ewgwatch.Event) []string {
	if e.ID == "" {
		return []string{"event", "unknown"}
	}
	date := e.Start.String()
	if date == "" {
		date = "undated"
	}
	kind := tame(string(e.Kind))
	if e.Provisional {
		kind += " (prov.)"
	}
	place, _, _ := strings.Cut(e.Place, ",")
	head := []string{date, plain.Cut(kind, columnWidth)}
	return append(head, fold(place, columnWidth, 2)...)
}

// words says what a cell holds, one stance a line. That the state is named is
// worth a word only where nothing else is said.
func words(c Cell) []string {
	if len(c.Said) == 0 {
		return []string{mark(c.Nothing.Kind)}
	}
	var all []string
	for _, s := range c.Said {
		if s.Stance != ewgwatch.Mentioned || len(c.Said) == 1 {
			all = append(all, s.words()...)
		}
	}
	return all
}

// words says a stance, on a second line where the number of voices would not
// fit beside it: a number that is cut is a wrong number.
func (s Said) words() []string {
	word := wordOf(s.Stance)
	if s.Planned {
		word = planOf(s.Stance)
	}
	if s.Contradicts {
		word = "≠ " + word
	}
	word = plain.Cut(tame(word), columnWidth)
	if s.Voices < 2 {
		return []string{word}
	}
	voices := fmt.Sprintf("×%d", s.Voices)
	if plain.Width(word)+1+plain.Width(voices) > columnWidth {
		return []string{word, "  " + voices}
	}
	return []string{word + " " + voices}
}

func wordOf(stance ewgwatch.Stance) string {
	switch stance {
	case ewgwatch.CoChair:
		return "co-chair"
	case ewgwatch.Mentioned:
		return "named only"
	}
	return string(stance)
}

// planOf is the word for what is still to come. What has no word of its own is
// marked all the same: planned is not done.
func planOf(stance ewgwatch.Stance) string {
	switch stance {
	case ewgwatch.CoChair:
		return "to co-chair"
	case ewgwatch.Host:
		return "to host"
	case ewgwatch.Attended:
		return "to attend"
	case ewgwatch.Declined, ewgwatch.Absent:
		return "to stay away"
	}
	return "to be " + wordOf(stance)
}

// mark stands for a kind of nothing.
func mark(kind NothingKind) string {
	switch kind {
	case Unreachable:
		return "?"
	case NotCovered:
		return "/"
	case Unreadable:
		return "%"
	}
	return "."
}

func colourOf(c Cell) string {
	if len(c.Said) == 0 {
		return dim
	}
	for _, s := range c.Said {
		if s.Contradicts {
			return red
		}
	}
	switch s := c.Said[0]; s.Stance {
	case ewgwatch.Declined, ewgwatch.Absent:
		return yellow
	case ewgwatch.CoChair, ewgwatch.Host, ewgwatch.Attended:
		if !s.Planned {
			return green
		}
	}
	return ""
}

package ledger

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"ewgwatch"
)

// Report prints all that is known of one state at one event: what is said with its
// voices and sources, what was said when, what contradicts it, and what was read
// that could have said more.
func (l *Ledger) Report(w io.Writer, state ewgwatch.State, event ewgwatch.Event, options TableOptions) error {
	t := newTable(l, w, options)
	cell := l.Cell(state, event)
	t.bold(tame(state.Name())+" at "+cmp.Or(tame(event.Name), tame(event.ID), "an event that is not known"), 3)
	for _, line := range fold(title(event), t.width-2, 2) {
		t.line("  " + line)
	}
	t.line("")
	if len(cell.Said) == 0 {
		t.hang(mark(cell.Nothing.Kind), groundKind{cell.Nothing.Kind, cell.Nothing.OtherTime()}.meaning())
	}
	steps := l.History(state, event)
	for _, s := range cell.Said {
		t.said(s, steps)
	}
	t.history(steps)
	if c, is := l.Contradiction(state, event); is {
		t.contradiction(c)
	}
	t.read(state, event)
	return t.out.Flush()
}

func (t table) bold(text string, most int) {
	for _, line := range fold(text, t.width, most) {
		t.line(t.paint(bold, line))
	}
}

// mostSources is how many sources a stance names.
const mostSources = 20

// said prints a stance with its voices, the sources that say it and the best quote.
func (t table) said(s Said, steps []Step) {
	names := sourcesOf(s, steps)
	claim := fmt.Sprintf("%s: %s in %s: ", strings.Join(s.words(), " "), plural(s.Voices, "independent voice", "independent voices"), plural(len(names), "source", "sources"))
	more := ""
	if len(names) > mostSources {
		more = fmt.Sprintf(" and %d more", len(names)-mostSources)
	}
	t.entry(claim + strings.Join(names[:min(len(names), mostSources)], ", ") + more)
	t.quote(s.Best.Quote, longestQuote)
	for _, line := range fold(tame(s.Best.URL), t.width-4, 3) {
		t.line("    " + line)
	}
}

// sourcesOf names who says a stance, with who speaks there, each once.
func sourcesOf(s Said, steps []Step) []string {
	var names []string
	for _, step := range steps {
		if step.Stance == s.Stance && step.Planned == s.Planned {
			names = append(names, step.who())
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (s Step) who() string {
	return cmp.Or(tame(s.Source.Name), tame(s.Source.ID), "a source without a name") + " (" + classOf(s.Class) + ")"
}

// mostSteps is how many steps of a history are printed; the first and the last of
// a longer one.
const mostSteps = 40

func (t table) history(steps []Step) {
	if len(steps) == 0 {
		return
	}
	t.paragraph("History:")
	for i, s := range steps {
		if left := len(steps) - mostSteps; left > 0 && i >= mostSteps/2 && i < mostSteps/2+left {
			if i == mostSteps/2 {
				t.line("  … " + plural(left, "step", "steps") + " left out")
			}
			continue
		}
		t.step(s)
	}
}

func (t table) step(s Step) {
	again := ""
	if s.Days > 1 {
		again = fmt.Sprintf(", on %d days", s.Days)
	}
	said := Said{Stance: s.Stance, Planned: s.Planned}
	t.entry(cmp.Or(s.Published.Date.String(), "undated") + "  " + strings.Join(said.words(), " ") + ", " + s.who() + again)
	t.quote(s.Quote, 2)
}

func (t table) entry(text string) {
	for i, line := range fold(text, t.width-4, longestQuote) {
		if i > 0 {
			line = "  " + line
		}
		t.line("  " + line)
	}
}

// read says what was read that could have spoken of the state.
func (t table) read(state ewgwatch.State, event ewgwatch.Event) {
	t.paragraph("Read for the event, " + PeriodOf(event).String() + ":")
	t.hang("", tame(state.Name())+": "+t.Read(state, event).Sources())
	t.hang("", "All: "+t.Reading(event).String())
	t.paragraph("What was not read proves nothing, and what says nothing proves no absence.")
}

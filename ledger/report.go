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
		t.said(s, event.Host)
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

// mostVoices and mostCopies are how many voices a stance lists, and how many sources
// of copies a voice names.
const (
	mostVoices = 20
	mostCopies = 8
)

// said prints a stance with the best quote, and its voices: who published first, and
// who took it over.
func (t table) said(s Said, host ewgwatch.State) {
	voices := t.Voices(s.Best.Claim(), s.Planned)
	witnesses := 0
	for _, v := range voices {
		witnesses += 1 + len(v.Copies)
	}
	claim := strings.Join(s.words(), " ") + ": " + plural(s.Voices, "independent voice", "independent voices")
	if witnesses > len(voices) {
		claim += " in " + plural(witnesses, "finding", "findings")
	}
	t.entry(claim + ", as " + who(s.Best.Source, s.Best.Source.Class(s.Best.State, host)) + ":")
	t.quote(s.Best.Quote, longestQuote)
	for _, line := range fold(tame(s.Best.URL), t.width-4, 3) {
		t.line("    " + line)
	}
	if witnesses == 1 {
		return
	}
	for _, v := range voices[:min(len(voices), mostVoices)] {
		t.voice(v, s.Best.State, host)
	}
	if left := len(voices) - mostVoices; left > 0 {
		t.line("    … " + plural(left, "voice", "voices") + " more")
	}
}

func (t table) voice(v Voice, state, host ewgwatch.State) {
	first := v.First
	text := cmp.Or(first.Published.Date.String(), "undated") + "  " + who(first.Source, first.Source.Class(state, host))
	if len(v.Copies) > 0 {
		text += "; " + v.copied()
	}
	for i, line := range fold(text, t.width-6, longestQuote) {
		if i > 0 {
			line = "  " + line
		}
		t.line("    " + line)
	}
}

// copied says "2 copies (tass): Echo, Mirror", naming each source once.
func (v Voice) copied() string {
	var names []string
	for _, w := range v.Copies {
		if name := nameOf(w.Source); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	more := ""
	if left := len(names) - mostCopies; left > 0 {
		names, more = names[:mostCopies], fmt.Sprintf(" and %d more", left)
	}
	return fmt.Sprintf("%s (%s): %s%s", plural(len(v.Copies), "copy", "copies"), tame(v.Why), strings.Join(names, ", "), more)
}

func nameOf(s ewgwatch.Source) string {
	return cmp.Or(tame(s.Name), tame(s.ID), "a source without a name")
}

func who(s ewgwatch.Source, class ewgwatch.SourceClass) string {
	return nameOf(s) + " (" + classOf(class) + ")"
}

func (s Step) who() string { return who(s.Source, s.Class) }

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
	t.paragraph("Read for the event, " + PeriodOf(event).String() + ", or telling of it:")
	t.hang("", tame(state.Name())+": "+t.Read(state, event).Sources())
	t.hang("", "All: "+t.Reading(event).String())
	t.paragraph("What was not read proves nothing, and what says nothing proves no absence.")
}

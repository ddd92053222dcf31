package ledger

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// TableOptions says how a table is set. The zero value is 80 columns wide and
// without colour.
type TableOptions struct {
	Width  int  // in columns
	Colour bool // ANSI colours
}

const (
	stateWidth  = 15
	columnWidth = 16 // of an event, without the gap
	gapWidth    = 2
)

// Table prints the matrix for a terminal: states by events, as many events side
// by side as fit, then the contradictions with both quotes, then what the empty
// cells mean. Foreign text is made safe to print.
func (l *Ledger) Table(w io.Writer, options TableOptions) error {
	if options.Width <= 0 {
		options.Width = 80
	}
	t := table{Ledger: l, options: options, out: bufio.NewWriter(w)}
	if len(l.Events) == 0 {
		t.line("No event is known yet: no finding stands.")
		return t.out.Flush()
	}
	side := max(1, (options.Width-stateWidth)/(columnWidth+gapWidth))
	for from := 0; from < len(l.Events); from += side {
		t.block(l.Events[from:min(from+side, len(l.Events))])
	}
	t.legend()
	t.contradictions()
	return t.out.Flush()
}

type table struct {
	*Ledger
	options TableOptions
	out     *bufio.Writer
}

func (t table) line(text string) {
	t.out.WriteString(strings.TrimRight(text, " "))
	t.out.WriteByte('\n')
}

// block prints some events for all states.
func (t table) block(events []ewgwatch.Event) {
	heads := make([][]string, len(events))
	for i, e := range events {
		heads[i] = heading(e)
	}
	t.rows("", heads, func(_ int, s string) string { return t.paint(bold, s) })
	t.line(strings.Repeat("-", min(t.options.Width, stateWidth+len(events)*(columnWidth+gapWidth))))
	for _, state := range t.States {
		cells := make([][]string, len(events))
		drawn := make([]Cell, len(events))
		for i, e := range events {
			drawn[i] = t.Cell(state, e)
			cells[i] = words(drawn[i])
		}
		t.rows(state.Name(), cells, func(i int, s string) string { return t.paint(colourOf(drawn[i]), s) })
	}
	t.line("")
}

// heading is an event in a few short lines.
func heading(e ewgwatch.Event) []string {
	if e.ID == "" {
		return []string{"event", "unknown"}
	}
	date := e.Start.String()
	if date == "" {
		date = "undated"
	}
	kind := string(e.Kind)
	if e.Provisional {
		kind += " (prov.)"
	}
	place, _, _ := strings.Cut(e.Place, ",")
	return []string{date, kind, plain.Cut(plain.Line(place), columnWidth)}
}

// words says what a cell holds, one stance a line.
func words(c Cell) []string {
	if len(c.Said) == 0 {
		return []string{mark(c.Nothing.Kind)}
	}
	var lines []string
	for _, s := range c.Said {
		if s.Stance == ewgwatch.Mentioned && len(c.Said) > 1 {
			continue
		}
		word := wordOf(s)
		if s.Voices > 1 {
			word += fmt.Sprintf(" ×%d", s.Voices)
		}
		if s.Contradicts {
			word = "≠ " + word
		}
		lines = append(lines, plain.Cut(word, columnWidth))
	}
	return lines
}

var doneWords = map[ewgwatch.Stance]string{
	ewgwatch.CoChair: "co-chair", ewgwatch.Host: "host", ewgwatch.Attended: "attended", ewgwatch.Declined: "declined", ewgwatch.Absent: "absent",
	ewgwatch.Undecided: "undecided", ewgwatch.Invited: "invited", ewgwatch.Urged: "urged", ewgwatch.Mentioned: "named only",
}

var plannedWords = map[ewgwatch.Stance]string{
	ewgwatch.CoChair: "to co-chair", ewgwatch.Host: "to host", ewgwatch.Attended: "to attend",
}

func wordOf(s Said) string {
	if word, ok := plannedWords[s.Stance]; ok && s.Planned {
		return word
	}
	return doneWords[s.Stance]
}

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

// rows prints cells of several lines side by side.
func (t table) rows(first string, cells [][]string, paint func(int, string) string) {
	height := 1
	for _, c := range cells {
		height = max(height, len(c))
	}
	for y := range height {
		line := plain.Pad(plain.Cut(first, stateWidth-1), stateWidth)
		for i, c := range cells {
			text := ""
			if y < len(c) {
				text = c[y]
			}
			line += paint(i, plain.Pad(text, columnWidth)) + strings.Repeat(" ", gapWidth)
		}
		t.line(line)
		first = ""
	}
}

func (t table) legend() {
	for _, text := range []string{
		"×2  two independent voices; copies of one text count once",
		"≠   contradicted by another source, see below      to …  planned, not done",
		"An empty cell says nothing of the state, least of all that it was absent:",
		".   its own sources were read, and no source that tells of the event names it",
		"?   its own sources could not be read      %  were reached, but not readable",
		"/   no source of its own is watched, and none that tells of the event names it",
	} {
		t.line(plain.Cut(text, t.options.Width))
	}
}

func (t table) contradictions() {
	for _, c := range t.Contradictions() {
		t.line("")
		t.line(t.paint(bold, "Contradiction: "+c.State.Name()+", "+plain.Cut(plain.Line(c.Event.Name), 50)))
		for _, f := range c.Sides {
			date := f.Published.Date.String()
			if date == "" {
				date = "date unknown"
			}
			t.line("  " + t.paint(red, string(f.Stance)) + ", says " + plain.Line(f.Source.Name) + " (" + date + "):")
			for _, line := range plain.Wrap("“"+plain.Line(f.Quote)+"”", t.options.Width-4) {
				t.line("    " + line)
			}
		}
	}
}

const (
	bold   = "1"
	red    = "31"
	green  = "32"
	yellow = "33"
	dim    = "2"
)

func (t table) paint(colour, s string) string {
	if !t.options.Colour || colour == "" || strings.TrimSpace(s) == "" {
		return s
	}
	return "\x1b[" + colour + "m" + s + "\x1b[0m"
}

func colourOf(c Cell) string {
	if len(c.Said) == 0 {
		return dim
	}
	switch s := c.Said[0]; {
	case s.Contradicts:
		return red
	case s.Stance == ewgwatch.Declined || s.Stance == ewgwatch.Absent:
		return yellow
	case s.Stance == ewgwatch.CoChair || s.Stance == ewgwatch.Host || s.Stance == ewgwatch.Attended:
		return green
	}
	return ""
}

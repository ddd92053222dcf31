package ledger

import (
	"bufio"
	"io"
	"strings"

	"ewgwatch/internal/plain"
)

// TableOptions says how a table is set.
type TableOptions struct {
	Width  int  // in columns; 0 for 80, and never narrower than one event needs, 31
	Colour bool // ANSI colours; nothing is said by colour alone
	Quotes bool // below the matrix, the best quote of every claim
}

const (
	stateWidth  = 15
	columnWidth = 16 // of an event, without the gap
	gapWidth    = 2
)

// Table prints the matrix for a terminal: states by events, as many events side
// by side as fit, then what the marks mean, what the empty cells and the reported
// absences rest on, of one event what was read for it, and the contradictions with
// both quotes. Foreign text is made safe to print: it cannot move the cursor, colour
// the screen or turn the direction of the text.
func (l *Ledger) Table(w io.Writer, options TableOptions) error {
	t := newTable(l, w, options)
	if len(l.Events) == 0 {
		t.line("No such event is known: no finding that stands is about one.")
		return t.out.Flush()
	}
	side := max(1, (t.width-stateWidth+gapWidth)/(columnWidth+gapWidth))
	for from := 0; from < len(l.Events); from += side {
		t.block(l.Events[from:min(from+side, len(l.Events))])
	}
	t.legend()
	t.grounds()
	t.reading()
	t.contradictions()
	if options.Quotes {
		t.quotes()
	}
	return t.out.Flush()
}

type table struct {
	*Ledger
	width  int
	colour bool
	out    *bufio.Writer // keeps its first error and gives it at Flush
}

func newTable(l *Ledger, w io.Writer, options TableOptions) table {
	if options.Width <= 0 {
		options.Width = 80
	}
	return table{
		Ledger: l,
		width:  max(options.Width, stateWidth+columnWidth),
		colour: options.Colour,
		out:    bufio.NewWriter(w),
	}
}

func (t table) line(text string) {
	t.out.WriteString(text)
	t.out.WriteByte('\n')
}

// row prints cells of several lines side by side, the first line beside the
// name.
func (t table) row(name string, cells []lines) {
	height := 1
	for _, c := range cells {
		height = max(height, len(c.text))
	}
	name = plain.Cut(tame(name), stateWidth-1)
	for y := range height {
		drawn, columns := name, plain.Width(name)
		for i, c := range cells {
			if y >= len(c.text) || c.text[y] == "" {
				continue
			}
			from := stateWidth + i*(columnWidth+gapWidth)
			drawn += strings.Repeat(" ", max(0, from-columns)) + t.paint(c.paint, c.text[y])
			columns = from + plain.Width(c.text[y])
		}
		t.line(drawn)
		name = ""
	}
}

// lines is what stands in one cell, in one colour.
type lines struct {
	text  []string // each at most columnWidth wide
	paint string   // ANSI code; "" for none
}

// The ANSI codes in use.
const (
	bold   = "1"
	dim    = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
)

func (t table) paint(code, text string) string {
	if !t.colour || code == "" || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

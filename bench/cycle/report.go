package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/ledger"
)

const column = 34 // of a cell, in columns

// report prints what is known beside what the ledger says, and then every cell that
// differs with the quotes that led to it. It returns how many differ.
func report(w io.Writer, l *ledger.Ledger, cells []cell, findings []ewgwatch.Finding) int {
	events := map[string]ewgwatch.Event{}
	for _, e := range l.Events {
		events[e.ID] = e
	}
	agree, unknown := 0, 0
	var differ []cell
	for _, c := range cells {
		said := l.Cell(c.state, events[c.event]).Said
		mark := " "
		switch why := c.differs(said); {
		case len(c.wanted) == 0:
			unknown++
			mark = "·"
		case why != "":
			differ = append(differ, c)
			mark = "≠"
		default:
			agree++
		}
		fmt.Fprintf(w, "%s %s  %s %s %s\n", mark, c.state, plain.Pad(c.event, 24), plain.Pad(c.known, 20), plain.Cut(line(said), 2*column))
	}
	fmt.Fprintf(w, "\n%d of %d known cells agree, %d differ; of %d nothing is known\n", agree, agree+len(differ), len(differ), unknown)
	for _, c := range differ {
		said := l.Cell(c.state, events[c.event]).Said
		fmt.Fprintf(w, "\n%s %s: known is %s; %s\n", c.state, c.event, c.known, c.differs(said))
		quotes(w, c, findings)
	}
	return len(differ)
}

// line names what is said in a cell, mentions left out.
func line(said []ledger.Said) string {
	var all []string
	for _, s := range said {
		if s.Stance == ewgwatch.Mentioned {
			continue
		}
		word := fmt.Sprintf("%s×%d", s.Stance, s.Voices)
		if s.Planned {
			word = "to:" + word
		}
		all = append(all, word)
	}
	return strings.Join(all, " ")
}

// quotes prints what led to a cell, and what is said of its state without an event.
func quotes(w io.Writer, c cell, findings []ewgwatch.Finding) {
	of := slices.DeleteFunc(slices.Clone(findings), func(f ewgwatch.Finding) bool {
		return f.State != c.state || f.Event.ID != c.event || f.Stance == ewgwatch.Mentioned
	})
	for _, f := range of {
		planned := ""
		if f.Planned {
			planned = " (planned)"
		}
		fmt.Fprintf(w, "  %s%s, %s by %s, %s %s\n    “%s”\n", f.Stance, planned, f.Via, f.Rule, f.Source.ID, f.Published, plain.Line(f.Quote))
	}
}

package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// summarise prints how a night ended, to be read in five seconds.
func summarise(w io.Writer, rep report) {
	run := rep.run
	reach := map[ewgwatch.Reach]int{}
	outcomes := map[ewgwatch.Outcome]int{}
	findings := 0
	for _, c := range run.Coverage {
		reach[c.Reach]++
		findings += c.Findings
		for o, n := range c.Outcomes {
			outcomes[o] += n
		}
	}
	fmt.Fprintf(w, "\nNight of %s, %s\n", run.StartedAt.Format("2006-01-02 15:04 MST"), run.EndedAt.Sub(run.StartedAt).Round(100*time.Millisecond))
	fmt.Fprintf(w, "  sources   %d read, %d in part, %d unread\n", reach[ewgwatch.ReachRead], reach[ewgwatch.ReachPartial], reach[ewgwatch.ReachNone])
	fmt.Fprintf(w, "  pages     %s\n", pages(outcomes))
	fmt.Fprintf(w, "  findings  %d new, %d withdrawn; %d article(s) revised\n", findings, rep.withdrawn, rep.revisions)
	if len(rep.named) > 0 {
		fmt.Fprintf(w, "  named     %s\n", codes(rep.named))
	}
	switch {
	case reach[ewgwatch.ReachRead]+reach[ewgwatch.ReachPartial] == 0:
		fmt.Fprintln(w, "  Nothing was read.")
	case findings == 0 && outcomes[ewgwatch.New] == 0 && rep.revisions == 0:
		fmt.Fprintln(w, "  Nothing new.")
	}
	changed(w, run, rep.healths)
	unread(w, run.Coverage)
	rep.alerts.print(w)
	if rep.stopped {
		fmt.Fprintln(w, "Stopped before the end. What is counted here is kept; the next crawl goes on from it.")
	}
}

// pages counts visits by how they ended: the three good ways always, the
// others where they occurred.
func pages(outcomes map[ewgwatch.Outcome]int) string {
	var parts []string
	for _, o := range ewgwatch.Outcomes() {
		if n := outcomes[o]; n > 0 || o.Read() {
			parts = append(parts, fmt.Sprintf("%d %s", n, o))
		}
	}
	return strings.Join(parts, ", ")
}

func codes(states []ewgwatch.State) string {
	var all []string
	for _, s := range states {
		all = append(all, string(s))
	}
	return strings.Join(all, " ")
}

// unread names every source that was not wholly read, and why. Silence of such
// a source proves nothing.
func unread(w io.Writer, coverage []ewgwatch.Coverage) {
	said := false
	for _, c := range coverage {
		if c.Reach == ewgwatch.ReachRead {
			continue
		}
		if !said {
			fmt.Fprintln(w, "Not wholly read, so their silence proves nothing:")
			said = true
		}
		fmt.Fprintf(w, "  %-7s  %s\n", c.Reach, plain.Cut(plain.Line(c.Name), columns(w)-11))
		for _, line := range plain.Wrap(plain.Line(c.Why), columns(w)-11) {
			fmt.Fprintf(w, "           %s\n", line)
		}
	}
}

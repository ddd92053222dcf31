package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// printHealth prints the table for a person. Killed is when a later crawl began
// that never ended.
func printHealth(w io.Writer, last ewgwatch.Run, killed time.Time, rows []healthRow) {
	if last.ID == "" {
		fmt.Fprintln(w, "No crawl into this folder has come to its end yet, so nothing is known of its sources.")
		return
	}
	healthTable{w: w, width: columns(w), colour: colour(w)}.print(rows)
	fmt.Fprintf(w, "\n%d sources: %s\n", len(rows), healthCounts(rows))
	for _, line := range plain.Wrap(nightLine(last, rows), columns(w)) {
		fmt.Fprintln(w, line)
	}
	if !killed.IsZero() {
		fmt.Fprintf(w, "A later crawl, of %s, did not come to its end.\n", minute(killed))
	}
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 MST") }

// nightLine says how much of the night there was.
func nightLine(last ewgwatch.Run, rows []healthRow) string {
	reach, unjudged := map[ewgwatch.Reach]int{}, 0
	for _, row := range rows {
		reach[row.saw.Reach]++
		if !row.judged {
			unjudged++
		}
	}
	line := fmt.Sprintf("Night of %s: %d read, %d in part, %d unread.", minute(last.StartedAt),
		reach[ewgwatch.ReachRead], reach[ewgwatch.ReachPartial], reach[ewgwatch.ReachNone])
	switch {
	case ewgwatch.NetworkDown(last.Coverage):
		line += " This machine's own network seems to have been down, so it counts for no source."
	case unjudged > 0:
		line += fmt.Sprintf(" It does not count for %d of them.", unjudged)
	}
	return line
}

func healthCounts(rows []healthRow) string {
	counts := map[ewgwatch.HealthState]int{}
	for _, row := range rows {
		counts[row.health.State]++
	}
	var parts []string
	for _, state := range append(ewgwatch.HealthStates(), "") {
		if n := counts[state]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, stateWord(state)))
		}
	}
	return strings.Join(parts, ", ")
}

// stateWord has a word also for a source that no night has judged.
func stateWord(s ewgwatch.HealthState) string {
	if s == "" {
		return "unknown"
	}
	return string(s)
}

// why says why a source is in its state, and what the night changed.
func (r healthRow) why() string {
	why := r.health.Why
	if r.was != "" {
		t := r.health.Transitions[len(r.health.Transitions)-1]
		why = fmt.Sprintf("was %s until tonight: %s", r.was, t.Why)
	}
	if r.judged {
		return why
	}
	return strings.TrimPrefix(why+"; tonight does not count: "+cmp.Or(r.saw.Why, "it was not visited"), "; ")
}

// healthTable lays rows out, as wide as the terminal and no wider.
type healthTable struct {
	w      io.Writer
	width  int
	colour bool
}

const (
	stateWidth  = len("degraded")
	indent      = stateWidth + 2
	fixedWidth  = stateWidth + 2 + len(time.DateOnly) + 2 + 2 + len("partial") // all but the name and the numbers
	leastName   = 12
	countGap    = 2
	numberHeads = 3
)

func (t healthTable) print(rows []healthRow) {
	numbers, wide := countCells(rows)
	name := len("source")
	for _, row := range rows {
		name = max(name, plain.Width(plain.Line(row.saw.Name)))
	}
	room := t.width - fixedWidth
	for _, n := range wide {
		room -= n + countGap
	}
	name = min(name, max(room, leastName))
	for i, cells := range numbers { // the first is the head
		head := [4]string{"state", "since", "source", "reach"}
		if i > 0 {
			head = rows[i-1].cells()
		}
		line := fmt.Sprintf("%s  %-10s  %s  %-7s", t.paint(plain.Pad(head[0], stateWidth), head[0]), head[1], plain.Pad(plain.Cut(head[2], name), name), head[3])
		for at, cell := range cells {
			line += strings.Repeat(" ", countGap+wide[at]-len(cell)) + cell
		}
		fmt.Fprintln(t.w, line)
		if i > 0 {
			t.below(rows[i-1].why())
		}
	}
}

func (t healthTable) below(why string) {
	for _, line := range plain.Wrap(plain.Line(why), t.width-indent) {
		fmt.Fprintf(t.w, "%*s%s\n", indent, "", line)
	}
}

func (r healthRow) cells() [4]string {
	since := "-"
	if !r.health.Since.IsZero() {
		since = r.health.Since.UTC().Format(time.DateOnly)
	}
	reach := string(r.saw.Reach)
	if r.saw.Cut {
		reach = "cut"
	}
	return [4]string{stateWord(r.health.State), since, plain.Line(r.saw.Name), reach}
}

// countCells are the columns of numbers, the head first, and how wide each is.
func countCells(rows []healthRow) (cells [][numberHeads]string, wide [numberHeads]int) {
	cells = append(cells, [numberHeads]string{"pages", "articles", "topic"})
	for _, row := range rows {
		c, u := row.saw, row.health.Usual
		known := row.health.Counted > 1
		cells = append(cells, [numberHeads]string{against(c.Pages, u.Pages, known), against(c.Articles, u.Articles, known), against(c.OnTopic, u.OnTopic, known)})
	}
	for _, row := range cells {
		for i, cell := range row {
			wide[i] = max(wide[i], len(cell))
		}
	}
	return cells, wide
}

// against is tonight's number with the usual one, where any is known.
func against(tonight, usual int, known bool) string {
	if !known {
		return fmt.Sprintf("%d (-)", tonight)
	}
	return fmt.Sprintf("%d (%d)", tonight, usual)
}

// paint colours a state, which is said by its word anyway.
func (t healthTable) paint(text, state string) string {
	code := map[ewgwatch.HealthState]string{
		ewgwatch.HealthGone: "31", ewgwatch.HealthBlocked: "31", ewgwatch.HealthDegraded: "33", ewgwatch.HealthSilent: "33",
	}[ewgwatch.HealthState(state)]
	if !t.colour || code == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

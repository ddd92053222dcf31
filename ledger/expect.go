package ledger

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"ewgwatch"
)

// Expected is how an expectation stands: whether a ministry has named participants
// of an event. That none has is a finding of a kind, about no state.
//
// A ministry names participants where a source of the kind ministry says of any
// state that it attended, co-chaired, declined or was absent; what it plans is no
// such word.
type Expected struct {
	Event      ewgwatch.Event
	By         ewgwatch.Date
	Standing   ExpectedStanding
	First      *Step          // the earliest such word; nil where there is none
	State      ewgwatch.State // of whom First is said
	Late       bool           // First was published after the day
	Overdue    int            // days since the day, where it has passed
	DaysAfter  int            // days since the event ended; 0 where that is not known or to come
	Ministries int            // that are watched
	Read       int            // of them, read since the event began: of the others silence proves nothing
}

// ExpectedStanding is met, waiting or passed.
type ExpectedStanding string

// The standings.
const (
	Met     ExpectedStanding = "met"     // a ministry has named participants
	Waiting ExpectedStanding = "waiting" // the day is not over
	Passed  ExpectedStanding = "passed"  // the day is over, and none has
)

// Expect says how an expectation of an event stands at a moment. Of the event
// only what is known of its name and time is used; its findings are the ledger's.
func (l *Ledger) Expect(wish ewgwatch.Expectation, event ewgwatch.Event, now time.Time) Expected {
	event.ID = wish.Event
	e := Expected{Event: event, By: wish.By, Standing: Waiting}
	e.Ministries, e.Read = l.reach.ministries(event, now)
	e.State, e.First = l.firstNamed(event)
	today := now.UTC().Truncate(24 * time.Hour)
	if end := lastDay(event); !end.IsZero() && today.After(end) {
		e.DaysAfter = days(end, today)
	}
	switch overdue := days(wish.By.Last(), today); {
	case e.First != nil:
		e.Standing = Met
		e.Late = e.First.Published.Date.First().After(wish.By.Last())
	case overdue > 0:
		e.Standing, e.Overdue = Passed, overdue
	}
	return e
}

func days(from, to time.Time) int { return int(to.Sub(from) / (24 * time.Hour)) }

// firstNamed returns the first word of a ministry on who took part in an event.
func (l *Ledger) firstNamed(event ewgwatch.Event) (of ewgwatch.State, first *Step) {
	if event.ID == "" {
		return of, nil
	}
	var best word
	for _, state := range ewgwatch.States() {
		for _, w := range l.words(state, event.ID) {
			if w.names() && (of == "" || byTime(w, best) < 0) {
				of, best = state, w
			}
		}
	}
	if of == "" {
		return of, nil
	}
	return of, best.step(of, event)
}

// names reports whether a word names who took part, or who did not.
func (w word) names() bool {
	return w.source.Kind == ewgwatch.Ministry && !w.planned &&
		slices.Contains([]ewgwatch.Stance{ewgwatch.Attended, ewgwatch.CoChair, ewgwatch.Absent, ewgwatch.Declined}, w.stance)
}

// ministries counts the ministries that are watched, and those of them that were
// read since an event began.
func (r reach) ministries(event ewgwatch.Event, now time.Time) (watched, read int) {
	since := Period{From: event.Start.First(), To: now.Add(1)}
	for _, w := range r.watched {
		if w.kind != ewgwatch.Ministry {
			continue
		}
		watched++
		if w.readIn(since) {
			read++
		}
	}
	return watched, read
}

// String says in one line how an expectation stands.
func (e Expected) String() string {
	name := cmp.Or(tame(e.Event.Name), tame(e.Event.ID))
	if e.Event == (ewgwatch.Event{ID: e.Event.ID}) {
		name += " (no event of this ID is known)"
	}
	switch e.Standing {
	case Met:
		late := ""
		if e.Late {
			late = ", after the day"
		}
		when := cmp.Or(e.First.Published.Date.String(), "on a day that is not known")
		return fmt.Sprintf("%s: met: %s named participants %s%s (%s %s)", name, e.First.who(), when, late, tame(e.State.Name()), wordOf(e.First.Stance))
	case Passed:
		return fmt.Sprintf("%s: no ministry has named participants %s; %s", name, e.after(), e.readMeanwhile())
	}
	return fmt.Sprintf("%s: waiting until %s; no ministry has named participants yet", name, e.By)
}

// after says how long the silence is: since the event where its end is known.
func (e Expected) after() string {
	if e.DaysAfter > 0 {
		return plural(e.DaysAfter, "day", "days") + " after it"
	}
	return plural(e.Overdue, "day", "days") + " after the day it was expected by"
}

func (e Expected) readMeanwhile() string {
	if e.Read == 0 {
		return fmt.Sprintf("none of %s was read meanwhile: the silence proves nothing", plural(e.Ministries, "ministry", "ministries"))
	}
	return fmt.Sprintf("%d of %s were read meanwhile, the silence of the others proves nothing", e.Read, plural(e.Ministries, "ministry", "ministries"))
}

// Expectations prints how some expectations stand, a few lines each.
func (l *Ledger) Expectations(w io.Writer, all []Expected, options TableOptions) error {
	t := newTable(l, w, options)
	if len(all) > 0 {
		t.paragraph("Expected: that a ministry names participants")
	}
	for _, e := range all {
		t.hang(e.Standing.mark(), e.String())
	}
	return t.out.Flush()
}

func (s ExpectedStanding) mark() string {
	switch s {
	case Met:
		return "+"
	case Passed:
		return "!"
	}
	return "…"
}

package ledger

import (
	"slices"
	"time"

	"ewgwatch"
)

// reach is what the sources could have said of whom, and when.
type reach struct {
	telling map[string]map[string]bool // event -> IDs of the sources that tell of it
	watched []*watched
	then    map[string][]bool // event -> of each watched source, whether it was read for the event
}

// watched is what the runs saw of one source.
type watched struct {
	last    ewgwatch.Coverage
	kind    ewgwatch.SourceKind // as last known
	lang    string              // likewise
	reads   []time.Time         // beginnings of the runs that read it, sorted
	months  map[ewgwatch.Date]int
	topical bool // some run read an article on the topic
	covers  map[ewgwatch.State]bool
}

// reached takes together what is known of every source, over all runs.
func reached(events map[string]*told, runs []ewgwatch.Run) reach {
	r := reach{telling: make(map[string]map[string]bool, len(events)), then: map[string][]bool{}}
	byID := map[string]*watched{}
	for _, run := range runs {
		for _, c := range run.Coverage {
			w := byID[c.Source]
			if w == nil {
				w = &watched{covers: map[ewgwatch.State]bool{}, months: map[ewgwatch.Date]int{}}
				byID[c.Source] = w
				r.watched = append(r.watched, w)
			}
			w.see(c, run.StartedAt)
		}
	}
	for _, w := range r.watched {
		slices.SortFunc(w.reads, time.Time.Compare)
	}
	for event, e := range events {
		r.telling[event] = e.sources
		for id := range e.sources {
			if w := byID[id]; w != nil {
				w.topical = true
			}
		}
	}
	for _, e := range events {
		r.then[e.event.ID] = r.readFor(e.event)
	}
	return r
}

func (w *watched) see(c ewgwatch.Coverage, at time.Time) {
	w.topical = w.topical || c.OnTopic > 0
	for _, state := range c.Covers {
		w.covers[state] = true
	}
	for month, articles := range c.Months {
		w.months[month] += articles
	}
	if c.Kind != "" {
		w.kind = c.Kind
	}
	if c.Lang != "" {
		w.lang = c.Lang
	}
	w.last = c
	if w.read() {
		w.reads = append(w.reads, at)
	}
}

// read reports whether the last run read the source.
func (w *watched) read() bool {
	return w.last.Reach == ewgwatch.ReachRead || w.last.Reach == ewgwatch.ReachPartial
}

// earlier reports whether any run read it.
func (w *watched) earlier() bool { return len(w.reads) > 0 }

// readFor says of each watched source whether it was read for an event.
func (r reach) readFor(event ewgwatch.Event) []bool {
	period, telling := PeriodOf(event), r.telling[event.ID]
	then := make([]bool, len(r.watched))
	for i, w := range r.watched {
		then[i] = telling[w.last.Source] || w.readIn(period)
	}
	return then
}

// readIn reports whether a run read the source within a period, or at any time
// articles that it published then.
func (w *watched) readIn(p Period) bool {
	if p.Always() {
		return w.earlier()
	}
	at, _ := slices.BinarySearchFunc(w.reads, p.From, time.Time.Compare)
	if at < len(w.reads) && p.Has(w.reads[at]) {
		return true
	}
	for month, articles := range w.months {
		if articles > 0 && p.HasMonth(month) {
			return true
		}
	}
	return false
}

// blank reports whether the source answered with what could not be read.
func (w *watched) blank() bool {
	for _, o := range []ewgwatch.Outcome{ewgwatch.Unreadable, ewgwatch.EmptyShell, ewgwatch.NoBrowser, ewgwatch.ConsentWall, ewgwatch.Paywall, ewgwatch.NotHTML, ewgwatch.TooLarge} {
		if w.last.Outcomes[o] > 0 {
			return true
		}
	}
	return false
}

// nothing says which kind of nothing an empty cell is.
func (r reach) nothing(state ewgwatch.State, event ewgwatch.Event) Nothing {
	then, known := r.then[event.ID]
	if !known {
		then = r.readFor(event)
	}
	n := Nothing{Telling: len(r.telling[event.ID])}
	for i, w := range r.watched {
		switch {
		case w.last.State == state:
			n.Own.add(w, then[i])
		case w.topical || w.covers[state]:
			n.Others.add(w, then[i])
		}
	}
	n.Kind = n.Own.kind()
	if n.Own.Watched == 0 {
		n.Kind = n.Others.kind()
	}
	return n
}

func (c *Count) add(w *watched, then bool) {
	c.Watched++
	if then {
		c.Then++
	}
	switch {
	case w.read():
		c.Read++
		if w.last.Reach == ewgwatch.ReachPartial {
			c.Partial++
		}
		return
	case w.blank():
		c.Unreadable++
	}
	if w.earlier() {
		c.Earlier++
	}
}

func (c Count) kind() NothingKind {
	switch {
	case c.Then > 0:
		return NotMentioned
	case c.Watched == 0, c.Read > 0:
		return NotCovered
	case c.Unreadable > 0:
		return Unreadable
	}
	return Unreachable
}

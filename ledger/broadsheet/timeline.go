package broadsheet

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// The measures of a time line, in its own units.
const (
	lineWidth  = 1200
	lineFrom   = 350 // where time begins; left of it stand the names
	lineTo     = 1180
	laneHeight = 34
	laneTop    = 46
)

// timeline is events along the days on which they took place, and claims along
// those on which their pages were published.
type timeline struct {
	Height   int
	Ticks    []tick
	Lanes    []*lane
	from, to time.Time
}

// tick is a day that is written at the axis.
type tick struct {
	X     float64
	Label string
}

// lane is one event.
type lane struct {
	Event         *event
	Y             int // of its middle
	X, W          float64
	Dated, Vague  bool // its days are known; only their month or year is
	Dots          []dot
	first, last   ewgwatch.Date
	done, planned int
	undated, far  int // claims of pages without a date, and of dates off the axis
}

// dot is the claims of one day.
type dot struct {
	X, Y, R float64
	Planned bool
}

// Timeline sets events and claims along time.
func (s *content) Timeline() *timeline {
	t := &timeline{Height: laneTop + laneHeight*len(s.Events) + 34}
	t.reach(s.Events)
	for i, e := range s.Events {
		l := &lane{Event: e, Y: laneTop + laneHeight*i + laneHeight/2}
		l.lie(t)
		l.count(t)
		t.Lanes = append(t.Lanes, l)
	}
	if !t.from.IsZero() {
		t.rule()
	}
	return t
}

// slack is how long before the first event and after the last one a page counts as
// of their time: a page of a wrong date must not stretch the axis over decades.
const slack = 400 * 24 * time.Hour

// reach finds which time is shown.
func (t *timeline) reach(events []*event) {
	for _, e := range events {
		t.see(e.Start.First())
		t.see(cmp.Or(e.End, e.Start).Last())
	}
	if t.from.IsZero() {
		return
	}
	from, to := t.from.Add(-slack), t.to.Add(slack)
	for _, e := range events {
		for _, q := range e.quotes() {
			if at := q.First.First(); !q.First.IsZero() && at.After(from) && at.Before(to) {
				t.see(at)
			}
		}
	}
	pad := max(t.to.Sub(t.from)/40, 4*24*time.Hour)
	t.from, t.to = t.from.Add(-pad), t.to.Add(pad)
}

func (t *timeline) see(at time.Time) {
	if at.IsZero() {
		return
	}
	if t.from.IsZero() || at.Before(t.from) {
		t.from = at
	}
	if at.After(t.to) {
		t.to = at
	}
}

func (t *timeline) x(at time.Time) float64 {
	share := float64(at.Sub(t.from)) / float64(t.to.Sub(t.from))
	return tenth(lineFrom + share*(lineTo-lineFrom))
}

func tenth(x float64) float64 { return math.Round(10*x) / 10 }

// rule writes years at the axis, or months where there are few.
func (t *timeline) rule() {
	step, layout := 12, "2006"
	for _, finer := range []struct {
		days   float64
		months int
	}{{1100, 3}, {270, 1}} {
		if t.to.Sub(t.from).Hours()/24 < finer.days {
			step, layout = finer.months, "Jan 2006"
		}
	}
	for at := time.Date(t.from.Year(), 1, 1, 0, 0, 0, 0, time.UTC); at.Before(t.to); at = at.AddDate(0, step, 0) {
		if at.After(t.from) {
			t.Ticks = append(t.Ticks, tick{t.x(at), at.Format(layout)})
		}
	}
}

// Axis is where the axis lies, End where it ends, Foot where what it shows is said.
func (t *timeline) Axis() int { return laneTop - 8 }

// Bottom is where the lanes end.
func (t *timeline) Bottom() int { return laneTop + laneHeight*len(t.Lanes) }

// quotes returns the words shown of an event.
func (e *event) quotes() (all []quote) {
	for _, c := range e.Cells {
		for _, k := range c.Claims {
			all = append(all, k.Best)
		}
	}
	return all
}

// lie places the days of the event.
func (l *lane) lie(t *timeline) {
	start, end := l.Event.Start, cmp.Or(l.Event.End, l.Event.Start)
	if start.IsZero() {
		return
	}
	l.Dated, l.Vague = true, start.Day == 0 || end.Day == 0
	l.X = t.x(start.First())
	l.W = max(5, tenth(t.x(end.Last().AddDate(0, 0, 1))-l.X))
}

// count puts the claims on their days, done below the line, planned above it.
func (l *lane) count(t *timeline) {
	at := map[dot]int{}
	for _, c := range l.Event.Cells {
		for _, k := range c.Claims {
			l.add(k)
			date := k.Best.First
			switch {
			case date.IsZero():
				l.undated++
			case t.from.IsZero() || date.First().Before(t.from) || date.First().After(t.to):
				l.far++
			default:
				at[dot{X: t.x(date.First()), Planned: k.Planned}]++
			}
		}
	}
	for d, n := range at {
		d.Y, d.R = float64(l.Y+8), tenth(2.2+math.Sqrt(float64(n)))
		if d.Planned {
			d.Y = float64(l.Y - 8)
		}
		l.Dots = append(l.Dots, d)
	}
	slices.SortFunc(l.Dots, func(a, b dot) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
}

func (l *lane) add(k *claim) {
	l.done++
	if k.Planned {
		l.done--
		l.planned++
	}
	date := k.Best.First
	if date.IsZero() {
		return
	}
	if l.first.IsZero() || date.First().Before(l.first.First()) {
		l.first = date
	}
	if l.last.IsZero() || date.First().After(l.last.First()) {
		l.last = date
	}
}

// Name is what stands left of the lane.
func (l *lane) Name() string {
	return plain.Cut(l.Event.When()+"  "+cmp.Or(l.Event.Town(), l.Event.Title()), 44)
}

// Counted says how many claims there are.
func (l *lane) Counted() string { return fmt.Sprintf("%d done, %d planned", l.done, l.planned) }

// Days says when they were published.
func (l *lane) Days() string {
	text := "date unknown"
	if !l.first.IsZero() {
		text = day(l.first)
		if l.last != l.first {
			text += " to " + day(l.last)
		}
		if l.undated > 0 {
			text += fmt.Sprintf(", %d undated", l.undated)
		}
	}
	if l.far > 0 {
		text += fmt.Sprintf(", %d outside the time drawn", l.far)
	}
	return text
}

package ledger

import (
	"strconv"
	"strings"
	"time"

	"ewgwatch"
)

// Period is the time in which a source speaks of an event if it ever does, in
// whole days of UTC. The zero Period is all time.
//
// It begins a fortnight before the event, which is when states say whether they
// will come, and ends four weeks after: ministries report within days, open
// letters and the papers that answer them within three weeks. What a source
// wrote outside of it may well tell of the event, and counts where it does; it is
// its silence outside of it that tells nothing.
type Period struct {
	From time.Time // the first day
	To   time.Time // the first day after
}

const (
	daysBefore = 14
	daysAfter  = 28
	// enoughDays of a month in a period make articles of that month articles of
	// the period: one that only touches it does not.
	enoughDays = 7
)

// PeriodOf returns the period of an event. Where only its month or year is
// known, that is all the time in which it can have been and what lies around; where
// only its cycle is, the years of the cycle; where nothing is, all time.
func PeriodOf(e ewgwatch.Event) Period {
	start, end := e.Start, e.End
	if start.IsZero() {
		start, end = yearsOf(e.Cycle)
	}
	if start.IsZero() {
		return Period{}
	}
	last := start.Last()
	if !end.IsZero() && end.Last().After(last) {
		last = end.Last()
	}
	return Period{From: start.First().AddDate(0, 0, -daysBefore), To: last.AddDate(0, 0, daysAfter+1)}
}

// yearsOf reads "2021-2023"; zero dates where a cycle is not given so.
func yearsOf(cycle string) (first, last ewgwatch.Date) {
	from, to, _ := strings.Cut(cycle, "-")
	one, err := strconv.Atoi(from)
	if err != nil {
		return first, last
	}
	two, err := strconv.Atoi(to)
	if err != nil || two < one {
		return first, last
	}
	return ewgwatch.Date{Year: one}, ewgwatch.Date{Year: two}
}

// Always reports whether p is all time.
func (p Period) Always() bool { return p.From.IsZero() }

// Has reports whether a moment lies in p.
func (p Period) Has(at time.Time) bool {
	return p.Always() || !at.Before(p.From) && at.Before(p.To)
}

// HasMonth reports whether enough of a month lies in p: a week of it. Of an
// unknown month nothing is known but that it lies in all time.
func (p Period) HasMonth(month ewgwatch.Date) bool {
	if p.Always() || month.Month == 0 {
		return p.Always()
	}
	from, to := month.First(), month.Last().AddDate(0, 0, 1)
	if from.Before(p.From) {
		from = p.From
	}
	if to.After(p.To) {
		to = p.To
	}
	return to.Sub(from) >= enoughDays*24*time.Hour
}

// String returns "2023-07-19 to 2023-09-01", or "any time".
func (p Period) String() string {
	if p.Always() {
		return "any time"
	}
	return p.From.Format(time.DateOnly) + " to " + p.To.AddDate(0, 0, -1).Format(time.DateOnly)
}

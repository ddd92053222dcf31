package ewgwatch

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// ParseQuiet reads hours in which nothing is sent, and what [QuietHours.String]
// writes: 22:00-07:00 Asia/Bangkok. Without a zone they are UTC; an empty text is none.
func ParseQuiet(s string) (q QuietHours, err error) {
	words := strings.Fields(s)
	if len(words) == 0 {
		return QuietHours{}, nil
	}
	from, to, found := strings.Cut(words[0], "-")
	if !found || len(words) > 2 {
		return QuietHours{}, fmt.Errorf("want hours like 22:00-07:00 Asia/Bangkok, have %q", s)
	}
	var errs [3]error
	q.From, errs[0] = parseClock(from)
	q.To, errs[1] = parseClock(to)
	if len(words) > 1 {
		q.Zone, errs[2] = parseZone(words[1])
	}
	if err := cmp.Or(errs[:]...); err != nil {
		return QuietHours{}, err
	}
	if q.From == q.To {
		return QuietHours{}, fmt.Errorf("want hours that begin and end at different times, have %q", s)
	}
	return q, nil
}

// String returns a text that [ParseQuiet] reads, "" for none.
func (q QuietHours) String() string {
	if q.From == q.To {
		return ""
	}
	return clockString(q.From) + "-" + clockString(q.To) + " " + zoneOf(q.Zone).String()
}

// Valid returns nil for hours of a day.
func (q QuietHours) Valid() error {
	for _, at := range []time.Duration{q.From, q.To} {
		if at < 0 || at >= 24*time.Hour {
			return fmt.Errorf("want a time of day, have %s after midnight", at)
		}
	}
	return nil
}

// After returns t, or the end of the quiet hours that t is in. An end that the clocks
// show twice is the first of the two.
func (q QuietHours) After(t time.Time) time.Time {
	local := t.In(zoneOf(q.Zone))
	day, clock := DateOf(local), clockOf(local)
	switch {
	case q.From == q.To:
		return t
	case q.From < q.To && (clock < q.From || clock >= q.To):
		return t
	case q.From > q.To && clock < q.From && clock >= q.To:
		return t
	case q.From > q.To && clock >= q.From:
		day = nextDay(day)
	}
	if end := wallTime(day, q.To, zoneOf(q.Zone)); end.After(t) {
		return end
	}
	return t
}

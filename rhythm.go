package ewgwatch

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"
)

// A digest for which nobody said when goes out as the week or the day begins.
const (
	usualDay  = time.Monday
	usualHour = 7 * time.Hour
)

// ParseRhythm reads what people write of a rhythm and what [Rhythm.String] writes:
//
//	immediate
//	daily 07:00 Asia/Bangkok
//	weekly mon 07:00 Asia/Bangkok
//
// The word digest may stand before it. Without a zone it is UTC, without a time
// 07:00, without a day Monday. An empty text is immediate.
func ParseRhythm(s string) (r Rhythm, err error) {
	words := strings.Fields(s)
	if len(words) > 1 && words[0] == "digest" {
		words = words[1:]
	}
	if len(words) == 0 || len(words) == 1 && words[0] == "immediate" {
		return Rhythm{}, nil
	}
	r.Every, r.At, words = Period(words[0]), usualHour, words[1:]
	switch r.Every {
	case Daily:
	case Weekly:
		r.Day, words = takeDay(words)
	default:
		return Rhythm{}, fmt.Errorf("want immediate, daily 07:00 ZONE or weekly mon 07:00 ZONE, have %q", s)
	}
	if len(words) > 2 {
		return Rhythm{}, fmt.Errorf("want nothing behind the zone, have %q", strings.Join(words[2:], " "))
	}
	if len(words) > 0 {
		r.At, err = parseClock(words[0])
	}
	if len(words) > 1 && err == nil {
		r.Zone, err = parseZone(words[1])
	}
	if err != nil {
		return Rhythm{}, err
	}
	return r, nil
}

// takeDay takes the day of the week off the front of some words; the usual one where
// they begin with none.
func takeDay(words []string) (time.Weekday, []string) {
	if len(words) == 0 {
		return usualDay, words
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if short := shortDay(day); words[0] == short || words[0] == strings.ToLower(day.String()) {
			return day, words[1:]
		}
	}
	return usualDay, words
}

func shortDay(day time.Weekday) string { return strings.ToLower(day.String()[:3]) }

// String returns a text that [ParseRhythm] reads.
func (r Rhythm) String() string {
	at := clockString(r.At) + " " + zoneOf(r.Zone).String()
	switch r.Every {
	case Daily:
		return "daily " + at
	case Weekly:
		return "weekly " + shortDay(r.Day) + " " + at
	}
	return "immediate"
}

// Valid returns nil for a rhythm that can be kept.
func (r Rhythm) Valid() error {
	switch {
	case r.Every != Immediately && r.Every != Daily && r.Every != Weekly:
		return fmt.Errorf("want immediate, daily or weekly, have %q", r.Every)
	case r.At < 0 || r.At >= 24*time.Hour:
		return fmt.Errorf("want a time of day, have %s after midnight", r.At)
	case r.Day < time.Sunday || r.Day > time.Saturday:
		return errors.New("want a day of the week, have none that is known")
	}
	return nil
}

// Next returns when a message goes out that was ready at a moment: at once, or at the
// first time of a digest after it. A time that the clocks show twice is the first of
// the two; for one that they leap over it is the moment of the leap.
func (r Rhythm) Next(after time.Time) time.Time {
	if r.Every == Immediately {
		return after
	}
	zone := zoneOf(r.Zone)
	day := DateOf(after.In(zone))
	for {
		due := r.Every == Daily || day.First().Weekday() == r.Day
		if at := wallTime(day, r.At, zone); due && at.After(after) {
			return at
		}
		day = nextDay(day)
	}
}

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

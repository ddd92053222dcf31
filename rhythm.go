package ewgwatch

import (
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

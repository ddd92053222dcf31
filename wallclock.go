package ewgwatch

import (
	"fmt"
	"time"
)

// parseClock reads the time of a day, as 07:00.
func parseClock(s string) (time.Duration, error) {
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return 0, fmt.Errorf("want a time of day like 07:00, have %q", s)
	}
	return clockOf(t), nil
}

// clockString writes what parseClock reads.
func clockString(d time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(d.Hours()), int(d.Minutes())%60)
}

// clockOf returns how late the clocks in t's zone show it to be.
func clockOf(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute +
		time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
}

// parseZone reads the name of a time zone; nil for UTC and for none.
func parseZone(name string) (*time.Location, error) {
	if name == "" || name == "UTC" {
		return nil, nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		return nil, fmt.Errorf("want an IANA time zone (Asia/Bangkok), have %q", name)
	}
	return zone, nil
}

// zoneOf returns UTC for nil.
func zoneOf(zone *time.Location) *time.Location {
	if zone == nil {
		return time.UTC
	}
	return zone
}

// wallTime returns when the clocks of a zone show a time of a day. What they show
// twice, as summer time ends, is the first of the two; what they never show, as it
// begins, is the moment at which they leap over it.
func wallTime(day Date, clock time.Duration, zone *time.Location) time.Time {
	shown := day.First().Add(clock)
	early, late := shown.Add(-24*time.Hour).In(zone), shown.Add(24*time.Hour).In(zone)
	for _, near := range []time.Time{early, late} {
		_, offset := near.Zone()
		at := shown.Add(-time.Duration(offset) * time.Second).In(zone)
		if DateOf(at) == day && clockOf(at) == clock {
			return at
		}
	}
	if _, leap := early.ZoneBounds(); !leap.IsZero() {
		return leap.In(zone)
	}
	return shown.In(zone)
}

// nextDay returns the day after d, which has one.
func nextDay(d Date) Date { return DateOf(d.First().AddDate(0, 0, 1)) }

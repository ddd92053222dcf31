package ewgwatch

import (
	"fmt"
	"time"
)

// Date is a day, a month or a year of the Gregorian calendar, without a time
// zone. Day is 0 where only the month is known, Month too where only the year
// is. The zero value is an unknown date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day of t in t's own zone.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{Year: y, Month: m, Day: d}
}

// ParseDate reads what [Date.String] writes: 2023, 2023-08 or 2023-08-25, or
// nothing at all. It refuses days that no calendar has.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		t, err := time.Parse(layout, s)
		if err != nil || t.Year() == 0 { // String writes a year 0 as unknown
			continue
		}
		d := DateOf(t)
		if len(layout) < 10 {
			d.Day = 0
		}
		if len(layout) < 7 {
			d.Month = 0
		}
		return d, nil
	}
	return Date{}, fmt.Errorf("want a date like 2023-08-25, 2023-08 or 2023, have %q", s)
}

// String returns 2023-08-25, 2023-08 or 2023, whichever is known, and nothing
// for an unknown date.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, int(d.Month))
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// IsZero reports whether nothing is known.
func (d Date) IsZero() bool { return d.Year == 0 }

// First returns the first moment d can mean, in UTC; the zero time where
// nothing is known.
func (d Date) First() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.Year, max(d.Month, 1), max(d.Day, 1), 0, 0, 0, 0, time.UTC)
}

// Last returns the last day d can mean, at its first moment in UTC; the zero
// time where nothing is known.
func (d Date) Last() time.Time {
	switch {
	case d.IsZero():
		return time.Time{}
	case d.Month == 0:
		return time.Date(d.Year, time.December, 31, 0, 0, 0, 0, time.UTC)
	case d.Day == 0:
		return time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC)
	}
	return d.First()
}

// MarshalText writes d as [Date.String] does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDate] reads.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

package ewgwatch

import "time"

// Precision says how much of a date the page gave.
type Precision string

// The precisions. PrecisionUnknown means the page gave no date that holds; it
// is never filled with the time of the visit.
const (
	PrecisionUnknown Precision = "unknown"
	PrecisionDay     Precision = "day"
	PrecisionMinute  Precision = "minute"
	PrecisionSecond  Precision = "second"
)

// Published says when an article says it was published, and how we know.
type Published struct {
	Date      Date      // the day, as printed, in the publisher's own zone
	At        time.Time // the instant, in UTC; zero unless a clock time is known
	Precision Precision // how much is known
	Rule      string    // what gave it ("json-ld", "meta", "time", "visible", "url"), or why it is unknown
	Zone      string    // the zone used: an offset, an IANA name, or "" where none was needed
	Raw       string    // the date as it stands on the page
}

// Known reports whether a day is known.
func (p Published) Known() bool { return !p.Date.IsZero() }

// String returns RFC 3339: an instant in UTC where a clock time is known, else
// the day, else nothing.
func (p Published) String() string {
	if !p.At.IsZero() {
		return p.At.UTC().Format(time.RFC3339)
	}
	return p.Date.String()
}

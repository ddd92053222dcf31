package dates

import (
	"time"

	"ewgwatch"
)

// Part is a set of the parts of a date.
type Part uint8

// The parts.
const (
	Year Part = 1 << iota
	Month
	Day
)

// FullDay is what a date needs to name one day.
const FullDay = Year | Month | Day

// Unit is what a relative phrase counts in.
type Unit string

// The units. "next month" is one [UnitMonth]; "last Wednesday" is minus one
// [UnitWeekday].
const (
	UnitNone    Unit = ""
	UnitDay     Unit = "day"
	UnitWeek    Unit = "week"
	UnitMonth   Unit = "month"
	UnitYear    Unit = "year"
	UnitWeekday Unit = "weekday"
)

// Found is one date, or one range of dates, as it stands in a text.
type Found struct {
	From, To int // byte span

	// First and Last are the printed ends of a range, and equal for a single
	// date. Parts that were not printed are zero: 20-21 July is {0, July, 20}
	// to {0, July, 21}.
	First, Last ewgwatch.Date
	Printed     Part // of year, month and day, which were printed

	Clock     time.Duration      // since midnight, where Precision is minute or second
	Precision ewgwatch.Precision // unknown unless the whole day was printed
	Zone      string             // as printed: "WIB", "GMT+7", "+07:00"; "" where none was
	Offset    int                // of Zone, in seconds east of UTC

	Weekday time.Weekday // where HasWeekday
	// HasWeekday says that a weekday was printed.
	HasWeekday bool

	Relative bool // means nothing without the date of the text: "next month", "on Wednesday", 25日
	Unit     Unit // what a relative phrase counts in
	Count    int  // how many of them, back where negative

	Rule string // the form of forms.tsv that matched
}

// Range reports whether two different ends were printed.
func (f Found) Range() bool { return f.First != f.Last }

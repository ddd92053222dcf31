package dates

import (
	"time"

	"ewgwatch"
)

// Resolve completes a date against the day of the text it stands in, and
// returns its first and last day; for a single day they are equal, and for a
// month or a year both are that month or year.
//
//   - A missing year becomes the one that puts the date nearest to against; of
//     two years equally near, the earlier.
//   - A missing month (25日) likewise: the nearest such day, the earlier of two.
//   - "last" and "next" before a month, a weekday or a day mean strictly before
//     and strictly after; "this September" is that of the year of against.
//   - A weekday alone ("on Wednesday") is the latest such day up to against,
//     which is how reports use it; "this Wednesday" is that of the same week.
//   - "next week" is Monday to Sunday.
//
// What cannot be completed stays unknown: both are zero where against is
// unknown, or lacks the day where a day is counted from, and something is missing.
func (f Found) Resolve(against ewgwatch.Date) (start, end ewgwatch.Date) {
	switch {
	case f.Unit != UnitNone:
		return f.counted(against)
	case f.First.Year != 0:
		return f.First, f.Last
	case against.IsZero() || f.First.Month == 0 && f.First.Day == 0:
		return ewgwatch.Date{}, ewgwatch.Date{}
	case f.First.Month == 0:
		return f.withMonth(against)
	}
	return f.withYear(against)
}

// withYear completes 20-21 July.
func (f Found) withYear(against ewgwatch.Date) (start, end ewgwatch.Date) {
	start, end = f.First, f.Last
	start.Year = f.nearest(against)
	if start.Year == 0 {
		return ewgwatch.Date{}, ewgwatch.Date{}
	}
	end.Year = start.Year
	if after(start, end) {
		end.Year++
	}
	return start, end
}

// nearest returns the year for f.First, zero where no year will do.
func (f Found) nearest(against ewgwatch.Date) (year int) {
	if f.Relative && f.Count == 0 && f.First.Day == 0 {
		return against.Year
	}
	middle := midpoint(against)
	best := time.Duration(-1)
	for y := against.Year - 8; y <= against.Year+8; y++ {
		d := f.First
		d.Year = y
		if !onCalendar(d) || f.Relative && !onSide(d, against, f.Count) {
			continue
		}
		if gap := midpoint(d).Sub(middle).Abs(); best < 0 || gap < best {
			best, year = gap, y
		}
	}
	return year
}

// onSide reports whether d lies before against (side -1) or after it (1).
func onSide(d, against ewgwatch.Date, side int) bool {
	switch side {
	case -1:
		return d.Last().Before(against.First())
	case 1:
		return d.First().After(against.Last())
	}
	return true
}

// midpoint stands for a date that may be a month or a year.
func midpoint(d ewgwatch.Date) time.Time {
	first := d.First()
	return first.Add(d.Last().Sub(first) / 2)
}

// withMonth completes a day of the month.
func (f Found) withMonth(against ewgwatch.Date) (start, end ewgwatch.Date) {
	best := time.Duration(-1)
	for shift := -4; shift <= 4; shift++ {
		month := time.Date(against.Year, against.Month+time.Month(shift), 1, 0, 0, 0, 0, time.UTC)
		d := ewgwatch.Date{Year: month.Year(), Month: month.Month(), Day: f.First.Day}
		if against.Day == 0 || !onCalendar(d) || !onSide(d, against, f.Count) {
			continue
		}
		if gap := d.First().Sub(against.First()).Abs(); best < 0 || gap < best {
			best, start = gap, d
		}
	}
	end = start
	if !start.IsZero() {
		end.Day = f.Last.Day
	}
	return start, end
}

// counted resolves a phrase that counts units from against.
func (f Found) counted(against ewgwatch.Date) (start, end ewgwatch.Date) {
	needsDay := f.Unit == UnitDay || f.Unit == UnitWeek || f.Unit == UnitWeekday || f.First.Day != 0
	if against.IsZero() || against.Month == 0 && f.Unit != UnitYear || against.Day == 0 && needsDay && f.Unit != UnitYear && f.Unit != UnitMonth {
		return ewgwatch.Date{}, ewgwatch.Date{}
	}
	day := against.First()
	switch f.Unit {
	case UnitDay:
		start = ewgwatch.DateOf(day.AddDate(0, 0, f.Count))
	case UnitWeek:
		monday := day.AddDate(0, 0, 7*f.Count-daysAfterMonday(day))
		if f.HasWeekday { // 上周三
			monday = monday.AddDate(0, 0, (int(f.Weekday)+6)%7)
			return ewgwatch.DateOf(monday), ewgwatch.DateOf(monday)
		}
		return ewgwatch.DateOf(monday), ewgwatch.DateOf(monday.AddDate(0, 0, 6))
	case UnitWeekday:
		start = f.onWeekday(day)
	case UnitMonth:
		first := time.Date(day.Year(), day.Month()+time.Month(f.Count), 1, 0, 0, 0, 0, time.UTC)
		return f.within(ewgwatch.Date{Year: first.Year(), Month: first.Month()})
	case UnitYear:
		return f.within(ewgwatch.Date{Year: against.Year + f.Count})
	}
	return start, start
}

// within puts what was printed of a date into the month or year counted.
func (f Found) within(d ewgwatch.Date) (start, end ewgwatch.Date) {
	start, end = d, d
	if d.Month == 0 {
		start.Month, end.Month = f.First.Month, f.Last.Month
	}
	if start.Month != 0 {
		start.Day, end.Day = f.First.Day, f.Last.Day
	}
	if !onCalendar(start) || !onCalendar(end) {
		return ewgwatch.Date{}, ewgwatch.Date{}
	}
	return start, end
}

func (f Found) onWeekday(day time.Time) ewgwatch.Date {
	ahead := (int(f.Weekday) - int(day.Weekday()) + 7) % 7
	switch {
	case f.Count > 0 && ahead == 0:
		ahead = 7
	case f.Count < 0:
		ahead -= 7
	case f.Count == 0 && f.Rule == ruleWeekdayOf:
		ahead = (int(f.Weekday)+6)%7 - daysAfterMonday(day)
	case f.Count == 0 && ahead > 0:
		ahead -= 7
	}
	return ewgwatch.DateOf(day.AddDate(0, 0, ahead))
}

// ruleWeekdayOf names the form that says which weekday is meant.
const ruleWeekdayOf = "weekday-of-week"

func daysAfterMonday(day time.Time) int { return (int(day.Weekday()) + 6) % 7 }

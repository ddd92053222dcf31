package dates

import (
	"time"

	"ewgwatch"
)

// buddhistOffset is the difference between the Thai, Lao and Khmer count of
// years and the Gregorian one. (Thai years began in April until 1940; nothing
// read here is that old.)
const buddhistOffset = 543

// date makes a date of what the slots took; false where it is none.
func (c *capture) date(f *finder) (Found, bool) {
	var date Found
	if !c.ends(&date, f) {
		return date, false
	}
	date.Printed = printed(date.First) | printed(date.Last)
	if date.Printed&FullDay == FullDay {
		date.Precision = precisionDay
	}
	full := date.Printed == FullDay
	if (c.weak || c.capital) && !full {
		return date, false
	}
	c.weekday(&date)
	c.relative(&date)
	if full && c.timed() {
		clock{got: *c}.stamp(&date)
	}
	return date, date.Printed != 0 || date.Relative
}

const (
	precisionDay    = ewgwatch.PrecisionDay
	precisionMinute = ewgwatch.PrecisionMinute
	precisionSecond = ewgwatch.PrecisionSecond
)

func printed(d ewgwatch.Date) (p Part) {
	if d.Year != 0 {
		p |= Year
	}
	if d.Month != 0 {
		p |= Month
	}
	if d.Day != 0 {
		p |= Day
	}
	return p
}

// ends fills both ends of the range, each with what was printed of the other.
func (c *capture) ends(date *Found, f *finder) bool {
	first, ok1 := c.first(f)
	last, ok2 := c.last(f, first)
	if !ok1 || !ok2 {
		return false
	}
	if first.Year == 0 && last.Year != 0 {
		first.Year = last.Year
		if after(first, last) {
			first.Year--
		}
	}
	if !onCalendar(first) || !onCalendar(last) || !inOrder(first, last) {
		return false
	}
	if c.is(slotAnd) && !together(first, last) {
		return false
	}
	date.First, date.Last = first, last
	return true
}

func (c *capture) first(f *finder) (d ewgwatch.Date, ok bool) {
	if d.Year, ok = c.year(slotYear, f); !ok {
		return d, false
	}
	d.Day = int(c.value(slotDay))
	d.Month = time.Month(max(c.value(slotMonth), c.value(slotBareMonth), c.value(slotMonthNum)))
	if c.is(slotA) || c.is(slotA2) {
		d.Day, d.Month = dayMonth(int(c.value(slotA)+c.value(slotA2)), int(c.value(slotB)+c.value(slotB2)), f.opts.MonthFirst)
	}
	return d, d.Month <= 12
}

// dayMonth puts two numbers in the publisher's order, unless one of them can
// only be the day.
func dayMonth(a, b int, monthFirst bool) (day int, m time.Month) {
	if a > 12 || !monthFirst && b <= 12 {
		return a, time.Month(b)
	}
	return b, time.Month(a)
}

// last is the other end of a range, and the first again where none was printed.
func (c *capture) last(f *finder, first ewgwatch.Date) (ewgwatch.Date, bool) {
	d := first
	if c.is(slotDay2) {
		d.Day = int(c.value(slotDay2))
	}
	if m := max(c.value(slotMonth2), c.value(slotMonthNum2)); m != 0 {
		d.Month = time.Month(m)
	}
	if !c.is(slotYear2) {
		if d.Year != 0 && c.is(slotMonth2) && after(first, d) {
			d.Year++ // 30 December 2023 to 2 January
		}
		return d, true
	}
	year, ok := c.year(slotYear2, f)
	d.Year = year
	return d, ok
}

// year reads the year in whichever calendar it was printed; zero where none was.
func (c *capture) year(s slot, f *finder) (int, bool) {
	y := int(c.value(s))
	switch {
	case s == slotYear && c.is(slotEraYear):
		y = int(c.value(slotEra) + c.value(slotEraLetter) + c.value(slotEraYear))
		if !c.is(slotEra) && !c.is(slotEraLetter) {
			y = 1911 + int(c.value(slotEraYear)) // a bare year of the Republic of China
		}
	case s == slotYear && c.is(slotFirstYear):
		y = int(c.value(slotEra)+c.value(slotEraLetter)) + 1
	case s == slotYear && c.is(slotShortYear):
		y = c.shortYear(f)
	case !c.is(s):
		return 0, true
	case c.is(slotCommon):
	case c.is(slotBuddhist) || y >= 2400 && y <= 2700:
		y -= buddhistOffset
	}
	return y, y >= 1800 && y <= 2199
}

// shortYear reads two digits: from 43 on they are Buddhist in Thai, for 2500
// is 1957; else the century is this one up to 69.
func (c *capture) shortYear(f *finder) int {
	yy := int(c.value(slotShortYear))
	thai := f.lang == "th" || c.word == "th"
	switch {
	case c.is(slotBuddhist), thai && yy >= 43 && !c.is(slotCommon):
		return 2500 + yy - buddhistOffset
	case yy >= 70:
		return 1900 + yy
	}
	return 2000 + yy
}

// onCalendar refuses 31 April; 29 February only where the year is known.
func onCalendar(d ewgwatch.Date) bool {
	if d.Day == 0 || d.Month == 0 {
		return true
	}
	year := d.Year
	if year == 0 {
		year = 2000
	}
	return time.Date(year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Day() == d.Day
}

func after(a, b ewgwatch.Date) bool {
	if a.Month != b.Month {
		return a.Month > b.Month
	}
	return a.Day > b.Day
}

// longestYears is how many years a range of years may span.
const longestYears = 20

// inOrder accepts a range that runs forward and, where it has months, not for
// longer than a year.
// Without years it may run over the new year, from the last months into the first.
func inOrder(first, last ewgwatch.Date) bool {
	if first == last {
		return true
	}
	if first.Year == 0 || last.Year == 0 {
		return !after(first, last) || first.Month >= time.October && last.Month <= time.March && last.Month != 0
	}
	if first.Month == 0 {
		return first.Year < last.Year && last.Year-first.Year <= longestYears
	}
	span := last.First().Sub(first.First())
	return span > 0 && span <= 366*24*time.Hour
}

// together reports whether two dates joined by "and" are one stretch of days:
// 3 and 4 August is, 3 August and 5 September are two dates.
func together(first, last ewgwatch.Date) bool {
	if first.Month == 0 && first.Day == 0 {
		return last.Year == first.Year+1
	}
	if first.Month == last.Month {
		return true
	}
	days := last.First().Sub(first.Last()) / (24 * time.Hour)
	return first.Year != 0 && days == 1
}

func (c *capture) weekday(date *Found) {
	for _, s := range []slot{slotWeekday, slotFullWeekday, slotWeekday1} {
		if c.is(s) {
			date.Weekday, date.HasWeekday = time.Weekday(c.value(s)), true
		}
	}
}

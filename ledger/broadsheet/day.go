package broadsheet

import (
	"cmp"
	"fmt"
	"strconv"

	"ewgwatch"
)

// day says a date to people, as far as it is known: 2 Aug 2023, Aug 2023 or 2023.
func day(d ewgwatch.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return strconv.Itoa(d.Year)
	case d.Day == 0:
		return d.First().Format("Jan 2006")
	}
	return d.First().Format("2 Jan 2006")
}

// dayOf says a date, or that it is not known.
func dayOf(d ewgwatch.Date) string { return cmp.Or(day(d), "date unknown") }

// span says when something began and ended: 2–4 Aug 2023.
func span(from, to ewgwatch.Date) string {
	switch {
	case from.IsZero() && to.IsZero():
		return "undated"
	case from.IsZero():
		return "until " + day(to)
	case to.IsZero() || to == from:
		return day(from)
	case from.Day > 0 && to.Day > 0 && from.Year == to.Year && from.Month == to.Month:
		return fmt.Sprintf("%d–%s", from.Day, day(to))
	case from.Day > 0 && to.Day > 0 && from.Year == to.Year:
		return from.First().Format("2 Jan") + " – " + day(to)
	}
	return day(from) + " – " + day(to)
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

package crawler

import (
	"net/url"
	"slices"
	"strings"
)

const (
	maxOfCalendar = 5   // links of one calendar's pattern followed in a run
	maxOfPattern  = 300 // of any other pattern
)

// patterns counts links by their pattern, so that spaces without an end
// (calendars, filters, sort orders) cannot eat a source's budget.
type patterns map[string]int

// admit reports whether one more link of this pattern may be followed: up to
// limit, but fewer of a calendar's.
func (p patterns) admit(u *url.URL, limit int) bool {
	pattern := patternOf(u)
	if isCalendar(u) {
		limit = maxOfCalendar
	}
	p[pattern]++
	return p[pattern] <= limit
}

// patternOf is a URL with its numbers and the values of its query left out:
// "/events/#/#?view".
func patternOf(u *url.URL) string {
	var b strings.Builder
	b.WriteString(u.Host)
	inNumber := false
	for i := range len(u.Path) {
		digit := '0' <= u.Path[i] && u.Path[i] <= '9'
		switch {
		case !digit:
			b.WriteByte(u.Path[i])
		case !inNumber:
			b.WriteByte('#')
		}
		inNumber = digit
	}
	b.WriteByte('?')
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(part, "=")
		b.WriteString(name)
		b.WriteByte('&')
	}
	return b.String()
}

// isCalendar reports whether a URL names a stretch of time and nothing in it:
// by a word of its path, a parameter, or a path that ends with year and month.
func isCalendar(u *url.URL) bool {
	segments := strings.Split(strings.ToLower(strings.Trim(u.Path, "/")), "/")
	if slices.ContainsFunc(segments, func(s string) bool {
		return strings.Contains(s, "calendar") || strings.Contains(s, "kalender") || s == "day" || s == "month" || s == "week"
	}) {
		return true
	}
	for name := range u.Query() {
		if slices.Contains(calendarParameters, strings.ToLower(name)) {
			return true
		}
	}
	return endsWithMonth(segments)
}

var calendarParameters = []string{"calendar", "cal", "month", "year", "day", "week", "date", "tribe-bar-date", "ical", "yyyy", "mm", "yr", "mon"}

// endsWithMonth knows /2031/05 and /2031/05/17, not /2031/05/17/title and not
// /news/12345.
func endsWithMonth(segments []string) bool {
	n := len(segments)
	for n > 0 && isNumber(segments[n-1], 1, 2) {
		n--
	}
	return n < len(segments) && n > 0 && isNumber(segments[n-1], 4, 4)
}

func isNumber(s string, shortest, longest int) bool {
	return len(s) >= shortest && len(s) <= longest && strings.Trim(s, "0123456789") == ""
}

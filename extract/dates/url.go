package dates

import (
	"net/url"
	"regexp"
	"strconv"
	"time"

	"ewgwatch"
)

// The date must fill whole parts of the path: a number of eight digits within
// a longer one is an article's number.
var urlForms = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[/_.-])((?:19|20)\d\d)([/_.-])(\d{1,2})([/_.-])(\d{1,2})(?:$|[/_.T-])`),
	regexp.MustCompile(`(?:^|[/_.-]|[/_.-][A-Za-z]{1,2})((?:19|20)\d\d)()(\d\d)()(\d\d)(?:$|[/_.T-])`),
}

// FromURL reads the day in an address: /2023/08/25/, /20230825/,
// /2023-08-25-title. It is false where the path names no full day (/2023/08/
// is refused), names two different ones, or a day that no calendar has or that
// lies before 1995. Dates in the query count only where the path has none.
func FromURL(address string) (ewgwatch.Date, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return ewgwatch.Date{}, false
	}
	if d, ok := pathDate(u.Path); ok || !d.IsZero() {
		return d, ok
	}
	return queryDate(u.Query())
}

// queryDate takes a value that is nothing but a date, where no other differs.
func queryDate(query url.Values) (found ewgwatch.Date, ok bool) {
	for _, values := range query {
		for _, v := range values {
			d, ok := pathDate(v)
			switch {
			case !ok || len(v) > len("2023-08-25"):
			case found.IsZero():
				found = d
			case found != d:
				return ewgwatch.Date{}, false
			}
		}
	}
	return found, !found.IsZero()
}

// pathDate is false, with a date, where it found two that differ.
func pathDate(path string) (found ewgwatch.Date, ok bool) {
	for _, form := range urlForms {
		for _, m := range form.FindAllStringSubmatch(path, 8) {
			d, valid := urlDate(m)
			switch {
			case !valid:
			case found.IsZero():
				found = d
			case found != d:
				return found, false
			}
		}
	}
	return found, !found.IsZero()
}

func urlDate(m []string) (d ewgwatch.Date, ok bool) {
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[3])
	day, _ := strconv.Atoi(m[5])
	d = ewgwatch.Date{Year: year, Month: time.Month(month), Day: day}
	valid := m[2] == m[4] && year >= earliest && month >= 1 && month <= 12 && day >= 1 && onCalendar(d)
	return d, valid
}

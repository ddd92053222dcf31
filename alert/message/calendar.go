package message

import (
	"strconv"
	"time"

	"ewgwatch"
)

// calendar writes days and times in the words of a language, for a reader in a zone.
type calendar struct {
	tongue
	zone *time.Location
}

// day returns as much of d as is known.
func (c calendar) day(d ewgwatch.Date) string {
	year := strconv.Itoa(d.Year)
	switch {
	case d.IsZero():
		return c.say("date.unknown")
	case d.Month == 0:
		return year
	case d.Day == 0:
		return c.say("date.month", "month", c.month(d), "year", year)
	}
	return c.say("date.day", "day", strconv.Itoa(d.Day), "month", c.month(d), "year", year)
}

func (c calendar) month(d ewgwatch.Date) string { return c.say("month." + strconv.Itoa(int(d.Month))) }

// span returns the days from first to last, either of which may be unknown; nothing
// where both are.
func (c calendar) span(first, last ewgwatch.Date) string {
	switch {
	case first.IsZero() && last.IsZero():
		return ""
	case first.IsZero():
		return c.day(last)
	case last.IsZero() || first == last:
		return c.day(first)
	case first.Year == last.Year && first.Month == last.Month && first.Day > 0 && last.Day > 0:
		return c.say("date.days", "first", strconv.Itoa(first.Day), "last", strconv.Itoa(last.Day),
			"month", c.month(first), "year", strconv.Itoa(first.Year))
	}
	return c.say("date.span", "first", c.day(first), "last", c.day(last))
}

// moment returns an instant in the reader's zone.
func (c calendar) moment(at time.Time) string {
	if at.IsZero() {
		return c.say("date.unknown")
	}
	at = at.In(c.zone)
	return c.say("date.moment", "date", c.day(ewgwatch.DateOf(at)), "time", at.Format("15:04"), "zone", offset(at))
}

// offset is how far the clock is from UTC, as UTC+8 or UTC-3:30: abbreviations of
// zones are known to few outside of them.
func offset(at time.Time) string {
	_, seconds := at.Zone()
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	hours, minutes := seconds/3600, seconds%3600/60
	switch {
	case hours == 0 && minutes == 0:
		return "UTC"
	case minutes == 0:
		return "UTC" + sign + strconv.Itoa(hours)
	}
	return "UTC" + sign + strconv.Itoa(hours) + ":" + time.Unix(int64(minutes)*60, 0).UTC().Format("04")
}

// published says when an article says it was published: in the reader's zone where a
// clock time is known, and as it stands on the page.
func (c calendar) published(p ewgwatch.Published) string {
	date := c.day(p.Date)
	if !p.At.IsZero() {
		date = c.moment(p.At)
	}
	switch {
	case p.Raw == "":
		return date
	case !p.Known() && p.At.IsZero():
		return c.say("date.unread", "raw", p.Raw)
	}
	return c.say("date.printed", "date", date, "raw", p.Raw)
}

package dates

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"ewgwatch"
)

// Why a printed date is not taken; [Published] puts one of these in the rule.
const (
	unknownNone   = "unknown: no full date"
	unknownFuture = "unknown: in the future"
	unknownPast   = "unknown: before 1995"
	unknownRange  = "unknown: a range of days"
)

// earliest is the year before which no page of the web was published.
const earliest = 1995

// tolerance is how far ahead of the clock a date may lie: clocks differ, and
// the publisher's day may have begun where ours has not.
const tolerance = 36 * time.Hour

// Published reads one date as a byline, a time element, a meta tag or a header
// gives it: any form that [Find] knows, ISO 8601 also without its marks, the
// forms of RFC 822, 850 and 1123, seconds or milliseconds since 1970, and
// /Date(…)/. The first full day counts, before one that is
// said to be of an update; a year or a month alone is never completed.
//
// It is false where there is no such day, or where the day lies before 1995 or
// more than 36 hours after Options.Now; Rule then says why.
//
// Clock times without a zone are taken in Options.Zone. A time in UTC is moved
// into Options.Zone, if given, because Date is the publisher's own day.
func Published(s string, o Options) (ewgwatch.Published, bool) {
	s = strings.TrimSpace(s)
	if len(s) > longest {
		s = strings.ToValidUTF8(s[:longest], "")
	}
	if p, ok := machineDate(s, o); ok {
		return p.checked(o)
	}
	best, unknown := printedDay(s, Find(s, o))
	if best != nil {
		return best.published(s, o).checked(o)
	}
	return ewgwatch.Published{Precision: ewgwatch.PrecisionUnknown, Rule: unknown, Raw: s}, false
}

// printedDay chooses the first full day that is not said to be of an update,
// else the first of an update; nil, with the reason, where there is neither.
func printedDay(s string, found []Found) (best *Found, unknown string) {
	unknown, end := unknownNone, 0
	for i := range found {
		f := &found[i]
		label := s[end:f.From]
		end = f.To
		switch {
		case f.Printed != FullDay || f.Relative:
		case f.Range():
			unknown = unknownRange
		case !ofUpdate(label):
			return f, ""
		case best == nil:
			best = f
		}
	}
	return best, unknown
}

// ofUpdate reports whether what stands before a date says that it is of a change.
func ofUpdate(label string) bool {
	words := handbook().words
	for i := range label {
		if _, set, _ := words.longest(label, i); set.any(updated.set()) {
			return true
		}
	}
	return false
}

// longest is how much of a string is read for one date.
const longest = 4096

type reading struct{ ewgwatch.Published }

func (r reading) checked(o Options) (ewgwatch.Published, bool) {
	at := r.At
	if at.IsZero() {
		d := r.Date
		at = time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, o.location())
	}
	reason := ""
	switch {
	case r.Date.Year < earliest:
		reason = unknownPast
	case !o.Now.IsZero() && at.After(o.Now.Add(tolerance)):
		reason = unknownFuture
	}
	if reason != "" {
		return ewgwatch.Published{Precision: ewgwatch.PrecisionUnknown, Rule: reason, Raw: r.Raw}, false
	}
	return r.Published, true
}

// published makes an instant of a found day and its clock time.
func (f Found) published(text string, o Options) reading {
	p := ewgwatch.Published{Date: f.First, Precision: f.Precision, Rule: f.Rule, Raw: text[f.From:f.To]}
	if f.Precision == ewgwatch.PrecisionDay {
		return reading{p}
	}
	zone := o.location()
	p.Zone = zone.String()
	if f.Zone != "" {
		zone = time.FixedZone(f.Zone, f.Offset)
		p.Zone = offsetName(f.Offset)
	}
	d := f.First
	at := time.Date(d.Year, d.Month, d.Day, 0, 0, int(f.Clock/time.Second), 0, zone)
	p.At = at.UTC()
	if f.Zone != "" && f.Offset == 0 && o.Zone != nil {
		p.Date, p.Zone = ewgwatch.DateOf(at.In(o.Zone)), o.Zone.String()
	}
	return reading{p}
}

func offsetName(seconds int) string {
	return time.Unix(0, 0).In(time.FixedZone("", seconds)).Format("-07:00")
}

var (
	epochForm   = regexp.MustCompile(`^(?:\\?/?Date\((-?\d{9,14})(?:[+-]\d{4})?\)\\?/?|(\d{10}|\d{13}))$`)
	compactForm = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2}):?(\d{2})?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$`)
)

// machineDate reads what only machines write: seconds or milliseconds since
// 1970, and ISO 8601 without marks.
func machineDate(s string, o Options) (reading, bool) {
	if m := epochForm.FindStringSubmatch(s); m != nil {
		return epoch(s, m[1]+m[2], o)
	}
	m := compactForm.FindStringSubmatch(s)
	if m == nil {
		return reading{}, false
	}
	marked := m[1] + "-" + m[2] + "-" + m[3]
	if m[4] != "" {
		marked += "T" + m[4] + ":" + m[5] + ":" + (m[6] + "00")[:2] + m[7]
	}
	found := Find(marked, o)
	if len(found) != 1 || found[0].Printed != FullDay || found[0].Range() {
		return reading{}, false
	}
	r := found[0].published(marked, o)
	r.Rule, r.Raw = "compact", s
	return r, true
}

// epoch reads ten digits as seconds and thirteen as milliseconds; within
// /Date(…)/ always milliseconds.
func epoch(raw, digits string, o Options) (reading, bool) {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return reading{}, false
	}
	at := time.UnixMilli(n)
	if len(raw) == 10 {
		at = time.Unix(n, 0)
	}
	at = at.Truncate(time.Second)
	return reading{ewgwatch.Published{Date: ewgwatch.DateOf(at.In(o.location())), At: at.UTC(),
		Precision: ewgwatch.PrecisionSecond, Rule: "epoch", Zone: o.location().String(), Raw: raw}}, true
}

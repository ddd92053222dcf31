package extract

import (
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/extract/dates"
	"ewgwatch/extract/document"
)

// The zones in which publishers live: an instant lies on no day that none of
// them has.
const (
	westernmost = -10 * time.Hour
	easternmost = 13 * time.Hour
)

// settled completes a date by the page's other dates, which may tell what it
// leaves open: the clock of a bare day, or the publisher's own day of an
// instant that is given in UTC while the publisher's zone is not known.
func settled(p ewgwatch.Published, doc document.Document, page ewgwatch.Page, article ewgwatch.Article, options Options) ewgwatch.Published {
	switch {
	case p.Rule == "visible" && p.Precision == ewgwatch.PrecisionDay:
		return withClock(p, otherDates(p, doc, page, article, options))
	case inUTC(p) && article.Source.Zone == nil:
		return localDay(p, page, otherDates(p, doc, page, article, options))
	}
	return p
}

// withClock takes the <time> of a printed day, which has its clock.
func withClock(p ewgwatch.Published, others []ewgwatch.Published) ewgwatch.Published {
	for _, other := range others {
		if other.Rule == "time" && !other.At.IsZero() && (other.Date == p.Date || inUTC(other) && hasDay(other.At, p.Date)) {
			other.Date = p.Date
			return other
		}
	}
	return p
}

// localDay puts right the day of an instant in UTC: by the same instant with an
// offset, by the page's address, or in print.
func localDay(p ewgwatch.Published, page ewgwatch.Page, others []ewgwatch.Published) ewgwatch.Published {
	for _, other := range others {
		if other.At.Equal(p.At) && !inUTC(other) {
			p.Date = other.Date
			return p
		}
	}
	if d, ok := dates.FromURL(page.FinalURL); ok && hasDay(p.At, d) {
		p.Date = d
		return p
	}
	return inPrint(p, others)
}

// inUTC reports whether a date is an instant as machines write it.
func inUTC(p ewgwatch.Published) bool {
	return !p.At.IsZero() && (p.Zone == "+00:00" || strings.Trim(p.Raw, "0123456789") == "")
}

// otherDates reads the other candidates for the day of publication.
func otherDates(p ewgwatch.Published, doc document.Document, page ewgwatch.Page, article ewgwatch.Article, options Options) (all []ewgwatch.Published) {
	for _, candidate := range doc.Dates {
		if candidate.Where == "modified" || candidate.Raw == p.Raw {
			continue
		}
		if other, ok := readDate(candidate, page, article, options); ok {
			all = append(all, other)
		}
	}
	return all
}

// inPrint takes the day that is printed for people, unless one is printed that
// is the day in UTC.
func inPrint(p ewgwatch.Published, printed []ewgwatch.Published) ewgwatch.Published {
	own := p.Date
	for _, other := range printed {
		switch {
		case other.Rule != "visible" && other.Rule != "time":
		case other.Date == p.Date:
			return p
		case own == p.Date && isSameMoment(p.At, other):
			own = other.Date
		}
	}
	p.Date = own
	return p
}

// isSameMoment reports whether a printed date may be the instant: its day is
// one that some zone has then, and its clock, if any, is apart from UTC by
// quarters of an hour.
func isSameMoment(at time.Time, printed ewgwatch.Published) bool {
	if printed.At.IsZero() {
		return hasDay(at, printed.Date)
	}
	apart := printed.At.Sub(at).Round(5 * time.Minute)
	return printed.Zone == time.UTC.String() && apart >= westernmost && apart <= easternmost && apart%(15*time.Minute) == 0
}

// hasDay reports whether the instant lies on the day in some zone.
func hasDay(at time.Time, d ewgwatch.Date) bool {
	return !d.First().After(at.Add(easternmost)) && d.First().Add(day).After(at.Add(westernmost))
}

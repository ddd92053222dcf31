package ledger

import (
	"cmp"
	"time"

	"ewgwatch"
)

// byDate orders events by the first day they can have begun, undated ones last.
func byDate(a, b ewgwatch.Event) int {
	return cmp.Or(
		falseFirst(a.ID == "", b.ID == ""),
		falseFirst(a.Start.IsZero(), b.Start.IsZero()),
		a.Start.First().Compare(b.Start.First()),
		cmp.Compare(a.ID, b.ID),
	)
}

// byFullness orders what findings know of one event, the fullest first: what a
// catalogue says goes before what was read from an article. It looks at every
// field, so that the order of arrival cannot matter.
func byFullness(a, b ewgwatch.Event) int {
	return cmp.Or(
		falseFirst(a.Provisional, b.Provisional),
		cmp.Compare(known(b), known(a)),
		cmp.Compare(a.Start.String(), b.Start.String()),
		cmp.Compare(a.End.String(), b.End.String()),
		cmp.Compare(a.Place, b.Place),
		cmp.Compare(a.Name, b.Name),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Host, b.Host),
		cmp.Compare(a.Cycle, b.Cycle),
	)
}

// byExactness orders descriptions of one event: the more exact date, the known host
// and the known city first.
func byExactness(a, b ewgwatch.Event) int {
	return cmp.Or(
		cmp.Compare(len(b.Start.String()), len(a.Start.String())),
		falseFirst(a.Host == "", b.Host == ""),
		falseFirst(city(a) == "", city(b) == ""),
		byFullness(a, b),
		cmp.Compare(a.ID, b.ID),
	)
}

// complete returns e with what another description of it knows beside.
func complete(e, other ewgwatch.Event) ewgwatch.Event {
	if city(e) == "" && other.Place != "" {
		e.Place = other.Place
	}
	e.Host, e.Name, e.Cycle = cmp.Or(e.Host, other.Host), cmp.Or(e.Name, other.Name), cmp.Or(e.Cycle, other.Cycle)
	if e.End.IsZero() && e.Start == other.Start {
		e.End = other.End
	}
	return e
}

// known counts the attributes of an event that are filled.
func known(e ewgwatch.Event) (n int) {
	for _, filled := range []bool{
		!e.Start.IsZero(), !e.End.IsZero(), e.Place != "", e.Name != "", e.Kind != "", e.Host != "", e.Cycle != "",
	} {
		if filled {
			n++
		}
	}
	return n
}

// lastDay is the last day on which an event can still go on; the zero time where that
// is not known.
func lastDay(e ewgwatch.Event) time.Time {
	if e.End.IsZero() {
		return e.Start.Last()
	}
	return e.End.Last()
}

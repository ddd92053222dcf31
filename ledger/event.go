package ledger

import (
	"cmp"

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

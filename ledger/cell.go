package ledger

import (
	"cmp"
	"slices"

	"ewgwatch"
)

// Cell is what is known of one state at one event.
type Cell struct {
	State ewgwatch.State
	Event ewgwatch.Event
	// Said is what findings say, the weightiest stance first, what is planned
	// after what is done. It is empty where nothing is said.
	Said []Said
	// Nothing says which kind of nothing an empty cell is; it is the zero
	// value where something is said.
	Nothing Nothing
}

// Said is one stance in a cell, what is planned apart from what is done.
type Said struct {
	Stance  ewgwatch.Stance
	Planned bool
	Voices  int // independent ones; [Ledger.Voices] says which
	// Best is the finding to show: the surest, of equally sure ones the
	// earliest published, then the one with the lowest ID.
	Best ewgwatch.Finding
	// Contradicts is set where another stance in the cell cannot be true as
	// well.
	Contradicts bool
}

// byWeight orders what is said in one cell.
func byWeight(a, b *group) int {
	one, other := &a.best, &b.best
	return cmp.Or(cmp.Compare(weight(one.Stance), weight(other.Stance)), cmp.Compare(one.Stance, other.Stance), falseFirst(one.Planned, other.Planned))
}

// weight is the place of a stance in a cell. A stance this program does not
// know comes last.
func weight(stance ewgwatch.Stance) int {
	order := ewgwatch.Stances()
	if at := slices.Index(order, stance); at >= 0 {
		return at
	}
	return len(order)
}

// byWorth orders findings of one claim, the one to show first. It looks at
// everything that is shown, so that the order of arrival cannot matter.
func byWorth(a, b *ewgwatch.Finding) int {
	if a.Confidence != b.Confidence {
		return cmp.Compare(b.Confidence, a.Confidence)
	}
	return cmp.Or(
		byPublication(a.Published, b.Published),
		cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Quote, b.Quote),
		cmp.Compare(a.Source.ID, b.Source.ID),
		cmp.Compare(a.Source.Name, b.Source.Name),
	)
}

// byPublication orders by day, then by clock time, what is unknown last.
func byPublication(a, b ewgwatch.Published) int {
	return cmp.Or(
		falseFirst(a.Date.IsZero(), b.Date.IsZero()),
		a.Date.First().Compare(b.Date.First()),
		falseFirst(a.At.IsZero(), b.At.IsZero()),
		a.At.Compare(b.At),
	)
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

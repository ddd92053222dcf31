package crawler

import (
	"time"

	"ewgwatch"
)

// How long a page that was read is left alone: a share of the time for which it
// has not changed, so that what changes is looked at often and what stands still
// ever less. Pages on the topic are where a quiet edit matters, and listings are
// where what is new is found.
const (
	listingShare   = 8
	listingLongest = 3 * 24 * time.Hour
	topicalShare   = 4 // the fourth part
	topicalLongest = 14 * 24 * time.Hour
	longest        = 90 * 24 * time.Hour
)

// isResting reports whether a page that is known need not be looked at again
// yet. rest is how long any page is left alone after a visit. A visit of the
// future tells of a clock that was wrong, and nothing else.
func isResting(visit ewgwatch.Visit, rest time.Duration, now time.Time) bool {
	if visit.At.After(now) {
		return false
	}
	return now.Before(visit.At.Add(max(rest, interval(visit))))
}

// interval returns how long a page rests by itself. One that could not be had
// for a reason that may pass, or that robots.txt forbade, is tried each night.
func interval(visit ewgwatch.Visit) time.Duration {
	switch visit.Outcome {
	case ewgwatch.New, ewgwatch.Changed, ewgwatch.Unchanged:
	case ewgwatch.Gone, ewgwatch.NotHTML, ewgwatch.TooLarge, ewgwatch.Unreadable:
		return min(visit.At.Sub(visit.FirstSeen), longest)
	default:
		return 0
	}
	still := visit.At.Sub(visit.ReadAt)
	if visit.ReadAt.IsZero() {
		still = 0
	}
	switch {
	case visit.Listing:
		return min(still/listingShare, listingLongest)
	case visit.OnTopic:
		return min(still/topicalShare, topicalLongest)
	}
	return min(still, longest)
}

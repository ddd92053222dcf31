package ledger

import (
	"iter"
	"maps"
	"slices"

	"ewgwatch"
)

// Identity knows which provisional events are one: articles that know of an event
// only the year, or only the month, give it different IDs. The zero value takes
// every event for one of its own.
type Identity map[string]ewgwatch.Event // by the ID of another description of the event

// Identify finds which of some events are one. Only provisional ones are: what is in
// a catalogue is told apart by it. Two may be
// one where they are of one kind, no host, no city and no cycle of the one is against
// that of the other, and their dates, which both have, overlap. All that hang
// together in that way are one, and known by the most exact of them, but only if any
// two of them may be one: a "2027" beside a May and an August of 2027 is nobody's, and
// stays an event of its own. What an analyst amended keeps its ID: others may be known
// by it where it is the most exact; where it is not, it is told apart from them, or what
// was amended of it would be lost. Neither the order of events matters nor how often one is
// given.
func Identify(events iter.Seq[ewgwatch.Event], amended ewgwatch.Amended) Identity {
	fullest := map[string]ewgwatch.Event{}
	for e := range events {
		if have, ok := fullest[e.ID]; !ok || byFullness(e, have) < 0 {
			fullest[e.ID] = e
		}
	}
	var open []ewgwatch.Event
	for _, id := range slices.Sorted(maps.Keys(fullest)) {
		if e := fullest[id]; e.Provisional && e.ID != "" {
			open = append(open, e)
		}
	}
	same := Identity{}
	for len(open) > 0 {
		var kin []ewgwatch.Event
		kin, open = kinOf(open)
		if !unambiguous(kin) {
			continue
		}
		slices.SortFunc(kin, byExactness)
		same.join(kin[0], slices.DeleteFunc(kin[1:], func(e ewgwatch.Event) bool { return amended.Names(e.ID) }))
	}
	return same
}

// kinOf parts the events that hang together with the first from the others.
func kinOf(open []ewgwatch.Event) (kin, others []ewgwatch.Event) {
	kin, others = open[:1:1], open[1:]
	for at := 0; at < len(kin); at++ {
		var left []ewgwatch.Event
		for _, e := range others {
			if mayBeOne(kin[at], e) {
				kin = append(kin, e)
				continue
			}
			left = append(left, e)
		}
		others = left
	}
	return kin, others
}

func unambiguous(kin []ewgwatch.Event) bool {
	for i, a := range kin {
		for _, b := range kin[i+1:] {
			if !mayBeOne(a, b) {
				return false
			}
		}
	}
	return len(kin) > 1
}

// join has others be known by the most exact of them, with what they know beside.
func (same Identity) join(exact ewgwatch.Event, others []ewgwatch.Event) {
	if len(others) == 0 {
		return
	}
	whole := exact
	for _, e := range others {
		whole = complete(whole, e)
	}
	for _, e := range append(others, exact) {
		same[e.ID] = whole
	}
}

// Finding returns f tied to the event that its own is one with.
func (same Identity) Finding(f ewgwatch.Finding) ewgwatch.Finding {
	if whole, ok := same[f.Event.ID]; ok {
		f.Event = whole
	}
	return f
}

func mayBeOne(a, b ewgwatch.Event) bool {
	return a.Kind == b.Kind && agree(string(a.Host), string(b.Host)) && agree(a.Cycle, b.Cycle) && agree(city(a), city(b)) && overlap(a, b)
}

func agree(a, b string) bool { return a == "" || b == "" || a == b }

// city is the place of an event where that says more than its host.
func city(e ewgwatch.Event) string {
	if e.Place == e.Host.Name() {
		return ""
	}
	return e.Place
}

func overlap(a, b ewgwatch.Event) bool {
	return !a.Start.IsZero() && !b.Start.IsZero() && !lastDay(a).Before(b.Start.First()) && !lastDay(b).Before(a.Start.First())
}

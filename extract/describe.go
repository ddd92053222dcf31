package extract

import (
	"cmp"
	"slices"
	"strings"

	"ewgwatch"
)

// describe merges references into the events an article speaks of. References
// that say something of an event come first, bare ones ("the exercise") are
// then given to the event spoken of last.
func describe(refs []reference) []ewgwatch.Event {
	var events []ewgwatch.Event
	order := make([]int, len(refs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(refs[b].weight(), refs[a].weight()) })
	for _, i := range order {
		r := &refs[i]
		if r.foreign || r.weight() == 0 {
			continue
		}
		if r.to = fitting(events, r.event); r.to < 0 {
			r.to = len(events)
			events = append(events, r.event)
			continue
		}
		events[r.to] = merge(events[r.to], r.event)
	}
	giveBare(refs, events)
	if len(events) == 0 {
		events = bare(refs)
	}
	return events
}

// giveBare gives references that say nothing of their own to the event spoken
// of last that they can mean.
func giveBare(refs []reference, events []ewgwatch.Event) {
	latest := map[ewgwatch.EventKind]int{} // reference to an event of each kind
	for i := range refs {
		r := &refs[i]
		if r.to < 0 && !r.foreign {
			r.to = spokenOfLast(refs, latest, r.event.Kind)
		}
		if r.to >= 0 && !r.governed {
			latest[events[r.to].Kind] = i
		}
	}
}

// spokenOfLast returns the event of the last of some references whose kind fits
// another, or -1.
func spokenOfLast(refs []reference, latest map[ewgwatch.EventKind]int, kind ewgwatch.EventKind) int {
	last := -1
	for other, i := range latest {
		if i > last && sameKind(other, kind) {
			last = i
		}
	}
	if last < 0 {
		return -1
	}
	return refs[last].to
}

// bare makes one event of references that all say nothing but a kind.
func bare(refs []reference) []ewgwatch.Event {
	for i := range refs {
		if refs[i].foreign {
			continue
		}
		e := refs[i].event
		for j := range refs {
			if !refs[j].foreign && sameKind(e.Kind, refs[j].event.Kind) {
				e = merge(e, refs[j].event)
				refs[j].to = 0
			}
		}
		return []ewgwatch.Event{e}
	}
	return nil
}

// fitting returns the event a description fits best, or -1 where it
// contradicts them all.
func fitting(events []ewgwatch.Event, e ewgwatch.Event) int {
	best, bestScore := -1, 0
	for i, known := range events {
		if !sameKind(known.Kind, e.Kind) || known.Host != "" && e.Host != "" && known.Host != e.Host || elsewhere(known, e) {
			continue
		}
		score := 1
		if !known.Start.IsZero() && !e.Start.IsZero() {
			if gap(known, e) > 5*day {
				continue
			}
			score += 3
		}
		if known.Host != "" && known.Host == e.Host {
			score += 2
		}
		if known.Kind != e.Kind && talk(e.Kind) && score == 1 {
			continue // a meeting and a planning conference that share nothing
		}
		if known.Kind == e.Kind {
			score++
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	return best
}

// elsewhere reports whether two events are in two cities.
func elsewhere(a, b ewgwatch.Event) bool {
	x, y := cityOf(a), cityOf(b)
	return x != "" && y != "" && x != y
}

func cityOf(e ewgwatch.Event) string {
	city, state, ok := strings.Cut(e.Place, ", ")
	if !ok || state == "" {
		return ""
	}
	return city
}

// merge completes one description of an event with another.
func merge(a, b ewgwatch.Event) ewgwatch.Event {
	if a.Kind == ewgwatch.OtherKind || a.Kind == ewgwatch.Meeting && b.Kind == ewgwatch.Planning {
		a.Kind = b.Kind
	}
	if a.Host == "" || cityOf(a) == "" && cityOf(b) != "" && a.Host == b.Host {
		a.Host, a.Place = b.Host, b.Place
	}
	if a.Start.IsZero() || a.Start.Day == 0 && b.Start.Day > 0 {
		a.Start, a.End = b.Start, b.End
	}
	return a
}

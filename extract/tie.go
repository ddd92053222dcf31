package extract

import (
	"cmp"
	"slices"

	"ewgwatch"
)

// eventOf ties a claim to an event: one spoken of in the same sentence, the
// nearest that follows its cue before the nearest that precedes it; else the
// one at a place that the sentence names; else the one spoken of last that the
// claim's tense allows. It reports false where the claim is about another
// group's or another exercise's event.
func (r *reading) eventOf(sentence int, cl claim) (ewgwatch.Event, bool) {
	if cl.former {
		return ewgwatch.Event{}, true
	}
	c := r.title
	if sentence >= 0 {
		c = r.clauses[sentence]
	}
	event, ok := r.spokenOf(sentence, c, cl)
	if cl.stance == ewgwatch.Host && isPlace(cl.cue.Role) { // "held in", not "hosted by", which two can be
		event = r.onSoil(event, cl.state)
	}
	if cl.cycle != "" && event.Cycle != "" && event.Cycle != cl.cycle {
		return ewgwatch.Event{}, ok
	}
	return event, ok && !(cl.inferred && c.elsewhere(event, cl.cue))
}

// elsewhere reports whether what is said around a cue is set in another state
// than an event.
func (c clause) elsewhere(e ewgwatch.Event, cue hit) bool {
	set := slices.DeleteFunc(slices.Clone(c.groups), func(g group) bool {
		gap := between(g.span, cue.span)
		return !g.located || c.broken(gap.start, gap.end)
	})
	return e.Host != "" && len(set) > 0 && !slices.ContainsFunc(set, func(g group) bool { return g.mentions[0].state == e.Host })
}

// onSoil returns the one event that a state hosts where another one is known to be
// on other soil: who prepares here "for an exercise to be held in Russia" does not
// do so in Russia.
func (r *reading) onSoil(event ewgwatch.Event, host ewgwatch.State) ewgwatch.Event {
	if event.Host == "" || event.Host == host {
		return event
	}
	hosted := slices.DeleteFunc(slices.Clone(r.events), func(e ewgwatch.Event) bool { return e.Host != host })
	if len(hosted) == 1 {
		return hosted[0]
	}
	return event
}

// spokenOf is eventOf without regard to who has chaired which cycle.
func (r *reading) spokenOf(sentence int, c clause, cl claim) (ewgwatch.Event, bool) {
	if c.foreign(cl.cue) {
		return ewgwatch.Event{}, false
	}
	if ref, ok := r.nearestTo(sentence, cl.cue); ok {
		if ref.foreign {
			return ewgwatch.Event{}, false
		}
		if ref.to >= 0 {
			return r.events[ref.to], true
		}
	}
	if at, ok := r.placed(c, cl); ok {
		return r.events[at], true
	}
	if ref, ok := r.nearestTo(sentence, cl.cue); ok && !sameKindAsAny(ref.event.Kind, r.events) {
		return ewgwatch.Event{}, true // "meetings" where only an exercise is known
	}
	return r.focus(sentence, cl)
}

func sameKindAsAny(kind ewgwatch.EventKind, events []ewgwatch.Event) bool {
	return slices.ContainsFunc(events, func(e ewgwatch.Event) bool { return sameKind(kind, e.Kind) })
}

// nearestTo returns the reference of a sentence that a cue most likely speaks
// of.
func (r *reading) nearestTo(sentence int, cue hit) (reference, bool) {
	best, bestDistance := reference{}, 1<<30
	for _, ref := range r.refs[r.firstRef(sentence):r.firstRef(sentence+1)] {
		distance := ref.distance(cue.span)
		if ref.start < cue.start && !ref.overlaps(cue.span) {
			distance += distance/2 + 10
		}
		if ref.governed {
			distance += 60
		}
		if distance < bestDistance {
			best, bestDistance = ref, distance
		}
	}
	return best, bestDistance < 1<<30
}

// firstRef returns the index of the first reference of a sentence or of one
// after it; references are in the order of the text.
func (r *reading) firstRef(sentence int) int {
	at, _ := slices.BinarySearchFunc(r.refs, sentence, func(ref reference, sentence int) int { return cmp.Compare(ref.sentence, sentence) })
	return at
}

// placed returns the event at a place that a sentence names, where there is
// just one.
func (r *reading) placed(c clause, cl claim) (int, bool) {
	at, count := -1, 0
	for i, e := range r.events {
		if slices.ContainsFunc(c.groups, func(g group) bool { return g.place && g.at(e) }) && r.possible(e, cl) {
			at, count = i, count+1
		}
	}
	return at, count == 1
}

// focus returns the event spoken of last before a sentence that a claim can be
// about, else any that it can, else none.
func (r *reading) focus(sentence int, cl claim) (ewgwatch.Event, bool) {
	for _, ref := range slices.Backward(r.refs[:r.firstRef(sentence)]) {
		if ref.foreign {
			return ewgwatch.Event{}, false
		}
		if ref.to >= 0 && !ref.governed && r.possible(r.events[ref.to], cl) {
			return r.events[ref.to], true
		}
	}
	for _, e := range r.events {
		if r.possible(e, cl) {
			return e, true
		}
	}
	if len(r.events) > 0 {
		return r.events[0], true
	}
	return ewgwatch.Event{}, true
}

// possible reports whether the tense of a claim fits an event: what is told as
// done is not of an event that lies ahead, nor what is planned of one past.
func (r *reading) possible(e ewgwatch.Event, cl claim) bool {
	if e.Start.IsZero() || r.published.IsZero() || cl.stance != ewgwatch.Attended && cl.stance != ewgwatch.Absent {
		return true
	}
	if cl.planned {
		return !last(e).Before(r.published.First())
	}
	return !e.Start.First().After(r.published.Last())
}

package extract

import (
	"cmp"
	"slices"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// reference is a place in a text that speaks of an event.
type reference struct {
	span
	sentence int // -1 for the title
	event    ewgwatch.Event
	foreign  bool // of another group, forum or exercise
	plural   bool
	to       int // index of the described event it was merged into, or -1
}

// when is a date in a text, completed against the article's.
type when struct {
	span
	start, end ewgwatch.Date
}

// references finds what one clause says of events: each word for a kind of
// event, with the place and the date that stand nearest to it.
func (c clause) references(number int, whens []when) []reference {
	var kinds []hit
	for _, w := range c.words {
		if w.Role == lexicon.Kind {
			kinds = append(kinds, w)
		}
	}
	var refs []reference
	for _, k := range longest(kinds) {
		refs = append(refs, reference{span: k.span, sentence: number, event: ewgwatch.Event{Kind: k.Kind}, to: -1, foreign: c.foreign(k)})
	}
	refs = c.joinKinds(refs)
	c.placeThem(refs)
	c.dateThem(refs, whens)
	return refs
}

// foreign reports whether a word for an event belongs to another group or
// exercise: one is named nearer to it than counter-terrorism is.
func (c clause) foreign(k hit) bool {
	rival, own := 1<<30, 1<<30
	for _, w := range c.words {
		switch w.Role {
		case lexicon.Rival:
			rival = min(rival, w.distance(k.span))
		case lexicon.CT, lexicon.Group:
			own = min(own, w.distance(k.span))
		}
	}
	return rival < own && own > 25 && rival < 120
}

// joinKinds makes one reference of words that name one event: "exercise (FTX)".
func (c clause) joinKinds(refs []reference) []reference {
	var kept []reference
	for _, r := range refs {
		if n := len(kept); n > 0 && r.start-kept[n-1].end <= 3 && sameKind(kept[n-1].event.Kind, r.event.Kind) {
			if kept[n-1].event.Kind == ewgwatch.OtherKind {
				kept[n-1].event.Kind = r.event.Kind
			}
			kept[n-1].end = r.end
			continue
		}
		kept = append(kept, r)
	}
	return kept
}

// placeThem gives each host cue's place to the reference it speaks of.
func (c clause) placeThem(refs []reference) {
	for _, cue := range c.cues {
		if cue.Stance != ewgwatch.Host || len(refs) == 0 {
			continue
		}
		g, _, ok := c.states(cue, nil)
		if !ok || len(g.mentions) == 0 {
			continue
		}
		m := g.mentions[0]
		r := &refs[nearest(refs, cue.span)]
		if r.event.Host == "" {
			r.event.Host = m.state
			r.event.Place = m.state.Name()
			if m.role == lexicon.Place || m.role == lexicon.Seat {
				r.event.Place = m.of(c.text) + ", " + m.state.Name()
			}
		}
	}
}

// dateThem gives each date to the nearest reference that has none.
func (c clause) dateThem(refs []reference, whens []when) {
	for _, w := range whens {
		if len(refs) == 0 || !c.span.holds(w.span) {
			continue
		}
		r := &refs[nearest(refs, w.span)]
		if r.event.Start.IsZero() {
			r.event.Start, r.event.End = w.start, w.end
		}
	}
}

// nearest returns the reference nearest to a span; of equally near ones the
// one before it, because places and dates follow what they belong to.
func nearest(refs []reference, s span) int {
	best, bestDistance := 0, 1<<30
	for i, r := range refs {
		distance := 2 * r.distance(s)
		if r.start > s.start {
			distance = distance*2 + 1
		}
		if distance < bestDistance {
			best, bestDistance = i, distance
		}
	}
	return best
}

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
	focus := -1
	for i := range refs {
		r := &refs[i]
		switch {
		case r.foreign:
			continue
		case r.to >= 0:
			focus = r.to
		case focus >= 0 && sameKind(events[focus].Kind, r.event.Kind):
			r.to = focus
		}
	}
	if len(events) == 0 {
		events = bare(refs)
	}
	return events
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

// weight is how much a reference says of its event.
func (r reference) weight() int {
	weight := 0
	if r.event.Kind != ewgwatch.OtherKind && r.event.Kind != ewgwatch.Meeting {
		weight++
	}
	if r.event.Host != "" {
		weight++
	}
	if !r.event.Start.IsZero() {
		weight++
		if r.event.Start.Day > 0 {
			weight++
		}
	}
	return weight
}

// fitting returns the event a description fits best, or -1 where it
// contradicts them all.
func fitting(events []ewgwatch.Event, e ewgwatch.Event) int {
	best, bestScore := -1, 0
	for i, known := range events {
		if !sameKind(known.Kind, e.Kind) || known.Host != "" && e.Host != "" && known.Host != e.Host {
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
		if known.Kind == e.Kind {
			score++
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	return best
}

// merge completes one description of an event with another.
func merge(a, b ewgwatch.Event) ewgwatch.Event {
	if a.Kind == ewgwatch.OtherKind || a.Kind == ewgwatch.Meeting && b.Kind == ewgwatch.Planning {
		a.Kind = b.Kind
	}
	if a.Host == "" {
		a.Host, a.Place = b.Host, b.Place
	}
	if a.Start.IsZero() || a.Start.Day == 0 && b.Start.Day > 0 {
		a.Start, a.End = b.Start, b.End
	}
	return a
}

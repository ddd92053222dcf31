package extract

import (
	"cmp"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// reference is a place in a text that speaks of an event.
type reference struct {
	span
	sentence int // -1 for the title
	event    ewgwatch.Event
	foreign  bool // of another group, forum or exercise
	governed bool // stands behind "for": a conference for an exercise
	same     bool // "the same meeting": a date beside it is not its own
	to       int  // index of the described event it was merged into, or -1
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
	for i := range refs {
		refs[i].same = c.behind(refs[i], lexicon.Same)
		refs[i].governed = i > 0 && c.governs(refs[i-1], refs[i])
	}
	c.placeThem(refs)
	c.placeRest(refs)
	c.dateThem(refs, whens)
	return refs
}

// governs reports whether an event is only what another one prepares: "a
// planning conference for the exercise".
func (c clause) governs(head, r reference) bool {
	prepares := head.event.Kind == ewgwatch.Planning && !talk(r.event.Kind) && r.start-head.end <= 48 &&
		!strings.ContainsAny(c.text[head.end:r.start], ",;.，、")
	listed := head.governed && r.start-head.end <= 24 && glued(c.text, span{head.end, r.start}, c.words)
	return prepares || listed || c.behind(r, lexicon.To)
}

// behind reports whether a word of a role governs a reference: only articles
// and adjectives stand in between.
func (c clause) behind(r reference, role lexicon.Role) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool {
		after := role == lexicon.Same && w.start >= r.end && w.start-r.end <= 2
		return w.Role == role && (after || w.end <= r.start && r.start-w.end <= 24 && !strings.ContainsAny(c.text[w.end:r.start], ",;:.，、"))
	})
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
		if r := &refs[nearest(refs, cue.span)]; r.event.Host == "" {
			r.event.Host, r.event.Place = whereabouts(g.mentions[0])
		}
	}
}

// whereabouts says where a place is: its state, and its name with the state's.
func whereabouts(m mention) (ewgwatch.State, string) {
	if m.city() {
		return m.state, m.place + ", " + m.state.Name()
	}
	return m.state, m.state.Name()
}

// placeRest gives a reference without a place the city right before it ("the
// Moscow meeting") or the nearest place of its clause ("В Хабаровске …
// прошла конференция").
func (c clause) placeRest(refs []reference) {
	for i := range refs {
		r := &refs[i]
		best := 60
		for _, g := range c.groups {
			m := g.mentions[len(g.mentions)-1]
			beside := m.city() && r.start-m.end >= 0 && r.start-m.end <= 12
			if !beside && (!g.located || r.event.Host != "" && best == 60 || r.governed || c.taken(g, refs)) || g.distance(r.span) > best || c.broken(min(g.start, r.start), max(g.end, r.end)) {
				continue
			}
			best = g.distance(r.span)
			r.event.Host, r.event.Place = whereabouts(m)
		}
	}
}

// taken reports whether a place belongs to another reference already.
func (c clause) taken(g group, refs []reference) bool {
	_, place := whereabouts(g.mentions[0])
	return slices.ContainsFunc(refs, func(r reference) bool { return r.event.Place == place })
}

// dateThem gives each date to the nearest reference that has none.
func (c clause) dateThem(refs []reference, whens []when) {
	for _, w := range whens {
		if len(refs) == 0 || !c.span.holds(w.span) || c.since(w) {
			continue
		}
		r := &refs[nearest(refs, w.span)]
		if r.event.Start.IsZero() && !r.same {
			r.event.Start, r.event.End = w.start, w.end
		}
	}
}

// since reports whether a date only says from or until when something else
// holds.
func (c clause) since(w when) bool {
	return slices.ContainsFunc(c.words, func(h hit) bool { return h.Role == lexicon.Since && h.end <= w.span.start && w.span.start-h.end <= 12 })
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
		if r.governed {
			distance += 60
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
	giveBare(refs, events)
	if len(events) == 0 {
		events = bare(refs)
	}
	return events
}

// giveBare gives references that say nothing of their own to the event spoken
// of last that they can mean.
func giveBare(refs []reference, events []ewgwatch.Event) {
	for i := range refs {
		for j := i - 1; j >= 0 && refs[i].to < 0 && !refs[i].foreign; j-- {
			if at := refs[j].to; at >= 0 && !refs[j].governed && sameKind(events[at].Kind, refs[i].event.Kind) {
				refs[i].to = at
			}
		}
	}
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

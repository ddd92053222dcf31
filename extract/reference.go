package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

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
	refs = c.withAnaphors(number, refs)
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
		if r := &refs[c.nearest(refs, cue.span)]; r.event.Host == "" {
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

// placeReach is how far from a word for an event its place may stand, in
// characters.
const placeReach = 90

// apart is the distance of two spans in characters.
func (c clause) apart(a, b span) int {
	gap := between(a, b)
	if gap.start >= gap.end {
		return 0
	}
	return utf8.RuneCountInString(gap.of(c.text))
}

// placeRest gives a reference without a place the city right before it ("the
// Moscow meeting") or the nearest place of its clause ("В Хабаровске …
// прошла конференция").
func (c clause) placeRest(refs []reference) {
	for i := range refs {
		r := &refs[i]
		best := placeReach
		for _, g := range c.groups {
			m := g.mentions[len(g.mentions)-1]
			beside := m.city() && r.start-m.end >= 0 && r.start-m.end <= 12
			if !beside && (!g.located || r.event.Host != "" && best == placeReach || r.governed || c.taken(g, refs)) || c.apart(g.span, r.span) > best || c.broken(min(g.start, r.start), max(g.end, r.end)) {
				continue
			}
			best = c.apart(g.span, r.span)
			r.event.Host, r.event.Place = whereabouts(m)
		}
	}
}

// taken reports whether a place belongs to another reference already.
func (c clause) taken(g group, refs []reference) bool {
	_, place := whereabouts(g.mentions[0])
	return slices.ContainsFunc(refs, func(r reference) bool { return r.event.Place == place })
}

// dateThem gives each reference the nearest of the dates that are nearest to
// it. Dates come after what they date more often than before it.
func (c clause) dateThem(refs []reference, whens []when) {
	best := make([]int, len(refs)) // distance of the date given
	for _, w := range whens {
		if len(refs) == 0 || !c.span.holds(w.span) || c.since(w) || c.ofRefusal(w) {
			continue
		}
		i := c.nearest(refs, w.span)
		r := &refs[i]
		distance := 1 + r.distance(w.span)
		if w.span.start < r.start {
			distance *= 2
		}
		fuller := r.event.Start.Month != 0 && w.start.Month == 0
		if r.same || !r.event.Start.IsZero() && (fuller || distance >= best[i]) {
			continue
		}
		r.event.Start, r.event.End, best[i] = w.start, w.end, distance
	}
}

// since reports whether a date only says from or until when something else
// holds.
func (c clause) since(w when) bool {
	return slices.ContainsFunc(c.words, func(h hit) bool { return h.Role == lexicon.Since && h.end <= w.span.start && w.span.start-h.end <= 12 })
}

// ofRefusal reports whether a date is that of an announcement: "withdrew on
// 22 June", "withdrew from the meeting in June".
func (c clause) ofRefusal(w when) bool {
	return slices.ContainsFunc(c.cues, func(cue hit) bool {
		return cue.Stance == ewgwatch.Declined && cue.end <= w.span.start &&
			(w.span.start-cue.end <= len(" on the ") || w.start.Day == 0 && c.within(w) && !c.parted(cue.end, w.span.start))
	})
}

// within reports whether a preposition of place stands right before a date:
// "in June" dates what is done, "of June" what it is done to.
func (c clause) within(w when) bool {
	return slices.ContainsFunc(c.words, func(h hit) bool { return h.Role == lexicon.At && h.end <= w.span.start && w.span.start-h.end <= 1 })
}

// parted reports whether a comma or an "and" stands between two offsets.
func (c clause) parted(from, to int) bool {
	return strings.ContainsAny(c.text[from:to], ",;，、") || slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.And && w.start >= from && w.end <= to && joinsPlaces(w.of(c.text))
	})
}

// nearest returns the reference nearest to a span; of equally near ones the
// one before it, because places and dates follow what they belong to.
func (c clause) nearest(refs []reference, s span) int {
	best, bestDistance := 0, 1<<30
	for i, r := range refs {
		distance := 2 * r.distance(s)
		if r.start > s.start {
			distance = distance*2 + 1
			if r.start > s.end && c.parted(s.end, r.start) {
				distance += 120
			}
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

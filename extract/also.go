package extract

import (
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// also returns what a claim says of a second event, where its sentence joins two
// behind one phrase: "not to take part in the table-top exercise in Myanmar or the
// exercise in Russia". A finding is of one event, and who says what in which words
// names it: the second gets a quote of its own, as much of the sentence as tells of
// it.
func (r *reading) also(sentence int, cl claim, event ewgwatch.Event) []ewgwatch.Finding {
	if !isActor(cl.cue.Role) || !ofPresence(cl.stance) {
		return nil
	}
	c := r.clauses[sentence]
	first, ok := r.nearestTo(sentence, cl.cue)
	if !ok || first.to < 0 || r.events[first.to].ID != event.ID {
		return nil
	}
	var all []ewgwatch.Finding
	for _, ref := range r.refs[r.firstRef(sentence):r.firstRef(sentence+1)] {
		if ref.to < 0 || ref.foreign || ref.governed || cl.cue.end > min(first.start, ref.start) || !c.coordinates(first.span, ref.span) {
			continue
		}
		other := r.events[ref.to]
		quote, some := c.upTo(ref, cl.state)
		if other.ID == event.ID || !some || !r.possible(other, cl) {
			continue
		}
		f := r.finding(cl, other, c)
		f.Quote, f.QuoteStart, f.QuoteEnd = quote.of(r.article.Text), quote.start, quote.end
		f.Confidence = min(f.Confidence, 0.8)
		all = append(all, f)
	}
	return all
}

const joinedReach = 80 // characters between two events that one phrase is said of

// coordinates reports whether two words for events hang on one phrase: between them
// stand an "and" or an "or" and the place of the first, and nobody who acts.
func (c clause) coordinates(a, b span) bool {
	gap := between(a, b)
	if gap.start >= gap.end || !atMost(joinedReach, gap.of(c.text)) || strings.ContainsAny(gap.of(c.text), ",;:，、；：") || c.broken(gap.start, gap.end) {
		return false
	}
	acts := slices.ContainsFunc(c.cues, func(cue hit) bool { return isActor(cue.Role) && cue.overlaps(gap) }) ||
		slices.ContainsFunc(c.groups, func(g group) bool { return g.overlaps(gap) && !g.located })
	return !acts && slices.ContainsFunc(c.words, func(w hit) bool {
		word := w.of(c.text)
		return w.Role == lexicon.And && gap.holds(w.span) && (joinsPlaces(word) || orWords[strings.ToLower(word)])
	})
}

var orWords = wordSet("or atau ou или hoặc hay 或 或者 หรือ または 또는 या অথবা")

// upTo returns as much of a clause as tells of one of its events: up to the event
// and its place, or, where that is all of it, from who acts on. It reports false
// where both are the whole clause.
func (c clause) upTo(ref reference, of ewgwatch.State) (span, bool) {
	end := ref.end
	for _, g := range c.groups {
		if g.located && g.start >= end && c.prepositionOnly(end, g.start) {
			end = g.end
		}
	}
	whole := ewgwatch.NormaliseQuote(c.span.of(c.text))
	if s := (span{c.span.start, end}); ewgwatch.NormaliseQuote(s.of(c.text)) != whole {
		return s, true
	}
	at := slices.IndexFunc(c.groups, func(g group) bool { return !g.place && slices.Contains(g.states(), of) })
	if at < 0 {
		return span{}, false
	}
	s := span{c.groups[at].start, c.span.end}
	return s, ewgwatch.NormaliseQuote(s.of(c.text)) != whole
}

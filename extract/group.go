package extract

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// group is a list of states that act, or are acted on, together: "Brunei,
// Cambodia and Laos".
type group struct {
	span
	mentions []mention
	// place is set where a preposition or particle makes the group a place or
	// an object: "in Russia", "to Singapore", ロシアで.
	place   bool
	located bool // the preposition is one of place: "in", not "to"
	venue   bool // a city right before the name of an event: "the Moscow meeting"
	// whole names the states of a group without their names: "all ASEAN
	// members".
	whole    []ewgwatch.State
	excepted []ewgwatch.State // named as left out of it
}

// states returns the states a group names, each once, in order.
func (g group) states() []ewgwatch.State {
	var all []ewgwatch.State
	seen := map[ewgwatch.State]bool{}
	for _, m := range g.mentions {
		if !seen[m.state] && m.role != lexicon.Place {
			seen[m.state] = true
			all = append(all, m.state)
		}
	}
	return all
}

// excepts reports whether a list is named as left out of a whole group.
func (g group) excepts(other group) bool {
	return slices.ContainsFunc(other.states(), func(s ewgwatch.State) bool { return slices.Contains(g.excepted, s) })
}

// groups joins the mentions of one sentence. glue is where words stand that
// join a list or belong to a name's phrase without saying anything.
func groups(text string, found []mention, words []hit) []group {
	var all []group
	for _, m := range found {
		if n := len(all); n > 0 && belongs(all[n-1], m, words) && !turns(text, all[n-1], m, words) && !attributed(text, all[n-1], m, words) && glued(text, span{all[n-1].end, m.start}, words) {
			all[n-1].mentions = append(all[n-1].mentions, m)
			all[n-1].end = m.end
			continue
		}
		all = append(all, group{span: m.span, mentions: []mention{m}})
	}
	for i := range all {
		city := all[i].mentions[len(all[i].mentions)-1].city()
		all[i].place, all[i].located = oblique(text, all[i].span, city, words)
		if city && beforeKind(text, all[i].end, words) {
			all[i].place, all[i].located, all[i].venue = true, true, true
		}
	}
	return all
}

// turns reports whether what is said begins anew between two names: with an
// adjective behind a comma ("in Russia, the Vietnamese team"), or behind the
// people of the first with nothing that joins the second (चीन के सैनिक रूस में).
func turns(text string, g group, m mention, words []hit) bool {
	last, gap := g.mentions[len(g.mentions)-1], span{g.end, m.start}
	if strings.ContainsAny(gap.of(text), ",，、،;；") {
		return last.role == lexicon.Name && m.role == lexicon.Adj
	}
	people, joined := false, false
	for _, w := range words {
		if gap.holds(w.span) {
			people = people || w.Role == lexicon.Party || w.Role == lexicon.Force
			joined = joined || w.Role == lexicon.With || w.Role == lexicon.Delegate || w.Role == lexicon.And && joinsPlaces(w.of(text))
		}
	}
	return people && !joined
}

// belongs reports whether a name can go on a list: states and cities do not
// make one list, unless the city is one of the state before it. Between a place
// and the people of a state a list begins anew: "to Guilin troops from China".
func belongs(g group, m mention, words []hit) bool {
	last := g.mentions[len(g.mentions)-1]
	if last.city() && !m.city() && slices.ContainsFunc(words, func(w hit) bool {
		return (w.Role == lexicon.Delegate || w.Role == lexicon.Party) && w.start >= last.end && w.end <= m.start
	}) {
		return false
	}
	return last.city() == m.city() || last.state == m.state
}

const sourceGap = 40 // characters between "according to" and who says it: "a spokesman for"

// attributed reports whether a comma before a name ends who says the rest:
// "according to Russia, Cambodia took part".
func attributed(text string, g group, m mention, words []hit) bool {
	return strings.ContainsAny(text[g.end:m.start], ",，、") && slices.ContainsFunc(words, func(w hit) bool { return w.quotes(text, g.span) })
}

// quotes reports whether a word says that what it comes with is told by the
// states of a span.
func (h hit) quotes(text string, s span) bool {
	if h.Role != lexicon.Source || h.end > s.start || s.start-h.end > 4*sourceGap {
		return false
	}
	gap := text[h.end:s.start]
	return atMost(sourceGap, gap) && !strings.ContainsAny(gap, ",;:，、")
}

// glued reports whether nothing stands in a gap but list words, punctuation
// of lists and names of groups.
func glued(text string, gap span, words []hit) bool {
	if gap.start >= gap.end {
		return true
	}
	at := gap.start
	for at < gap.end {
		if next := glueEnd(words, at, gap.end); next > at {
			at = next
			continue
		}
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsSpace(r) && !strings.ContainsRune(",、，،;；:：()（）[]-–—·・･'’\"“”‘«»「」《》/&.", r) {
			return false
		}
		at += size
	}
	return true
}

// glueEnd returns where the longest glue that starts at an offset ends, or the
// offset itself.
func glueEnd(words []hit, at, limit int) int {
	end := at
	for _, w := range words {
		if w.start == at && w.end <= limit && w.end > end && isGlue(w.Role) {
			end = w.end
		}
	}
	return end
}

func isGlue(role lexicon.Role) bool {
	switch role {
	case lexicon.And, lexicon.Delegate, lexicon.Members, lexicon.Partners, lexicon.All, lexicon.Asean, lexicon.Forum, lexicon.Topical, lexicon.Adj, lexicon.Body, lexicon.Self, lexicon.Needs:
		return true
	}
	return false
}

// oblique reports whether a group is a place or an object, and whether a place.
// After "representatives of" and its like it is neither.
func oblique(text string, g span, city bool, words []hit) (place, located bool) {
	before := leadingGlue(text, g.start)
	after := len(text) - len(strings.TrimLeftFunc(text[g.end:], unicode.IsSpace))
	for _, w := range words {
		switch {
		case w.Role == lexicon.Delegate && w.end <= g.start && w.end >= before:
			return false, false
		case w.Role == lexicon.Suffix && (w.start == g.end || w.start == after),
			w.Role == lexicon.Of && city && w.start == g.end:
			place, located = true, located || !beginsCue(words, w)
		case (w.Role == lexicon.At || w.Role == lexicon.To) && w.end <= g.start && (w.end >= before || strings.TrimSpace(text[w.end:before]) == ""):
			place, located = true, located || w.Role == lexicon.At
		case strings.HasPrefix(text[g.end:], ",") && w.quotes(text, g):
			place = true
		}
	}
	if place && subjectOfWhich(g, words) {
		return false, false
	}
	return place, located
}

// subjectOfWhich reports whether a list stands right between a word that also
// begins a relative clause and a verb: การฝึกที่ไทยเป็นเจ้าภาพ.
func subjectOfWhich(g span, words []hit) bool {
	begins := slices.ContainsFunc(words, func(w hit) bool { return w.Role == lexicon.Which && w.end == g.start })
	return begins && slices.ContainsFunc(words, func(w hit) bool { return w.Role == lexicon.Before && w.whole.start == g.end })
}

// beginsCue reports whether a particle is but the beginning of a phrase that
// says something: に in に対し.
func beginsCue(words []hit, particle hit) bool {
	return slices.ContainsFunc(words, func(w hit) bool { return isActor(w.Role) && w.whole.start == particle.start && w.end > particle.end })
}

// beforeKind reports whether the name of an event follows an offset after a
// space: "Moscow ADMM-Plus counter-terrorism meeting".
func beforeKind(text string, at int, words []hit) bool {
	next := skipSpace(text, at)
	if next == at {
		return false
	}
	for {
		if slices.ContainsFunc(words, func(w hit) bool { return (w.Role == lexicon.Kind || w.Role == lexicon.Group) && w.start == next }) {
			return true
		}
		of := next
		for _, w := range words {
			if w.start == next && (w.Role == lexicon.Forum || w.Role == lexicon.CT || w.Role == lexicon.Panel || w.Role == lexicon.Asean) {
				of = max(of, w.end)
			}
		}
		if of == next {
			return false
		}
		next = skipSpace(text, of)
	}
}

// skipSpace returns where what is no space begins.
func skipSpace(text string, at int) int {
	return len(text) - len(strings.TrimLeftFunc(text[at:], unicode.IsSpace))
}

// leadingGlue walks back from a group over articles and spaces.
func leadingGlue(text string, start int) int {
	for {
		start = len(strings.TrimRightFunc(text[:start], unicode.IsSpace))
		word := lastWord(text[:start])
		if !articles[strings.ToLower(word)] {
			return start
		}
		start -= len(word)
	}
}

var articles = wordSet("southern northern eastern western central neighbouring nearby faraway distant far the a an its le la les un une l' o os as um uma ang mga")

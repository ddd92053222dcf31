package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// claim is one state's stance as one sentence gives it, not yet tied to an
// event.
type claim struct {
	state      ewgwatch.State
	stance     ewgwatch.Stance
	planned    bool
	cue        hit
	rule       string
	via        string
	confidence float64
	former     bool // of an earlier or later pair of chairs: not of the event at hand
}

// clause is a sentence taken apart: who is named, in which lists, and which
// phrases say something of them.
type clause struct {
	text   string
	span   span
	words  []hit // grammar and topic words
	cues   []hit
	groups []group
	wholes []group // "all ASEAN members"
}

// parse takes a sentence apart. found are its mentions, words everything else
// the lexicon knows in it; on is the day whose rosters hold.
func parse(text string, s span, found []mention, words []hit, on ewgwatch.Date) clause {
	c := clause{text: text, span: s, words: words}
	var cues []hit
	for _, w := range words {
		if isCue(w.Role) {
			cues = append(cues, w)
		}
	}
	c.cues = withTwins(longest(withoutHeads(cues)), cues)
	c.groups = groups(text, found, words)
	c.wholes = c.collectives(on)
	return c
}

func isCue(role lexicon.Role) bool {
	return role == lexicon.Before || role == lexicon.After || role == lexicon.Here || role == lexicon.There
}

// withoutHeads drops cues that another one, in several parts, begins with:
// "joins" where "joins … in skipping" stands.
func withoutHeads(cues []hit) []hit {
	return slices.DeleteFunc(slices.Clone(cues), func(c hit) bool {
		return slices.ContainsFunc(cues, func(o hit) bool {
			return len(o.Parts) > 1 && o.whole.start == c.start && c.end < o.start && o.Stance != c.Stance
		})
	})
}

// withTwins gives back the cues that share a span with one kept: the same
// phrase may have the state before or after it.
func withTwins(kept, all []hit) []hit {
	var twins []hit
	for _, c := range all {
		if slices.ContainsFunc(kept, func(k hit) bool { return k.span == c.span }) {
			twins = append(twins, c)
		}
	}
	slices.SortStableFunc(twins, func(a, b hit) int { return cmp.Compare(a.start, b.start) })
	return twins
}

// claims reads what a clause says. subject is the subject of the sentence
// before, for "It" and "They"; the subject of this one is returned for the
// next.
func (c clause) claims(subject *group) ([]claim, *group) {
	var all []claim
	next := subject
	if len(c.groups) > 0 && !c.groups[0].place {
		next = &c.groups[0]
	}
	if c.question() {
		return nil, next
	}
	for i := 0; i < len(c.cues); {
		twins := c.cues[i : i+1]
		for i++; i < len(c.cues) && c.cues[i].span == twins[0].span; i++ {
			twins = append(twins[:len(twins):len(twins)], c.cues[i])
		}
		if cue, g, confidence, ok := c.choose(twins, subject); ok {
			all = append(all, c.claim(cue, g, confidence)...)
		}
	}
	return all, next
}

// question reports whether a sentence asks and so says nothing.
func (c clause) question() bool {
	return strings.HasSuffix(strings.TrimRight(c.span.of(c.text), "\"'”’»」) "), "?") || strings.HasSuffix(c.span.of(c.text), "？")
}

// again gives what the sentence before said of its states to those of a
// sentence that begins with "Nor have".
func (c clause) again(before []claim) []claim {
	if len(before) == 0 || len(c.groups) == 0 || !slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == lexicon.Nor && w.start <= c.span.start+1 }) {
		return nil
	}
	base := before[len(before)-1]
	base.via, base.confidence = "named", min(base.confidence, 0.75)
	return namedClaims(base, c.groups[0])
}

// choose settles which of the cues of one phrase holds: a list right behind
// the phrase before the subject in front of it, and that before a list
// farther behind.
func (c clause) choose(twins []hit, subject *group) (cue hit, g group, confidence float64, ok bool) {
	for _, candidate := range twins {
		if c.vetoed(candidate) {
			continue
		}
		found, sure, some := c.states(candidate, subject)
		behind := candidate.Role == lexicon.After && some && sure < 0.9
		if some && (!ok || candidate.Role == lexicon.After && !behind) {
			cue, g, confidence, ok = candidate, found, sure, true
		}
	}
	return cue, g, confidence, ok
}

// claim makes one claim for each state of a group, and for each of a whole
// group that is listed together with it.
func (c clause) claim(cue hit, g group, confidence float64) []claim {
	base := claim{stance: cue.Stance, planned: c.planned(cue), cue: cue, rule: ruleName(cue), via: "named", confidence: confidence}
	if c.denied(cue) {
		base.stance, base.confidence = ewgwatch.Absent, min(confidence, 0.75)
		if base.planned {
			base.stance = ewgwatch.Declined
		}
		base.planned = false
	}
	base.former = cue.Stance == ewgwatch.CoChair && slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == lexicon.Former })
	all := namedClaims(base, g)
	if cue.Role == lexicon.Here || cue.Role == lexicon.There {
		for _, m := range g.mentions {
			if m.role == lexicon.Place {
				one := base
				one.state = m.state
				all = append(all, one)
			}
		}
		return all
	}
	for _, w := range c.wholes {
		if w.span == g.span || glued(c.text, between(w.span, g.span), c.words) {
			all = append(all, wholeClaims(base, w)...)
		}
	}
	for _, other := range c.groups {
		if len(g.whole) > 0 && glued(c.text, between(other.span, g.span), c.words) || c.joins(cue, other) {
			all = append(all, namedClaims(base, other)...)
		}
	}
	return all
}

func namedClaims(base claim, g group) []claim {
	var all []claim
	for _, state := range g.states() {
		one := base
		one.state = state
		all = append(all, one)
	}
	return all
}

const withGap = 140 // bytes between a verb and the "along with" that adds to its subject

// joins reports whether a list is added to the subject of a cue after the
// verb: "will take part, along with Timor-Leste".
func (c clause) joins(cue hit, g group) bool {
	if cue.Role != lexicon.Before || g.start < cue.end {
		return false
	}
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.With && w.start >= cue.end && w.start-cue.end <= withGap && w.end <= g.start &&
			glued(c.text, span{w.end, g.start}, c.words) && !c.broken(cue.end, w.start) && !c.crossed(cue, w.start)
	})
}

// crossed reports whether another claim stands between a cue and an offset.
func (c clause) crossed(cue hit, to int) bool {
	return slices.ContainsFunc(c.cues, func(other hit) bool {
		return other.start >= cue.end && other.end <= to && (other.Role == lexicon.Before || other.Role == lexicon.After)
	})
}

func between(a, b span) span {
	if a.start > b.start {
		a, b = b, a
	}
	return span{a.end, b.start}
}

func wholeClaims(base claim, w group) []claim {
	switch base.stance {
	case ewgwatch.Urged, ewgwatch.CoChair, ewgwatch.Host:
		return nil // "ASEAN governments are urged" names nobody
	}
	var all []claim
	for _, state := range w.whole {
		one := base
		one.state, one.via, one.confidence = state, "group", min(base.confidence, 0.6)
		all = append(all, one)
	}
	return all
}

func ruleName(cue hit) string {
	return string(cue.Stance) + "." + string(cue.Role) + ":" + strings.Join(cue.Parts, " * ")
}

// vetoed reports whether a cue is asked for or asked about rather than said:
// "urged to boycott", "whether they would attend".
func (c clause) vetoed(cue hit) bool {
	switch cue.Stance {
	case ewgwatch.CoChair, ewgwatch.Host:
		if cue.Role != lexicon.Before {
			return false // "calls on it to cancel the exercise hosted by …" says who hosts
		}
	case ewgwatch.Urged:
		return false
	}
	resumed := strings.HasSuffix(strings.TrimSpace(c.text[c.span.start:cue.start]), ",")
	return c.negated(cue) || c.unsaid(cue) || !resumed && slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.Veto && w.end <= cue.start && !cue.whole.holds(w.span) && !c.broken(w.end, cue.start)
	})
}

// negated reports whether a verb of presence hangs on one of absence: "would
// not attend or take part".
func (c clause) negated(cue hit) bool {
	return cue.Stance == ewgwatch.Attended && slices.ContainsFunc(c.cues, func(other hit) bool {
		away := other.Stance == ewgwatch.Declined || other.Stance == ewgwatch.Absent
		return away && other.end <= cue.start && cue.start-other.end <= len(" nor be ") && !c.broken(other.end, cue.start)
	})
}

// unsaid reports whether what stands right behind a cue takes it back.
func (c clause) unsaid(cue hit) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.Unsaid && w.start >= cue.start && utf8.RuneCountInString(c.text[min(cue.end, w.start):w.start]) <= 8
	})
}

// denied reports whether a verb of presence is negated: "neither attending".
func (c clause) denied(cue hit) bool {
	return cue.Stance == ewgwatch.Attended && slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.Not && w.end <= cue.start && !cue.whole.holds(w.span) &&
			utf8.RuneCountInString(strings.TrimSpace(c.text[w.end:cue.start])) <= 12 && !c.broken(w.end, cue.start)
	})
}

// broken reports whether a new clause begins between two offsets.
func (c clause) broken(from, to int) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.Break && w.start >= from && w.end <= to
	})
}

// planned reports whether a claim is of what is still to come. Only being
// there can be planned: who will not come has declined already.
func (c clause) planned(cue hit) bool {
	switch cue.Stance {
	case ewgwatch.CoChair, ewgwatch.Host, ewgwatch.Attended:
	default:
		return false
	}
	if cue.Planned {
		return true
	}
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.Future && w.start >= cue.whole.start-40 && w.end <= cue.end && !c.broken(w.end, cue.start)
	})
}

// states finds whom a cue speaks of, and how sure that is.
func (c clause) states(cue hit, subject *group) (group, float64, bool) {
	switch cue.Role {
	case lexicon.Before:
		return c.subject(cue, subject)
	case lexicon.After:
		return c.object(cue)
	case lexicon.Here:
		return c.placeAfter(cue)
	}
	return c.placeBefore(cue)
}

// subject looks backward from a cue for the nearest list that can act, then
// for a whole group, then to the sentence before.
func (c clause) subject(cue hit, earlier *group) (group, float64, bool) {
	best, ok := group{}, false
	for _, g := range c.groups {
		if g.end <= cue.start && !g.place && !c.member(g) {
			best, ok = g, true
		}
	}
	for _, w := range c.wholes {
		if w.end <= cue.start && (!ok || w.start > best.end) {
			best, ok = w, true
		}
	}
	switch {
	case ok && cue.Beside && !glued(c.text, span{best.end, cue.start}, c.words):
		return group{}, 0, false
	case ok && c.broken(best.end, cue.start):
		return best, 0.75, true
	case ok:
		return best, 0.9, true
	case strings.HasPrefix(strings.TrimSpace(c.text[cue.end:c.span.end]), ":"):
		return c.object(cue) // "Six states were missing: Singapore, Australia …"
	case earlier != nil && !cue.Beside && c.pronoun(cue):
		return *earlier, 0.7, true
	}
	return group{}, 0, false
}

// pronoun reports whether a sentence begins by speaking of the subject of the
// one before.
func (c clause) pronoun(cue hit) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.It && w.end <= cue.start && w.start <= c.span.start+3 && !c.broken(w.end, cue.start)
	})
}

// object looks forward from a cue for the list right after it.
func (c clause) object(cue hit) (group, float64, bool) {
	best, ok := group{}, false
	for _, g := range slices.Concat(c.groups, c.wholes) {
		if g.start >= cue.end && (!ok || g.start < best.start) {
			best, ok = g, true
		}
	}
	if !ok || c.member(best) {
		return group{}, 0, false
	}
	gap := span{cue.end, best.start}
	if glued(c.text, gap, c.words) {
		return best, 0.9, true
	}
	if gap.end-gap.start > 30 || c.interrupted(gap) {
		return group{}, 0, false
	}
	return best, 0.75, true
}

// interrupted reports whether a gap between a cue and a list holds a word that
// parts them.
func (c clause) interrupted(gap span) bool {
	return c.broken(gap.start, gap.end) || slices.ContainsFunc(c.words, func(w hit) bool {
		return (w.Role == lexicon.At || w.Role == lexicon.To || isCue(w.Role)) && gap.holds(w.span)
	})
}

const placeGap = 32 // characters between "held in" and the place: "the Russian city of"

func (c clause) placeAfter(cue hit) (group, float64, bool) {
	for _, g := range c.groups {
		if g.start < cue.end {
			continue
		}
		gap := span{cue.end, g.start}
		if !glued(c.text, gap, c.words) && (utf8.RuneCountInString(gap.of(c.text)) > placeGap || c.broken(gap.start, gap.end) || strings.ContainsAny(gap.of(c.text), ".;:,，、")) {
			break
		}
		return c.placeOnly(g), 0.85, true
	}
	return group{}, 0, false
}

func (c clause) placeBefore(cue hit) (group, float64, bool) {
	for _, g := range slices.Backward(c.groups) {
		if g.end > cue.start {
			continue
		}
		gap := c.text[g.end:cue.start]
		if utf8.RuneCountInString(gap) > placeGap || c.broken(g.end, cue.start) {
			break
		}
		if !g.located && gap != "" && !c.particle(cue) {
			continue // "Myanmar convened a meeting" names no place
		}
		return c.placeOnly(g), 0.85, true
	}
	return group{}, 0, false
}

// particle reports whether a cue begins with the particle that makes what
// stands before it a place: 演習場で始まった.
func (c clause) particle(cue hit) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == lexicon.Suffix && w.start == cue.start })
}

// placeOnly keeps of "in Bogor, Indonesia" one place; a list of places joined
// by "and" stays a list.
func (c clause) placeOnly(g group) group {
	kept := g.mentions[:1:1]
	for i, m := range g.mentions[1:] {
		before := g.mentions[i]
		and := slices.ContainsFunc(c.words, func(w hit) bool {
			return w.Role == lexicon.And && span{before.end, m.start}.holds(w.span) && joinsPlaces(w.of(c.text))
		})
		if m.state == before.state || !and {
			if m.state != before.state {
				break
			}
			continue
		}
		kept = append(kept, m)
	}
	g.mentions = kept
	return g
}

func joinsPlaces(word string) bool {
	switch strings.ToLower(word) {
	case "and", "dan", "et", "e", "at", "и", "và", "和", "与", "與", "及", "และ", "と", "및", "와", "과", "और", "एवं", "နှင့်", "និង", "ແລະ", "ho", "serta":
		return true
	}
	return false
}

// member reports whether a list only says who the members are.
func (c clause) member(g group) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == lexicon.Member && w.end <= g.start })
}

// collectives finds the groups that stand for all their members: "all ten
// ASEAN states". A group whose members are listed right after it stands for
// the list, and is not taken here.
func (c clause) collectives(on ewgwatch.Date) []group {
	var all []group
	for _, w := range c.words {
		if w.Role != lexicon.Members && w.Role != lexicon.Partners {
			continue
		}
		from, ok := c.quantified(w)
		if !ok || c.listed(w) {
			continue
		}
		g := group{span: span{from, w.end}}
		if w.Role == lexicon.Members {
			g.whole = ewgwatch.ASEAN(on.First())
		} else {
			g.whole = ewgwatch.Partners(on.First())
		}
		g.whole = c.excepted(g)
		all = append(all, g)
	}
	return all
}

func (c clause) quantified(w hit) (int, bool) {
	for _, q := range c.words {
		if q.Role == lexicon.All && (q.end <= w.start && strings.Trim(c.text[q.end:w.start], " -的個个") == "" ||
			q.start >= w.end && strings.TrimSpace(c.text[w.end:q.start]) == "") {
			return min(q.start, w.start), true
		}
	}
	return 0, false
}

// listed reports whether the states of a group are named right after it.
func (c clause) listed(w hit) bool {
	for _, g := range c.groups {
		if g.start >= w.end && g.start-w.end <= 6 && strings.ContainsAny(c.text[w.end:g.start], "(（–—-:：") {
			return true
		}
	}
	return false
}

func (c clause) excepted(whole group) []ewgwatch.State {
	for _, w := range c.words {
		if w.Role != lexicon.Except || w.start < whole.end || w.start > whole.end+3 {
			continue
		}
		for _, g := range c.groups {
			if g.start >= w.end && g.start <= w.end+8 {
				return slices.DeleteFunc(whole.whole, func(s ewgwatch.State) bool { return slices.Contains(g.states(), s) })
			}
		}
	}
	return whole.whole
}

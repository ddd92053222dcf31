package extract

import (
	"slices"
	"strings"

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
	former     bool   // of an earlier or later pair of chairs: not of the event at hand
	cycle      string // the one it is of, where that is known
	inferred   bool   // from who acts, not from a phrase: it holds only where the event is
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
	for i := 0; i < len(c.cues); {
		twins := c.cues[i : i+1]
		for i++; i < len(c.cues) && c.cues[i].span == twins[0].span; i++ {
			twins = append(twins[:len(twins):len(twins)], c.cues[i])
		}
		for _, kin := range [][]hit{having(twins, isActor), having(twins, isPlace)} {
			if cue, g, confidence, ok := c.choose(kin, subject); ok {
				all = append(all, c.claim(cue, g, confidence)...)
			} else if len(kin) > 0 {
				all = append(all, c.joined(kin[0])...)
			}
		}
	}
	all = append(all, c.likewise(all)...)
	return append(all, c.inferred(all)...), next
}

// likewise gives what a sentence says of its states to those of its end:
// "Australia did not attend, and neither did Japan".
func (c clause) likewise(said []claim) []claim {
	var all []claim
	for _, w := range c.words {
		if w.Role != lexicon.Nor {
			continue
		}
		before := slices.DeleteFunc(slices.Clone(said), func(cl claim) bool { return cl.cue.end > w.start || !isActor(cl.cue.Role) })
		for _, g := range c.groups {
			if len(before) > 0 && g.start >= w.end && glued(c.text, span{w.end, g.start}, c.words) {
				all = append(all, repeated(before, g)...)
			}
		}
	}
	return all
}

// having returns the cues whose role passes: "arrived in" tells both who came
// and where to.
func having(cues []hit, role func(lexicon.Role) bool) []hit {
	var all []hit
	for _, c := range cues {
		if role(c.Role) {
			all = append(all, c)
		}
	}
	return all
}

func isActor(role lexicon.Role) bool { return role == lexicon.Before || role == lexicon.After }

func isPlace(role lexicon.Role) bool { return role == lexicon.Here || role == lexicon.There }

// again gives what the sentence before said of its states to those of a
// sentence that begins with "Nor have".
func (c clause) again(before []claim) []claim {
	before = slices.DeleteFunc(slices.Clone(before), func(cl claim) bool { return !isActor(cl.cue.Role) })
	if len(before) == 0 || len(c.groups) == 0 || !slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == lexicon.Nor && w.start <= c.span.start+1 }) {
		return nil
	}
	return repeated(before, c.groups[0])
}

// repeated makes the last claim once more, of other states.
func repeated(claims []claim, g group) []claim {
	base := claims[len(claims)-1]
	base.via, base.confidence = "named", min(base.confidence, 0.75)
	return namedClaims(base, g)
}

// choose settles which of the cues of one phrase holds: a list right behind
// the phrase before the subject in front of it, and that before a list
// farther behind.
func (c clause) choose(twins []hit, subject *group) (cue hit, g group, confidence float64, ok bool) {
	for _, candidate := range twins {
		if c.veto(candidate) != "" {
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
	if states := g.states(); cue.Stance == ewgwatch.CoChair && len(states) == 2 {
		pair, _ := chairedBy(states[0], states[1])
		base.cycle = pair.cycle
	}
	base.former = cue.Stance == ewgwatch.CoChair && slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == lexicon.Former })
	all := namedClaims(base, g)
	if cue.Stance == ewgwatch.Host && len(g.states()) > maxHosts {
		return nil
	}
	if isPlace(cue.Role) {
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
		if w.span == g.span || !w.excepts(g) && glued(c.text, between(w.span, g.span), c.words) {
			all = append(all, wholeClaims(base, w)...)
		}
	}
	for _, other := range c.groups {
		if len(g.whole) > 0 && !g.excepts(other) && glued(c.text, between(other.span, g.span), c.words) || c.joins(cue, other) {
			all = append(all, namedClaims(base, other)...)
		}
	}
	return all
}

// maxHosts is how many states an event is held in at most. A longer list has run
// on from the place to who was there.
const maxHosts = 3

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
	if cue.Role == lexicon.After && g.end <= cue.start {
		return slices.ContainsFunc(c.words, func(w hit) bool {
			return w.Role == lexicon.With && w.end <= g.start && glued(c.text, span{w.end, g.start}, c.words) && !c.broken(g.end, cue.start) && !c.crossed(hit{span: g.span}, cue.start)
		})
	}
	if cue.Role != lexicon.Before || cue.Beside || g.start < cue.end {
		return false
	}
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.With && w.start >= cue.end && w.start-cue.end <= withGap && w.end <= g.start &&
			glued(c.text, span{w.end, g.start}, c.words) && !c.broken(cue.end, w.start) && !c.crossed(cue, w.start)
	})
}

// joined makes the claims of a verb whose own subject is nobody known, for those
// who are added to it: "nine others were there, along with China".
func (c clause) joined(cue hit) []claim {
	if cue.Role != lexicon.Before || len(c.groups) == 0 || !c.speaksOf(lexicon.With) || c.veto(cue) != "" {
		return nil
	}
	var all []claim
	base := claim{stance: cue.Stance, planned: c.planned(cue), cue: cue, rule: ruleName(cue), via: "named", confidence: 0.75}
	for _, g := range c.groups {
		if c.joins(cue, g) && !c.denied(cue) {
			all = append(all, namedClaims(base, g)...)
		}
	}
	return all
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
	if base.stance != ewgwatch.Attended {
		return all
	}
	for _, state := range w.excepted {
		one := base
		one.state, one.stance, one.planned, one.confidence = state, ewgwatch.Absent, false, min(base.confidence, 0.75)
		all = append(all, one)
	}
	return all
}

func ruleName(cue hit) string {
	return string(cue.Stance) + "." + string(cue.Role) + ":" + strings.Join(cue.Parts, " * ")
}

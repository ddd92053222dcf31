package extract

import (
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// inferred gives what a sentence says without a phrase for it. It comes after
// said, what the phrases told, and never contradicts it.
func (c clause) inferred(said []claim) []claim {
	if c.question() {
		return nil
	}
	all := c.pairs(said)
	if c.doubtful() {
		return all
	}
	return append(all, c.parties(said)...)
}

const (
	partyRule = "attended.party:"

	leadGap  = 80 // bytes between a pair of chairs and the word for leading
	partyGap = 24 // bytes between a state and the people that are its delegation
)

// pairs takes two states that are known to have chaired the group together for
// its chairs where a word for leading stands near them: "the group led by
// Russia and Myanmar". Only the sentence says that they do; knowing who did
// tells "led" from any other leading.
func (c clause) pairs(said []claim) []claim {
	var all []claim
	for i, g := range c.groups {
		states, whole := g.states(), g.span
		if len(states) == 1 && i+1 < len(c.groups) && c.groups[i+1].start-g.end <= leadGap {
			next := c.groups[i+1]
			states, whole = append(states, next.states()...), span{g.start, next.end}
		}
		if len(states) != 2 {
			continue
		}
		pair, known := chairedBy(states[0], states[1])
		lead, led := c.near(lexicon.Lead, whole, leadGap)
		if !known || !led || claimed(said, states[0], ewgwatch.CoChair) && claimed(said, states[1], ewgwatch.CoChair) {
			continue
		}
		base := claim{stance: ewgwatch.CoChair, cue: lead, rule: "co_chair.pair:" + lead.Parts[0], via: "named", confidence: 0.7, cycle: pair.cycle}
		for _, state := range states {
			one := base
			one.state = state
			all = append(all, one)
		}
	}
	return all
}

// near returns the first word of a role within a gap of a span.
func (c clause) near(role lexicon.Role, s span, gap int) (hit, bool) {
	for _, w := range c.words {
		if w.Role == role && w.distance(s) <= gap {
			return w, true
		}
	}
	return hit{}, false
}

func claimed(said []claim, state ewgwatch.State, stance ewgwatch.Stance) bool {
	return slices.ContainsFunc(said, func(cl claim) bool { return cl.state == state && cl.stance == stance })
}

// doubtful reports whether a sentence denies, asks for or doubts something, so
// that naming a delegation does not mean that it was there.
func (c clause) doubtful() bool {
	for _, w := range c.words {
		switch w.Role {
		case lexicon.Not, lexicon.Veto, lexicon.Unsaid, lexicon.Rival:
			return true
		}
	}
	return slices.ContainsFunc(c.cues, func(cue hit) bool {
		return away(cue) || cue.Stance == ewgwatch.Undecided || cue.Stance == ewgwatch.Urged || cue.Stance == ewgwatch.Invited
	})
}

// parties takes a state whose delegation does anything for one that is there:
// "the Vietnamese team gave covering fire". Soldiers and officers do not count in
// a sentence that speaks of harm, which they do elsewhere.
func (c clause) parties(said []claim) []claim {
	peaceful := !c.speaksOf(lexicon.Harm)
	var all []claim
	for _, g := range c.groups {
		party, ok := c.partyOf(g, peaceful)
		if !ok {
			continue
		}
		base := claim{stance: ewgwatch.Attended, planned: c.lies(party), cue: party, rule: partyRule + party.Parts[0], via: "named", confidence: 0.6, inferred: true}
		for _, one := range namedClaims(base, g) {
			if !slices.ContainsFunc(said, func(cl claim) bool { return cl.state == one.state && cl.stance != ewgwatch.Host }) {
				all = append(all, one)
			}
		}
	}
	return all
}

// speaksOf reports whether a word of a role stands in the sentence.
func (c clause) speaksOf(role lexicon.Role) bool {
	_, ok := c.near(role, c.span, 0)
	return ok
}

// lies reports whether what a word speaks of is still to come.
func (c clause) lies(w hit) bool {
	return slices.ContainsFunc(c.words, func(f hit) bool { return f.Role == lexicon.Future && f.distance(w.span) <= withGap })
}

// marked reports whether a particle or preposition stands in a gap, which makes
// the name before it another part of the sentence: ロシアは部隊を.
func (c clause) marked(gap span) bool {
	return c.holds(lexicon.Topical, gap) || c.holds(lexicon.Suffix, gap) || c.holds(lexicon.At, gap) || c.holds(lexicon.To, gap)
}

// partyOf returns the people right before or behind a list that are its
// states': "officers of Laos and Vietnam", "the Lao and Vietnamese teams".
func (c clause) partyOf(g group, peaceful bool) (hit, bool) {
	for _, w := range c.words {
		if w.Role != lexicon.Party && (w.Role != lexicon.Force || !peaceful) {
			continue
		}
		gap := between(w.span, g.span)
		if w.overlaps(g.span) {
			continue
		}
		before, within := w.end <= g.start, gap.of(c.text)
		if len(within) > partyGap && (!before || len(within) > 3*partyGap) {
			continue
		}
		if before && !glued(c.text, gap, c.words) || !before && (g.place || c.marked(gap)) {
			continue
		}
		if !strings.ContainsAny(gap.of(c.text), ",;:.，、；：。") && !c.broken(gap.start, gap.end) && !c.names(gap) {
			return w, true
		}
	}
	return hit{}, false
}

package extract

import (
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

const (
	partyRule = "attended.party:"
	partyGap  = 24 // bytes between a state and the people that are its delegation
)

// parties takes a state whose delegation does anything for one that is there:
// "the Vietnamese team gave covering fire". Soldiers and officers do not count in
// a sentence that speaks of harm, which they do elsewhere.
func (c clause) parties(said []claim) []claim {
	people := having(c.words, func(r lexicon.Role) bool { return r == lexicon.Party })
	if !c.speaksOf(lexicon.Harm) {
		people = having(c.words, func(r lexicon.Role) bool { return r == lexicon.Party || r == lexicon.Force })
	}
	var all []claim
	for _, g := range c.groups {
		at := slices.IndexFunc(people, func(w hit) bool { return c.belongTo(w, g) })
		if at < 0 {
			continue
		}
		for _, one := range namedClaims(c.presence(people[at]), g) {
			if !slices.ContainsFunc(said, func(cl claim) bool { return cl.state == one.state && cl.stance != ewgwatch.Host }) {
				all = append(all, one)
			}
		}
	}
	return all
}

// presence is the claim that people are there.
func (c clause) presence(people hit) claim {
	return claim{
		stance: ewgwatch.Attended, planned: c.lies(people), cue: people, rule: partyRule + people.Parts[0], via: "named",
		confidence: 0.6, inferred: true,
	}
}

// lies reports whether what a word speaks of is still to come.
func (c clause) lies(w hit) bool {
	return slices.ContainsFunc(c.words, func(f hit) bool { return f.Role == lexicon.Future && f.distance(w.span) <= withGap })
}

// belongTo reports whether people are those of a list right before or behind
// them: "officers of Laos and Vietnam", "the Lao and Vietnamese teams".
func (c clause) belongTo(people hit, g group) bool {
	if people.overlaps(g.span) {
		return false
	}
	gap := between(people.span, g.span)
	within := gap.of(c.text)
	if strings.ContainsAny(within, ",;:.，、；：。") || c.broken(gap.start, gap.end) || c.names(gap) {
		return false
	}
	if people.end <= g.start {
		return len(within) <= 3*partyGap && !g.located && glued(c.text, gap, c.words)
	}
	return len(within) <= partyGap && !g.place && !c.marked(gap)
}

// marked reports whether a particle or preposition stands in a gap, which makes
// the name before it another part of the sentence: ロシアは部隊を.
func (c clause) marked(gap span) bool {
	return c.holds(lexicon.Topical, gap) || c.holds(lexicon.Suffix, gap) || c.holds(lexicon.At, gap) || c.holds(lexicon.To, gap)
}

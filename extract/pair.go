package extract

import (
	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

const leadGap = 80 // bytes between a pair of chairs and the word for leading

// couple is two states that a sentence names together.
type couple struct {
	span
	first, second ewgwatch.State
}

// couples returns the lists of two states, and neighbours of one each.
func (c clause) couples() []couple {
	var all []couple
	for i, g := range c.groups {
		states, whole := g.states(), g.span
		if len(states) == 1 && i+1 < len(c.groups) && c.groups[i+1].start-g.end <= leadGap {
			states, whole.end = append(states, c.groups[i+1].states()...), c.groups[i+1].end
		}
		if len(states) == 2 && !g.located { // "held in Malaysia and in India" says who hosts
			all = append(all, couple{whole, states[0], states[1]})
		}
	}
	return all
}

// pairs takes two states that are known to have chaired the group together for
// its chairs where a word for leading stands near them: "the group led by
// Russia and Myanmar". Only the sentence says that they do; knowing who did
// tells "led" from any other leading.
func (c clause) pairs(said []claim) []claim {
	var all []claim
	for _, two := range c.couples() {
		pair, known := chairedBy(two.first, two.second)
		lead, led := c.near(lexicon.Lead, two.span, leadGap)
		if !known || !led || claimed(said, two.first, ewgwatch.CoChair) && claimed(said, two.second, ewgwatch.CoChair) {
			continue
		}
		one := claim{stance: ewgwatch.CoChair, cue: lead, rule: "co_chair.pair:" + lead.Parts[0], via: "named", confidence: 0.7, cycle: pair.cycle}
		other := one
		one.state, other.state = two.first, two.second
		all = append(all, one, other)
	}
	return all
}

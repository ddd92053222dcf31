package extract

import (
	"slices"

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

// speaksOf reports whether a word of a role stands in the sentence.
func (c clause) speaksOf(role lexicon.Role) bool {
	_, ok := c.near(role, c.span, 0)
	return ok
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

package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// question reports whether a sentence asks and so says nothing.
func (c clause) question() bool {
	return strings.HasSuffix(strings.TrimRight(c.span.of(c.text), "\"'”’»」) "), "?") || strings.HasSuffix(c.span.of(c.text), "？")
}

// veto returns why a cue says nothing although it stands there, or "": it is
// asked for or asked about rather than said ("urged to boycott", "whether they
// would attend"), denied, or taken back.
func (c clause) veto(cue hit) string {
	if c.question() {
		return "the sentence is a question"
	}
	switch cue.Stance {
	case ewgwatch.Host:
		if cue.Role != lexicon.Before {
			return "" // "calls on it to cancel the exercise hosted by …" says who hosts
		}
	case ewgwatch.CoChair, ewgwatch.Urged, ewgwatch.Undecided:
		return ""
	}
	switch {
	case c.hangs(cue):
		return "it hangs on a verb of absence or of doubt"
	case c.refuted(cue):
		return "it is denied"
	case c.unsaid(cue):
		return "what follows takes it back"
	}
	if strings.HasSuffix(strings.TrimSpace(c.text[c.span.start:cue.start]), ",") {
		return "" // the main verb goes on after a clause in between
	}
	for _, w := range c.words {
		if w.Role == lexicon.Veto && w.end <= cue.start && !cue.whole.holds(w.span) && !c.parts(w.end, cue.start) {
			return "asked for or asked about: " + w.of(c.text)
		}
	}
	return ""
}

const hangGap = 24 // characters between a verb and the one that hangs on it: "sent nobody to take part"

// hangs reports whether a verb of presence hangs on one of absence ("would not
// attend or take part") or of invitation ("was invited to send officers to attend"), or any
// verb on one of doubt ("has not decided whether to attend"). Both have the same subject: no other name stands between them.
func (c clause) hangs(cue hit) bool {
	return cue.Role == lexicon.Before && slices.ContainsFunc(c.cues, func(other hit) bool {
		gap := span{other.end, cue.start}
		if other.Role != lexicon.Before || gap.start > gap.end || !atMost(hangGap, gap.of(c.text)) || c.names(gap) {
			return false
		}
		attended, broken := cue.Stance == ewgwatch.Attended, c.broken(gap.start, gap.end)
		if other.Stance == ewgwatch.Undecided {
			return attended || away(cue) && !broken && !strings.ContainsAny(gap.of(c.text), ",，、")
		}
		invited := other.Stance == ewgwatch.Invited && !strings.Contains(gap.of(c.text), ",") && !c.holds(lexicon.And, gap)
		return (away(other) || invited) && attended && !broken
	})
}

const unsaidGap = 30 // bytes between a verb and what takes it back: "send a delegation or not"

// unsaid reports whether what stands right behind a cue takes it back.
func (c clause) unsaid(cue hit) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.Unsaid && w.start >= cue.start && w.start-min(cue.end, w.start) <= unsaidGap
	})
}

// denied reports whether a verb of presence is negated: "neither attending".
func (c clause) denied(cue hit) bool {
	return cue.Stance == ewgwatch.Attended && c.not(cue)
}

// refuted reports whether a verb of absence is negated, which says nothing of
// presence: "did not boycott".
func (c clause) refuted(cue hit) bool {
	return away(cue) && c.not(cue)
}

// away reports whether a cue says that a state was not there.
func away(cue hit) bool {
	return cue.Stance == ewgwatch.Declined || cue.Stance == ewgwatch.Absent
}

const notGap = 12 // characters between a negator and its verb: "not immediately"

// not reports whether a negator stands right before a cue and is not part of
// it. One before an "and" has a verb of its own: "was not invited and came".
func (c clause) not(cue hit) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool {
		return w.Role == lexicon.Not && w.end <= cue.start && !cue.whole.holds(w.span) &&
			atMost(notGap, strings.TrimSpace(c.text[w.end:cue.start])) &&
			!c.broken(w.end, cue.start) && !c.holds(lexicon.And, span{w.end, cue.start})
	})
}

// atMost reports whether a text has at most n characters, and reads no more of
// it than it takes to know.
func atMost(n int, text string) bool {
	return len(text) <= n || len(text) <= utf8.UTFMax*n && utf8.RuneCountInString(text) <= n
}

// holds reports whether a word of a role stands in a span.
func (c clause) holds(role lexicon.Role, s span) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == role && s.holds(w.span) })
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

package extract

import (
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

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
		if g.end <= cue.start && (!g.place || c.ownsParticle(cue, g)) && !c.member(g) && !c.leftOut(g) {
			best, ok = g, true
		}
	}
	for _, w := range c.wholes {
		if w.end <= cue.start && (!ok || w.start > best.end) {
			best, ok = w, true
		}
	}
	if near := c.rightBefore(cue); near != nil {
		return *near, 0.9, true
	}
	if outer := c.resumed(cue); outer != nil && ok && best.start > outer.end {
		return *outer, 0.85, true
	}
	switch {
	case ok && cue.Beside && !glued(c.text, span{best.end, cue.start}, c.words):
		return group{}, 0, false
	case ok && c.broken(best.end, cue.start):
		return best, 0.75, true
	case ok:
		return best, 0.9, true
	case !ok && c.announced(cue) != nil:
		return *c.announced(cue), 0.85, true
	case earlier != nil && !cue.Beside && c.pronoun(cue):
		return *earlier, 0.7, true
	}
	return group{}, 0, false
}

// leftOut reports whether a list only names who is left out of a whole group.
func (c clause) leftOut(g group) bool {
	return slices.ContainsFunc(c.wholes, func(w group) bool { return w.excepts(g) })
}

// rightBefore returns the list that a phrase in several parts stands right
// behind. Whatever is named between its parts is not its subject: "India takes
// over from Russia as co-chair".
func (c clause) rightBefore(cue hit) *group {
	if cue.whole.start == cue.start {
		return nil
	}
	for i := range c.groups {
		g := &c.groups[i]
		if !g.place && g.end <= cue.whole.start && strings.TrimSpace(c.text[g.end:cue.whole.start]) == "" {
			return g
		}
	}
	return nil
}

const resumeGap = 24 // bytes between the comma that closes a clause and the verb: ", has since"

// resumed returns the list that a verb goes back to over a clause between
// commas: "Thailand, which leads the group with China, hosted it".
func (c clause) resumed(cue hit) *group {
	comma := strings.LastIndexAny(c.text[c.span.start:cue.start], ",，،")
	if comma < 0 {
		return nil
	}
	closing := span{c.span.start + comma, cue.start}
	if closing.end-closing.start > resumeGap || c.broken(closing.start, closing.end) || c.names(closing) {
		return nil
	}
	for i := range slices.Backward(c.groups) {
		if g := &c.groups[i]; !g.place && g.end < closing.start && c.opensClause(g.end, closing.start) {
			return g
		}
	}
	return nil
}

// names reports whether a list begins in a span.
func (c clause) names(s span) bool {
	return slices.ContainsFunc(c.groups, func(g group) bool { return g.start >= s.start && g.start < s.end })
}

// opensClause reports whether a comma and the first word of a clause follow at
// an offset, before a limit.
func (c clause) opensClause(at, limit int) bool {
	return slices.ContainsFunc(c.words, func(w hit) bool {
		if w.Role != lexicon.Break || w.start <= at || w.end > limit {
			return false
		}
		gap := strings.TrimSpace(c.text[at:w.start])
		return gap == "," || gap == "，" || gap == "،"
	})
}

// ownsParticle reports whether a cue begins with the particle that makes the
// list before it an object: 日本に求め.
func (c clause) ownsParticle(cue hit, g group) bool {
	return g.end <= cue.whole.start && strings.TrimSpace(c.text[g.end:cue.whole.start]) == "" &&
		slices.ContainsFunc(c.words, func(w hit) bool { return w.Role == lexicon.Suffix && w.start == cue.whole.start })
}

// announced returns the list behind a colon that a sentence without a subject
// of its own leads up to: "Six states were missing: Singapore, Australia …".
func (c clause) announced(cue hit) *group {
	colon := strings.IndexByte(c.text[cue.end:c.span.end], ':')
	if colon < 0 || c.crossed(cue, cue.end+colon) {
		return nil
	}
	for i := range c.groups {
		if g := &c.groups[i]; g.start > cue.end+colon && glued(c.text, span{cue.end + colon + 1, g.start}, c.words) {
			return g
		}
	}
	return nil
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
	if !ok || best.venue || best.located && cue.Stance == ewgwatch.Invited || c.member(best) {
		return group{}, 0, false
	}
	gap := span{cue.end, best.start}
	if isHosting(cue) && c.parted(gap.start, gap.end) && !strings.ContainsAny(gap.of(c.text), ",:，：、") {
		return group{}, 0, false // "the host and Australia" names not the host
	}
	if cue.Beside && strings.ContainsAny(gap.of(c.text), ",;:，、") {
		return group{}, 0, false
	}
	if glued(c.text, gap, c.words) {
		return best, 0.9, true
	}
	if cue.Beside || gap.end-gap.start > 30 || c.interrupted(gap) {
		return group{}, 0, false
	}
	return best, 0.75, true
}

func isHosting(cue hit) bool { return cue.Stance == ewgwatch.Host || cue.Stance == ewgwatch.CoChair }

// interrupted reports whether a gap between a cue and a list holds a word that
// parts them.
func (c clause) interrupted(gap span) bool {
	return c.broken(gap.start, gap.end) || slices.ContainsFunc(c.words, func(w hit) bool {
		return (w.Role == lexicon.At || w.Role == lexicon.To || w.Role == lexicon.Veto || isCue(w.Role)) && gap.holds(w.span)
	})
}

const placeGap = 32 // characters between "held in" and the place: "the Russian city of"

func (c clause) placeAfter(cue hit) (group, float64, bool) {
	for _, g := range c.groups {
		if g.start < cue.end {
			continue
		}
		gap := span{cue.end, g.start}
		if !glued(c.text, gap, c.words) && (!atMost(placeGap, gap.of(c.text)) || c.broken(gap.start, gap.end) || strings.ContainsAny(gap.of(c.text), ".;:,，、")) {
			break
		}
		return c.placeOnly(g), 0.85, !subjectOfWhich(g.span, c.words)
	}
	return group{}, 0, false
}

func (c clause) placeBefore(cue hit) (group, float64, bool) {
	for _, g := range slices.Backward(c.groups) {
		if g.end > cue.start {
			continue
		}
		gap := c.text[g.end:cue.start]
		if !atMost(placeGap, gap) || c.broken(g.end, cue.start) {
			break
		}
		beside := g.mentions[len(g.mentions)-1].city() && strings.TrimSpace(gap) == ""
		if !g.located && gap != "" && !beside && !c.particle(cue) {
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

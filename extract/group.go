package extract

import (
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
	// whole names the states of a group without their names: "all ASEAN
	// members".
	whole []ewgwatch.State
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

// groups joins the mentions of one sentence. glue is where words stand that
// join a list or belong to a name's phrase without saying anything.
func groups(text string, found []mention, words []hit) []group {
	var all []group
	for _, m := range found {
		if n := len(all); n > 0 && glued(text, span{all[n-1].end, m.start}, words) {
			all[n-1].mentions = append(all[n-1].mentions, m)
			all[n-1].end = m.end
			continue
		}
		all = append(all, group{span: m.span, mentions: []mention{m}})
	}
	for i := range all {
		all[i].place, all[i].located = oblique(text, all[i].span, words)
	}
	return all
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
func oblique(text string, g span, words []hit) (place, located bool) {
	for _, w := range words {
		after := strings.TrimLeftFunc(text[g.end:], func(r rune) bool { return unicode.IsSpace(r) })
		skipped := len(text) - g.end - len(after)
		if w.Role == lexicon.Suffix && (w.start == g.end || w.start == g.end+skipped && skipped > 0) {
			return true, true
		}
	}
	before := leadingGlue(text, g.start, words)
	for _, w := range words {
		if (w.Role == lexicon.At || w.Role == lexicon.To) && w.end <= g.start && w.end >= before {
			if strings.TrimSpace(text[w.end:before]) == "" || w.end == before {
				return true, w.Role == lexicon.At
			}
		}
	}
	return false, false
}

// leadingGlue walks back from a group over articles and spaces.
func leadingGlue(text string, start int, words []hit) int {
	for {
		trimmed := len(strings.TrimRightFunc(text[:start], unicode.IsSpace))
		next := trimmed
		for _, w := range words {
			if w.end == trimmed && w.start < next && w.Role == lexicon.And && w.end-w.start <= 4 && article(w.of(text)) {
				next = w.start
			}
		}
		if next == trimmed {
			return trimmed
		}
		start = next
	}
}

func article(word string) bool {
	switch strings.ToLower(word) {
	case "the", "a", "an", "its", "le", "la", "les", "l'", "o", "os", "as", "ang", "mga":
		return true
	}
	return false
}

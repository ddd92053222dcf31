package extract

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// mention is a name of a state in a text and what sort of name it is.
type mention struct {
	span
	state ewgwatch.State
	role  lexicon.Role
	place string // English name of a seat or place
}

// city reports whether a mention names a place smaller than a state.
func (m mention) city() bool { return m.role == lexicon.Seat || m.role == lexicon.Place }

// mentions picks the names of states out of the hits of a text: masked phrases
// first, then the longest name at each place; short and needy names only with
// what they ask for; "our country" as the publisher's own.
func mentions(text string, hits []hit, publisher ewgwatch.State) []mention {
	var candidates []hit
	for _, h := range hits {
		if isStateRole(h.Role) {
			candidates = append(candidates, h)
		}
	}
	var found []mention
	for _, h := range longest(ranked(candidates)) {
		state := h.State
		if h.Role == lexicon.Self {
			state = publisher
		}
		if h.Role != lexicon.Mask && state != "" {
			found = append(found, mention{h.span, state, h.Role, cmp.Or(h.Place, h.of(text))})
		}
	}
	return joinedShorts(text, needed(found, publisher))
}

// isStateRole reports whether a role names a state, or looks as if.
func isStateRole(role lexicon.Role) bool {
	switch role {
	case lexicon.Name, lexicon.Body, lexicon.Seat, lexicon.Place, lexicon.Adj, lexicon.Short, lexicon.Needs, lexicon.Self, lexicon.Mask:
		return true
	}
	return false
}

// ranked says which of two spans of the same length stays: full names before
// masks, because 印度尼西亚 masks 印度 and names Indonesia itself, and both
// before everything else.
func ranked(hits []hit) []hit {
	order := []lexicon.Role{lexicon.Name, lexicon.Body, lexicon.Mask, lexicon.Adj, lexicon.Seat, lexicon.Self, lexicon.Needs, lexicon.Place, lexicon.Short}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return slices.Index(order, a.Role) - slices.Index(order, b.Role)
	})
	return hits
}

// needed drops names that count only where the state is named in full, unless
// it is or unless the publisher is of that state.
func needed(found []mention, publisher ewgwatch.State) []mention {
	full := map[ewgwatch.State]bool{publisher: true}
	for _, m := range found {
		if m.role == lexicon.Name || m.role == lexicon.Body || m.role == lexicon.Adj {
			full[m.state] = true
		}
	}
	return slices.DeleteFunc(found, func(m mention) bool { return m.role == lexicon.Needs && !full[m.state] })
}

// joinedShorts keeps one-character names only in company: two states written
// together (中泰, 韓･美･日).
func joinedShorts(text string, found []mention) []mention {
	var kept []mention
	for i, m := range found {
		if m.role != lexicon.Short || i > 0 && joined(text, found[i-1], m) || i+1 < len(found) && joined(text, m, found[i+1]) {
			kept = append(kept, m)
		}
	}
	return kept
}

func joined(text string, a, b mention) bool {
	if a.role != lexicon.Short || b.role != lexicon.Short || a.state == b.state {
		return false
	}
	between := text[a.end:b.start]
	return between == "" || utf8.RuneCountInString(between) == 1 && strings.Contains("·・･ㆍ、/-–", between)
}

// public returns the mentions in the form in which they are handed out.
func public(text string, found []mention) []ewgwatch.Mention {
	var all []ewgwatch.Mention
	for _, m := range found {
		if m.role != lexicon.Place {
			all = append(all, ewgwatch.Mention{State: m.state, Form: m.of(text), Start: m.start, End: m.end})
		}
	}
	return all
}

package broadsheet

import "ewgwatch/ledger"

// kind is a kind of nothing. Of what is not covered it tells apart that no source
// covers the state, and that those which do gave nothing of the event's time.
type kind struct {
	of        ledger.NothingKind
	otherTime bool
}

func kindOf(n ledger.Nothing) kind { return kind{n.Kind, n.OtherTime()} }

// kinds are all of them, in the order in which they are told.
func kinds() (all []kind) {
	for _, of := range ledger.NothingKinds() {
		if of == ledger.NotCovered {
			all = append(all, kind{of, true})
		}
		all = append(all, kind{of, false})
	}
	return all
}

// Mark stands for the kind in a matrix, Short is the word for it there.
func (k kind) Mark() string { return k.of.Mark() }

// Short is the word for the kind in a matrix.
func (k kind) Short() string {
	switch k.of {
	case ledger.Unreachable:
		return "not read"
	case ledger.NotCovered:
		if k.otherTime {
			return "other time"
		}
		return "not watched"
	case ledger.Unreadable:
		return "unreadable"
	}
	return "not named"
}

// Meaning says what a kind of nothing means, whole, where its mark and its word stand
// before it.
func (k kind) Meaning() string {
	switch k.of {
	case ledger.Unreachable:
		return "the sources that could say so were not read"
	case ledger.NotCovered:
		if k.otherTime {
			return "sources that cover the state were read, and gave nothing of the event’s time"
		}
		return "no source that is known to be watched covers the state"
	case ledger.Unreadable:
		return "sources were reached, and what came could not be read"
	}
	return "sources were read for the event, and none names the state at it"
}

// Slug names the kind for the style sheet.
func (k kind) Slug() string {
	switch k.of {
	case ledger.Unreachable:
		return "unreached"
	case ledger.NotCovered:
		if k.otherTime {
			return "untimely"
		}
		return "unwatched"
	case ledger.Unreadable:
		return "unreadable"
	}
	return "unnamed"
}

// counted is a kind, and how many cells are of it.
type counted struct {
	kind
	Cells int
}

// Count says how many cells there are of the kind.
func (k counted) Count() string { return plural(k.Cells, "cell", "cells") }

// Kinds counts the empty cells by kind.
func (s *content) Kinds() (all []counted) {
	for _, k := range kinds() {
		all = append(all, counted{k, s.count(func(c *cell) bool { return len(c.Claims) == 0 && kindOf(c.Nothing) == k })})
	}
	return all
}

package ewgwatch

import (
	"slices"
	"time"
)

// Amendment is what an analyst changes of the events: that two are one, that
// findings of one belong to another, what one is called. It changes no finding, only
// how findings are understood, and can be undone: what was amended is never lost.
type Amendment struct {
	Number   int // from 1, in the order in which they were made
	At       time.Time
	By       string // who says so
	Why      string
	Kind     AmendmentKind
	Event    string   // the ID that is merged, split or renamed; "" for an undo
	Into     string   // of a merge: the event it is one with; of a split: the ID of the part that leaves
	Name     string   // of a split and a rename: what it is called
	Findings []string // of a split: the IDs of those that leave
	Undoes   int      // of an undo: the number of the amendment that counts no longer
}

// AmendmentKind is what an amendment does.
type AmendmentKind string

// The kinds.
const (
	MergeEvents AmendmentKind = "merge"
	SplitEvent  AmendmentKind = "split"
	RenameEvent AmendmentKind = "rename"
	UndoAmend   AmendmentKind = "undo"
)

// AmendmentKinds returns every kind.
func AmendmentKinds() []AmendmentKind {
	return []AmendmentKind{MergeEvents, SplitEvent, RenameEvent, UndoAmend}
}

// Valid reports whether k is one of the kinds.
func (k AmendmentKind) Valid() bool { return slices.Contains(AmendmentKinds(), k) }

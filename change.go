package ewgwatch

import "time"

// Change is one change of what is believed, kept in the transaction that made it
// until it was decided who is to hear of it.
type Change struct {
	Number     uint64 // from 1, in the order of the commits
	At         time.Time
	Kind       ChangeKind
	Finding    string // Finding.ID; "" for a source
	Was        Claim  // of a finding: the claim it was believed to make before, analysts heard; zero where it made none
	Source     string // Source.ID, of a source whose health changed
	Transition Transition
}

// ChangeKind is what changed.
type ChangeKind string

// The kinds.
const (
	FindingFound     ChangeKind = "found"
	FindingWithdrawn ChangeKind = "withdrawn" // its page no longer says it
	FindingReturned  ChangeKind = "returned"  // its page says it again, or an analyst takes it back in
	FindingCorrected ChangeKind = "corrected"
	FindingRejected  ChangeKind = "rejected"
	FindingMoved     ChangeKind = "moved"  // it is taken to be of another event than before
	SourceMoved      ChangeKind = "source" // the health of a source changed
)

package ewgwatch

// Claim is what findings add up to in a cell of the ledger: that a state took
// a stance on an event. An alert is about a claim.
type Claim struct {
	State  State
	Event  string // Event.ID; "" where the finding could not be tied to one
	Stance Stance
}

// Standing is what all the findings of a claim say together.
type Standing struct {
	Independent  int  // independent voices: copies of one text count once
	Contradicted bool // another finding gives the same state and event a stance that cannot be true as well
}

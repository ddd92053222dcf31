package send

import "time"

// Refusal is an error of a [Sender] that says what a further attempt is worth.
type Refusal struct {
	Err   error
	Worth Worth
	After time.Duration // the receiver asks for this pause; 0 for none

	// Unsure is where the message went out whole and there was no answer: it may have
	// been taken all the same.
	Unsure bool
}

// Error returns the text of the error that was met.
func (r *Refusal) Error() string { return r.Err.Error() }

// Unwrap returns the error that was met.
func (r *Refusal) Unwrap() error { return r.Err }

// Worth says how long it makes sense to try again.
type Worth int

// The worths.
const (
	Again Worth = iota // for as long as anything is tried
	Aday               // a day: what somebody has to mend, and may
	Never              // the receiver understood, and does not want this message
)

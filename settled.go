package ewgwatch

import "time"

// Settled says how one attempt to send an alert went: with a Receipt it was sent,
// with Dead it is given up, with neither it is to be tried again.
type Settled struct {
	Alert   string    // Alert.ID
	Attempt int       // Alert.Attempts as it was leased: a failure that is told late, when somebody else has the alert, changes nothing; 0 to compare nothing
	Receipt *Receipt  // nil where it was not sent
	RetryAt time.Time // not to be tried again before
	Dead    bool
	Unsure  bool   // there was no answer, in its time or at all: the receiver may have the message
	Why     string // it was not sent, without secrets; "" for an alert that is given back untried, which counts as no attempt
}

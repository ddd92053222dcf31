package ewgwatch

import "time"

// Settled is how the lease of an alert ended: with a receipt, with a time to try
// again, or dead.
type Settled struct {
	Alert   string    // Alert.ID
	Receipt *Receipt  // of what was delivered; nil where it was not
	RetryAt time.Time // not to be leased before, though Alert.DueAt stays as it is: what is given up is judged by it
	Dead    bool      // given up
	Why     string    // it was not delivered, without secrets; "" for an alert that is given back untried, which counts as no attempt
}

package ewgwatch

// Expectation is what somebody waits for: that a ministry names participants of an
// event by a day. That none did is worth telling, though it says nothing of any state.
type Expectation struct {
	Event string // Event.ID
	By    Date   // the last day on which it is expected
}

package send

import (
	"context"

	"ewgwatch"
)

// Opener opens the sender of one channel, whose references to secrets are read
// already. An error is met as a failed attempt.
type Opener func(ewgwatch.Channel) (Sender, error)

// Sender delivers to one channel, one message at a time. What it keeps open lives
// until Close. An error that is no [*Refusal] is worth trying again. It may carry
// secrets: the loop takes them out.
type Sender interface {
	Send(ctx context.Context, d Delivery) (Answer, error)
	Close() error
}

// Delivery is one attempt at one message.
type Delivery struct {
	Alert   ewgwatch.Alert
	Message Message
	Attempt int // from 1
}

// Answer is what came of a delivery.
type Answer struct {
	Response string // of the receiver
	Text     string // that was sent; its hash goes into the receipt
}

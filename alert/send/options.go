package send

import (
	"math/rand/v2"
	"time"

	"ewgwatch"
)

// Options say how alerts are delivered. Render, Open and Now are needed.
type Options struct {
	Render func(ewgwatch.Alert) (Message, error)
	Open   map[ewgwatch.ChannelKind]Opener
	Now    func() time.Time

	Random func() float64  // in [0, 1); the default is that of math/rand/v2
	Wake   <-chan struct{} // says to Run that there may be new alerts; nil for never

	// Quiet returns the end of the hours in which its receiver wants no alert that a
	// moment is in, or that moment where it is in none; nil for none. What comes due before
	// them and was not taken, or not tried, waits for their end like what comes due in them.
	Quiet func(ewgwatch.Alert, time.Time) time.Time

	// Ended is told of every attempt that ended, and of every alert that is given
	// back, before it is settled; nil for nobody.
	Ended func(ewgwatch.Alert, ewgwatch.Settled)

	Lanes      int           // channels that are served at once, 64 if zero
	Queue      int           // alerts that a channel leases at once, 16 if zero
	Timeout    time.Duration // of an attempt, 30 s if zero
	Grace      time.Duration // that an attempt has left when all ends, 5 s if zero
	Lease      time.Duration // 10 min if zero, and two attempts at least; no alert is begun that cannot end within it
	Base       time.Duration // longest pause after the first failure, 30 s if zero
	Cap        time.Duration // longest pause, 1 h if zero
	RetryAfter time.Duration // longest pause that a receiver may ask for, 6 h if zero
	MaxAge     time.Duration // after Alert.DueAt an alert that fails is dead, 72 h if zero
	Gather     time.Duration // how long an end waits for others to be settled with, 50 ms if zero
	Poll       time.Duration // longest wait of Run for the outbox, 15 s if zero
}

func (o Options) complete() Options {
	if o.Random == nil {
		o.Random = rand.Float64
	}
	for _, d := range []struct {
		field *time.Duration
		value time.Duration
	}{
		{&o.Timeout, 30 * time.Second}, {&o.Grace, 5 * time.Second}, {&o.Lease, 10 * time.Minute},
		{&o.Base, 30 * time.Second}, {&o.Cap, time.Hour}, {&o.RetryAfter, 6 * time.Hour}, {&o.MaxAge, 72 * time.Hour},
		{&o.Gather, 50 * time.Millisecond}, {&o.Poll, 15 * time.Second},
	} {
		if *d.field <= 0 {
			*d.field = d.value
		}
	}
	o.Lease = max(o.Lease, 2*o.Timeout)
	if o.Quiet == nil {
		o.Quiet = func(_ ewgwatch.Alert, now time.Time) time.Time { return now }
	}
	if o.Lanes <= 0 {
		o.Lanes = 64
	}
	if o.Queue <= 0 {
		o.Queue = 16
	}
	return o
}

// day is how long an attempt is repeated that somebody has to mend.
func (o Options) day() time.Duration { return min(24*time.Hour, o.MaxAge) }

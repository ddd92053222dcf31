package crawler

import (
	"context"
	"fmt"
	"time"
)

// A lane is a queue for one seat: one request at a time, and a delay from the
// end of one answer to the start of the next request. Who waits is served in
// the order of coming.
//
// All fields but seat belong to whoever sits in it.
type lane struct {
	name  string
	seat  chan struct{} // holds a token while somebody sits
	slots chan struct{} // shared by all lanes: requests in flight

	ended    time.Time     // when the last answer ended
	delay    time.Duration // that the last request asked for
	resume   time.Time     // not before: the host asked for a pause
	refused  int           // how often it did
	stumbled int           // how often a request was sent again after an error
	shut     error         // set once the lane is given up
}

// laneShut is returned for requests to a host that asked to be left alone for
// longer than a run can wait.
type laneShut struct{ lane, reason string }

func (e *laneShut) Error() string {
	return fmt.Sprintf("%s is left alone for this run: %s", e.lane, e.reason)
}

// enter waits for the seat, for the delay and for a slot, and takes them. It
// returns early, with nothing taken, when ctx ends or the lane is shut.
func (l *lane) enter(ctx context.Context, delay time.Duration) error {
	select {
	case l.seat <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if err := l.ready(ctx, delay); err != nil {
		<-l.seat
		return err
	}
	if delay != noDelay {
		l.delay = delay
	}
	return nil
}

func (l *lane) ready(ctx context.Context, delay time.Duration) error {
	if l.shut != nil {
		return l.shut
	}
	if err := sleepUntil(ctx, l.start(delay)); err != nil {
		return err
	}
	select {
	case l.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// start returns when a request that wants this delay may start. Both sides of
// the gap have a say: the larger delay holds. Within an errand only a pause that
// the host asked for counts.
func (l *lane) start(delay time.Duration) time.Time {
	start := l.resume
	if l.ended.IsZero() || delay == noDelay {
		return start
	}
	if next := l.ended.Add(max(delay, l.delay)); next.After(start) {
		start = next
	}
	return start
}

// leave gives seat and slot back. The answer is over.
func (l *lane) leave() {
	l.ended = time.Now()
	<-l.slots
	<-l.seat
}

func sleepUntil(ctx context.Context, at time.Time) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	wait := time.Until(at)
	if wait <= 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

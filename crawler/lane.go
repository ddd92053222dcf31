package crawler

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A lane is a queue for one seat: one request at a time, and a delay from the
// end of one answer to the start of the next request. Who waits is served in
// the order of coming.
//
// All fields but seat and those that mu guards belong to whoever sits in it.
type lane struct {
	name string
	seat chan struct{} // holds a token while somebody sits

	memory hostMemory

	mu     sync.Mutex
	began  time.Time     // when the request under way was sent
	slow   time.Duration // how long answers take, the latest counting half
	ended  time.Time     // when the last answer ended
	delay  time.Duration // that the last request asked for
	resume time.Time     // not before: the host asked for a pause

	refusals int   // runs in a row that ended with the lane shut
	refused  int   // how often it did
	stumbled int   // how often a request was sent again after an error
	shut     error // set once the lane is given up
}

func newLane(name string, memory hostMemory) *lane {
	l := &lane{name: name, seat: make(chan struct{}, 1), memory: memory}
	host := memory.of(name)
	l.refusals = host.Refusals
	if memory.now == nil {
		return l
	}
	// What is further off than any host is believed was said by a wrong clock.
	if left := host.Until.Sub(memory.now()); left > 0 && left <= maxAvoided {
		l.shut = &laneShut{name, host.Why + "; left alone until " + host.Until.Format("2006-01-02 15:04 MST")}
	}
	return l
}

// laneShut is returned for requests to a host that asked to be left alone for
// longer than a run can wait.
type laneShut struct{ lane, reason string }

func (e *laneShut) Error() string {
	return fmt.Sprintf("%s is left alone: %s", e.lane, e.reason)
}

// enter waits for the seat, for the delay and for a slot, and takes them. It
// returns early, with nothing taken, when ctx ends or the lane is shut.
func (l *lane) enter(ctx context.Context, delay time.Duration) error {
	if l.enterAtOnce(turnOf(ctx), delay) {
		return nil
	}
	select {
	case l.seat <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if err := l.ready(ctx, delay); err != nil {
		<-l.seat
		return err
	}
	l.wants(delay)
	return nil
}

// enterAtOnce takes the seat where nothing is to be waited for, and otherwise
// has the turn give up what it holds.
func (l *lane) enterAtOnce(t *turn, delay time.Duration) bool {
	t.leaveDesk()
	if !t.slot {
		return false
	}
	select {
	case l.seat <- struct{}{}:
	default:
		t.end()
		return false
	}
	if l.shut != nil || time.Until(l.start(delay)) > 0 {
		<-l.seat
		t.end()
		return false
	}
	l.wants(delay)
	return true
}

// wants notes the delay that the request under way asked for.
func (l *lane) wants(delay time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.began = time.Now()
	if delay != noDelay {
		l.delay = delay
	}
}

func (l *lane) ready(ctx context.Context, delay time.Duration) error {
	if l.shut != nil {
		return l.shut
	}
	if err := sleepUntil(ctx, l.start(delay)); err != nil {
		return err
	}
	return turnOf(ctx).begin(ctx)
}

// A host that takes its time is given as much: it may be the load that slows it.
const (
	slowAnswer  = time.Second // from which on an answer is slow
	maxSlowness = time.Minute
)

// start returns when a request that wants this delay may start. Both sides of
// the gap have a say, and so have slow answers: the larger delay holds. Within an
// errand only a pause that the host asked for counts.
func (l *lane) start(delay time.Duration) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	start := l.resume
	if l.ended.IsZero() || delay == noDelay {
		return start
	}
	if next := l.ended.Add(l.gap(delay)); next.After(start) {
		start = next
	}
	return start
}

func (l *lane) gap(delay time.Duration) time.Duration {
	gap := max(delay, l.delay)
	if l.slow >= slowAnswer {
		gap = max(gap, min(l.slow, maxSlowness))
	}
	return gap
}

// pace is how long one request and the pause behind it take.
func (l *lane) pace(delay time.Duration) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.gap(delay) + l.slow
}

// leave gives the seat back. The answer is over.
func (l *lane) leave() {
	l.mu.Lock()
	l.ended = time.Now()
	l.slow = (l.slow + l.ended.Sub(l.began)) / 2
	l.mu.Unlock()
	<-l.seat
}

// pause has the lane wait before its next request.
func (l *lane) pause(wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.resume = time.Now().Add(wait)
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

package crawler

import (
	"context"

	"golang.org/x/sync/semaphore"
)

// capacity is what all visits of a crawl share: how many requests are in
// flight, and how much is read at once of what came back. Without the second,
// answers would pile up in memory whenever the network is faster than reading.
type capacity struct {
	slots chan struct{}
	desks *semaphore.Weighted
}

const (
	deskSpace = 16 << 20 // bytes that pages being read may take together, about
	deskLeast = 1 << 20  // that the smallest page takes
	deskRatio = 4        // bytes a byte of a page takes, parsed and read
)

func newCapacity(concurrency int) *capacity {
	return &capacity{slots: make(chan struct{}, concurrency), desks: semaphore.NewWeighted(deskSpace)}
}

// turn is what one visit holds of the capacity: a slot from the start of a
// request until its answer comes to a desk, and the desk until the visit ends
// or asks again. It waits for nothing while it holds something, but for a desk
// with a slot, and who has a desk needs no slot: so nobody waits in a circle.
type turn struct {
	shared *capacity
	slot   bool
	desk   int64
}

type turnKey struct{}

func withTurn(ctx context.Context, t *turn) context.Context {
	return context.WithValue(ctx, turnKey{}, t)
}

// turnOf returns the turn of a request. One without a turn is bound by nothing.
func turnOf(ctx context.Context) *turn {
	t, ok := ctx.Value(turnKey{}).(*turn)
	if !ok {
		return &turn{shared: newCapacity(1)}
	}
	return t
}

// another returns a turn beside t: a browser asks for several things at once.
func (t *turn) another() *turn { return &turn{shared: t.shared} }

// begin waits for a slot.
func (t *turn) begin(ctx context.Context) error {
	select {
	case t.shared.slots <- struct{}{}:
		t.slot = true
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// sit waits for a desk at which a body of so many bytes can be read, and gives
// the slot back.
func (t *turn) sit(ctx context.Context, bytes int) error {
	weight := min(deskLeast+deskRatio*int64(bytes), deskSpace)
	if err := t.shared.desks.Acquire(ctx, weight); err != nil {
		return context.Cause(ctx)
	}
	t.desk = weight
	t.leaveSlot()
	return nil
}

// end gives back whatever is held.
func (t *turn) end() {
	t.leaveSlot()
	t.leaveDesk()
}

func (t *turn) leaveDesk() {
	if t.desk > 0 {
		t.shared.desks.Release(t.desk)
		t.desk = 0
	}
}

func (t *turn) leaveSlot() {
	if t.slot {
		<-t.shared.slots
		t.slot = false
	}
}

package crawler

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// TestAVisitThatIsReadHoldsNoRequest has one request in flight at a time: the
// next begins once the answer before it lies on a desk.
func TestAVisitThatIsReadHoldsNoRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := newCapacity(1)
		first, second := &turn{shared: shared}, &turn{shared: shared}
		must(t, first.begin(t.Context()))
		begun := false
		go func() {
			must(t, second.begin(t.Context()))
			begun = true
		}()
		synctest.Wait()
		if begun {
			t.Error("a second request began while the first was in flight")
		}
		must(t, first.sit(t.Context(), 100))
		synctest.Wait()
		if !begun {
			t.Error("the second request waits for a page that is being read")
		}
	})
}

// TestLargePagesAreReadOneByOne fills the desks with one page, and has a small
// one wait for it with its slot.
func TestLargePagesAreReadOneByOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := newCapacity(2)
		large, small := &turn{shared: shared}, &turn{shared: shared}
		must(t, large.begin(t.Context()))
		must(t, small.begin(t.Context()))
		must(t, large.sit(t.Context(), 1<<40)) // more than there is: it is read all the same
		seated := false
		go func() {
			must(t, small.sit(t.Context(), 1))
			seated = true
		}()
		synctest.Wait()
		if seated || len(shared.slots) != 1 {
			t.Errorf("seated %t with %d slots taken, want it to wait with its slot", seated, len(shared.slots))
		}
		large.end()
		synctest.Wait()
		if !seated || len(shared.slots) != 0 {
			t.Errorf("seated %t with %d slots taken, want a seat and no slot", seated, len(shared.slots))
		}
		small.end()
		small.end() // of nothing
	})
}

func TestATurnThatIsCancelledTakesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := newCapacity(1)
		holder, waiter := &turn{shared: shared}, &turn{shared: shared}
		must(t, holder.begin(t.Context()))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := waiter.begin(ctx); err == nil {
			t.Error("a slot was given twice")
		}
		waiter.end()
		if len(shared.slots) != 1 {
			t.Error("the waiter gave back what it never had")
		}
		must(t, holder.sit(t.Context(), deskSpace))
		if err := waiter.sit(ctx, 1); err == nil || waiter.desk != 0 {
			t.Errorf("%v with a desk of %d bytes, want an error and none", err, waiter.desk)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

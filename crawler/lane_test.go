package crawler

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

func TestLaneServesInTheOrderOfComing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &lane{seat: make(chan struct{}, 1)}
		var order []int
		for i := range 5 {
			go func() {
				if err := l.enter(t.Context(), time.Second); err != nil {
					t.Error(err)
				}
				order = append(order, i)
				l.leave()
			}()
			synctest.Wait()
		}
		<-time.After(time.Minute) // of the bubble
		synctest.Wait()
		for i, n := range order {
			if i != n {
				t.Errorf("served in the order %v", order)
			}
		}
		if len(order) != 5 {
			t.Errorf("served %d, want 5", len(order))
		}
	})
}

func TestWaitingForALaneCanBeCancelled(t *testing.T) {
	why := errors.New("enough")
	for name, wait := range map[string]func(*lane, *capacity){
		"for the seat":  func(l *lane, _ *capacity) { l.seat <- struct{}{} },
		"for the delay": func(l *lane, _ *capacity) { l.ended = time.Now() },
		"for a slot":    func(_ *lane, c *capacity) { c.slots <- struct{}{} },
	} {
		synctest.Test(t, func(t *testing.T) {
			l, shared := &lane{seat: make(chan struct{}, 1)}, newCapacity(1)
			wait(l, shared)
			ctx, cancel := context.WithCancelCause(withTurn(t.Context(), &turn{shared: shared}))
			time.AfterFunc(time.Second, func() { cancel(why) })
			start := time.Now()
			if err := l.enter(ctx, time.Hour); !errors.Is(err, why) || time.Since(start) != time.Second {
				t.Errorf("%s: %v after %v, want %v after 1s", name, err, time.Since(start), why)
			}
			if name != "for the seat" && len(l.seat) != 0 {
				t.Errorf("%s: the seat is kept", name)
			}
		})
	}
}

func TestLaneIsAFunctionOfTheHost(t *testing.T) {
	sources := []ewgwatch.Source{
		{URL: "https://www.mindef.gov.sg/news", Group: "sg"}, {URL: "https://www.mfa.gov.sg", Group: "sg"},
		{URL: "http://127.0.0.1:1", Group: "lab"}, {URL: "https://mfa.gov.sg/press", Group: "lab"},
	}
	l := newLanes(sources, hostMemory{})
	tour := &tour{night: &night{lanes: l}}
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"https://mindef.gov.sg/x", "http://img.mindef.gov.sg:8080/", true},
		{"https://mindef.gov.sg/", "https://mfa.gov.sg/", true},
		{"https://mindef.gov.sg/", "http://127.0.0.1:1/", true}, // both groups have mfa.gov.sg
		{"https://mindef.gov.sg/", "https://moh.gov.sg/", false},
		{"http://127.0.0.1:2/", "http://127.0.0.1:3/", false},
		{"http://one.github.io/", "http://two.github.io/", false},
		{"http://localhost:1/", "http://localhost:2/", false},
	} {
		if got := tour.laneOf(c.a) == tour.laneOf(c.b); got != c.same {
			t.Errorf("%s and %s share a lane: %v, want %v", c.a, c.b, got, c.same)
		}
	}
}

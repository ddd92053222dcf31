package crawler

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// errandWorld is a chain over a world of two hosts.
func errandWorld(t *testing.T, site http.Handler) (*world, *obedient, *errand) {
	t.Helper()
	w := newWorld(t)
	w.serve("a.test", site)
	w.serve("b.test", site)
	o := Options{}.withDefaults()
	lanes := newLanes(nil, hostMemory{now: o.Now})
	transport := newTransport(w.dial, nil, o)
	t.Cleanup(transport.CloseIdleConnections)
	return w, newChain(transport, lanes, newNeighbours(nil, 1), hostMemory{now: o.Now}, o), newErrand(lanes.of(&url.URL{Scheme: "http", Host: "a.test"}))
}

func send(ctx context.Context, t *testing.T, chain http.RoundTripper, method, address string) (int, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(withDelay(ctx, 2*time.Second), method, address, strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	response, err := chain.RoundTrip(req)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	return response.StatusCode, nil
}

func TestErrandKeepsTheDelayOnceALane(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, chain, errand := errandWorld(t, static(map[string]string{"/x": "x", "/robots.txt": ""}))
		ctx := withErrand(t.Context(), errand)
		start := time.Now()
		for i, step := range []struct {
			within bool // the errand
			url    string
			after  time.Duration // since the start, when it is over
		}{
			{false, "http://a.test/x", 2 * time.Second}, // after robots.txt
			{true, "http://a.test/x", 2 * time.Second},
			{true, "http://a.test/x", 2 * time.Second},
			{true, "http://b.test/x", 4 * time.Second},
			{true, "http://b.test/x", 4 * time.Second},
			{false, "http://b.test/x", 6 * time.Second}, // somebody else's
			{true, "http://b.test/x", 6 * time.Second},
			{false, "http://a.test/x", 6 * time.Second},
			{false, "http://a.test/x", 8 * time.Second},
		} {
			as := t.Context()
			if step.within {
				as = ctx
			}
			if _, err := send(as, t, chain, http.MethodGet, step.url); err != nil || time.Since(start) != step.after {
				t.Errorf("step %d, %s: over after %v (%v), want %v", i, step.url, time.Since(start), err, step.after)
			}
		}
		w.close()
	})
}

func TestErrandComesOneAtATimeAndNeverAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var inside, most, posts atomic.Int32
		w, chain, errand := errandWorld(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			most.Store(max(most.Load(), inside.Add(1)))
			defer inside.Add(-1)
			if r.Method == http.MethodPost {
				posts.Add(1)
				w.WriteHeader(http.StatusServiceUnavailable)
			}
			<-time.After(time.Second)
		}))
		ctx := withErrand(t.Context(), errand)
		done := make(chan error)
		for range 3 {
			go func() {
				_, err := send(ctx, t, chain, http.MethodGet, "http://a.test/x")
				done <- err
			}()
		}
		for range 3 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if most.Load() != 1 {
			t.Errorf("%d requests at once", most.Load())
		}
		if status, err := send(ctx, t, chain, http.MethodPost, "http://a.test/x"); status != http.StatusServiceUnavailable || posts.Load() != 1 {
			t.Errorf("status %d, %v, sent %d times, want once", status, err, posts.Load())
		}
		busy := time.Now()
		if _, err := send(ctx, t, chain, http.MethodGet, "http://a.test/x"); err != nil || time.Since(busy) < usualPause {
			t.Errorf("the next request came %v after a busy answer (%v), want the pause kept", time.Since(busy), err)
		}
		w.close()
	})
}

func TestRobotsOfAHostIsAskedAnewWhereAPageGaveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		w, chain, errand := errandWorld(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" && asked.Add(1) == 1 {
				<-r.Context().Done()
			}
		}))
		ctx, cancel := context.WithTimeout(withErrand(t.Context(), errand), time.Second)
		defer cancel()
		if _, err := send(ctx, t, chain, http.MethodGet, "http://b.test/x"); err == nil {
			t.Error("the page had its answer without robots.txt")
		}
		if _, err := send(t.Context(), t, chain, http.MethodGet, "http://b.test/x"); err != nil {
			t.Errorf("%v, want others to ask anew", err)
		}
		w.close()
	})
}

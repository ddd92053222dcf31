package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

// wishes is a Hosts in memory.
type wishes struct {
	mu    sync.Mutex
	known map[string]ewgwatch.Wishes
	err   error
}

func (w *wishes) Wishes(name string) (ewgwatch.Wishes, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	known := w.known[name]
	known.Name = name
	return known, w.err
}

func (w *wishes) KeepWishes(host ewgwatch.Wishes) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.known[host.Name] = host
	return w.err
}

func TestRobotsIsAskedForOnceADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m, hosts := newWorld(t), newMemory(), &wishes{known: map[string]ewgwatch.Wishes{}}
		defer w.close()
		asked, rules := 0, "User-agent: *\nDisallow: /four\n"
		site := static(newsSite())
		w.serve("a.test", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				asked++
				fmt.Fprint(rw, rules)
				return
			}
			site.ServeHTTP(rw, r)
		}))
		for _, c := range []struct {
			pause   time.Duration
			asked   int
			outcome ewgwatch.Outcome
		}{
			{0, 1, ewgwatch.Robots},
			{23 * time.Hour, 1, ewgwatch.Robots},
			{2 * time.Hour, 2, ewgwatch.Unchanged}, // the rules have changed since
		} {
			<-time.After(c.pause)
			w.crawl(t, m, Options{Hosts: hosts, Rest: -1}, source("http://a.test"))
			got := outcomes(m.take())["http://a.test/four"]
			if got == ewgwatch.New {
				got = ewgwatch.Unchanged // read, that is
			}
			if asked != c.asked || got != c.outcome {
				t.Errorf("after %v: asked %d times, /four %s; want %d and %s", c.pause, asked, got, c.asked, c.outcome)
			}
			rules = "User-agent: *\nDisallow: /five\n"
		}
	})
}

func TestAHostThatCannotTellItsRulesIsAskedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m, hosts := newWorld(t), newMemory(), &wishes{known: map[string]ewgwatch.Wishes{}}
		defer w.close()
		down := true
		site := static(newsSite())
		w.serve("a.test", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if down && r.URL.Path == "/robots.txt" {
				http.Error(rw, "down", http.StatusInternalServerError)
				return
			}
			site.ServeHTTP(rw, r)
		}))
		if got := w.crawl(t, m, Options{Hosts: hosts}, source("http://a.test"))[0]; got.Reach != ewgwatch.ReachNone {
			t.Errorf("%+v, want nothing read", got)
		}
		down = false
		if got := w.crawl(t, m, Options{Hosts: hosts}, source("http://a.test"))[0]; got.Reach != ewgwatch.ReachRead {
			t.Errorf("%+v, want all read", got)
		}
	})
}

// TestAHostThatAskedToBeLeftAloneIsLeftAlone crawls a host that answers 429
// again and again, and counts the requests of each run.
func TestAHostThatAskedToBeLeftAloneIsLeftAlone(t *testing.T) {
	for name, c := range map[string]struct {
		after string // Retry-After
		waits []time.Duration
		asks  []int
	}{
		"two days":  {"172800", []time.Duration{0, day, day + time.Hour}, []int{2, 0, 2}},
		"no time":   {"", []time.Duration{0, 30 * time.Minute, time.Hour, time.Hour, time.Hour}, []int{2, 0, 2, 0, 2}},
		"a year":    {"31536000", []time.Duration{0, 29 * day, 2 * day}, []int{2, 0, 2}},
		"bad words": {"later", []time.Duration{0, 30 * time.Minute}, []int{2, 0}},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, m, hosts := newWorld(t), newMemory(), &wishes{known: map[string]ewgwatch.Wishes{}}
			defer w.close()
			asked := 0
			w.serve("a.test", http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
				asked++
				if c.after != "" {
					rw.Header().Set("Retry-After", c.after)
				}
				rw.WriteHeader(http.StatusTooManyRequests)
			}))
			for i, wait := range c.waits {
				<-time.After(wait)
				asked = 0
				got := w.crawl(t, m, Options{Hosts: hosts}, source("http://a.test"))[0]
				// Where it names more than a run can wait, it is asked once.
				if want := c.asks[i]; asked != want && (want == 0 || c.after == "" || asked != 1) {
					t.Errorf("%s, run %d: asked %d times, want %d", name, i, asked, want)
				}
				if got.Outcomes[ewgwatch.RateLimited] == 0 || got.Reach != ewgwatch.ReachNone {
					t.Errorf("%s, run %d: %+v", name, i, got)
				}
			}
		})
	}
}

func TestAHostThatAnswersAgainIsForgiven(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		hosts := &wishes{known: map[string]ewgwatch.Wishes{"a.test": {Name: "a.test", Refusals: 3, Until: time.Now().Add(-time.Hour)}}}
		defer w.close()
		w.serve("a.test", static(newsSite()))
		w.crawl(t, m, Options{Hosts: hosts}, source("http://a.test"))
		if got := hosts.known["a.test"]; got.Refusals != 0 || !got.Until.IsZero() {
			t.Errorf("it is remembered as %+v", got)
		}
	})
}

func TestAMemoryThatFailsEndsTheCrawl(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		w.serve("a.test", static(newsSite()))
		full := errors.New("no space left on device")
		c := New(newMemory(), Options{Hosts: &wishes{known: map[string]ewgwatch.Wishes{}, err: full}})
		c.dial, c.lookup = w.dial, nil
		_, err := c.Crawl(t.Context(), []ewgwatch.Source{source("http://a.test")}, func(context.Context, ewgwatch.Page) error { return nil })
		if !errors.Is(err, full) {
			t.Errorf("%v, want %v", err, full)
		}
	})
}

// TestASlowHostIsGivenAsMuchTimeAsItTakes reads a host that needs 8 s for each
// answer, with a delay of 2 s.
func TestASlowHostIsGivenAsMuchTimeAsItTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		var ended time.Time
		var gaps []time.Duration
		site := static(newsSite())
		w.serve("a.test", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if !ended.IsZero() {
				gaps = append(gaps, time.Since(ended))
			}
			<-time.After(8 * time.Second)
			site.ServeHTTP(rw, r)
			ended = time.Now()
		}))
		w.crawl(t, m, Options{}, source("http://a.test"))
		for i, gap := range gaps {
			if want := 8 * time.Second >> 1; gap < want || gap > 8*time.Second {
				t.Errorf("gap %d is %v, want from %v to 8s", i, gap, want)
			}
		}
		if last := gaps[len(gaps)-1]; last < 7*time.Second {
			t.Errorf("the last gap is %v, want close to 8s", last)
		}
	})
}

package crawler

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

// slow answers after a while and counts who is served at once.
type slow struct {
	takes         time.Duration
	inside, worst *atomic.Int32
	site          http.Handler
}

func newSlow(takes time.Duration, site http.Handler) slow {
	return slow{takes, new(atomic.Int32), new(atomic.Int32), site}
}

func (s slow) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if n := s.inside.Add(1); n > s.worst.Load() {
		s.worst.Store(n)
	}
	defer s.inside.Add(-1)
	<-time.After(s.takes) // of the bubble
	s.site.ServeHTTP(w, r)
}

// gap returns the shortest time from the end of one answer to the start of the
// next request, over all servers of the world.
func (w *world) gap() time.Duration {
	shortest := time.Duration(1 << 62)
	for i := 1; i < len(w.asked); i++ {
		shortest = min(shortest, w.asked[i].start.Sub(w.asked[i-1].end))
	}
	return shortest
}

func TestSourcesOfOneHostShareItsLane(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		server := newSlow(3*time.Second, static(newsSite()))
		w.serve("a.test", server)
		w.serve("www.a.test", server)
		w.crawl(t, m, Options{}, source("http://a.test"), source("http://www.a.test/two"), source("http://a.test/three"))
		if n := server.worst.Load(); n != 1 {
			t.Errorf("%d requests in flight at once, want 1", n)
		}
		if gap := w.gap(); gap < 2*time.Second {
			t.Errorf("shortest gap %v, want the 2s default", gap)
		}
	})
}

func TestGroupJoinsHosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		server := newSlow(time.Second, static(newsSite()))
		var sources []ewgwatch.Source
		for i, group := range []string{"x", "x", ""} {
			host := fmt.Sprintf("h%d.test", i%2)
			w.serve(host, server)
			s := source("http://" + host)
			s.Group = group
			sources = append(sources, s)
		}
		w.crawl(t, m, Options{}, sources...)
		if n := server.worst.Load(); n != 1 || w.gap() < 2*time.Second {
			t.Errorf("%d in flight, gap %v; want one lane for the group and for the source beside it", n, w.gap())
		}
	})
}

func TestHostsRunSideBySideUnderTheGlobalCap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		server := newSlow(time.Second, static(newsSite()))
		var sources []ewgwatch.Source
		for i := range 10 {
			host := fmt.Sprintf("h%d.test", i)
			w.serve(host, server)
			sources = append(sources, source("http://"+host))
		}
		w.crawl(t, m, Options{Concurrency: 4, Delay: -1}, sources...)
		if n := server.worst.Load(); n != 4 {
			t.Errorf("%d requests in flight at most, want 4", n)
		}
	})
}

func TestLargestOfTheDelaysHolds(t *testing.T) {
	for _, c := range []struct {
		name        string
		crawlDelay  string
		sourceDelay time.Duration
		want        time.Duration
	}{
		{"default", "", 0, 2 * time.Second},
		{"source", "", 5 * time.Second, 5 * time.Second},
		{"source may be quicker than the default", "", time.Second, time.Second},
		{"robots", "Crawl-delay: 10", 5 * time.Second, 10 * time.Second},
		{"source over robots", "Crawl-delay: 3", 5 * time.Second, 5 * time.Second},
		{"robots up to a minute", "Crawl-delay: 86400", 0, time.Minute},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			pages := newsSite()
			pages["/robots.txt"] = "User-agent: *\n" + c.crawlDelay
			w.serve("a.test", static(pages))
			s := source("http://a.test")
			s.Delay = c.sourceDelay
			w.crawl(t, m, Options{}, s)
			if gap := w.gap(); gap != c.want || len(w.asked) < 4 {
				t.Errorf("%s: shortest of %d gaps %v, want %v", c.name, len(w.asked), gap, c.want)
			}
		})
	}
}

// busy answers 429 or 503 a number of times before it serves.
func busy(times int, status int, retryAfter string, site http.Handler) (http.Handler, *atomic.Int32) {
	var asked atomic.Int32
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" || int(asked.Add(1)) > times {
			site.ServeHTTP(w, r)
			return
		}
		if retryAfter != "" {
			w.Header().Set("Retry-After", retryAfter)
		}
		w.WriteHeader(status)
	}), &asked
}

func TestBusyHostsAreAskedAgainLaterOrLeftAlone(t *testing.T) {
	for _, c := range []struct {
		name       string
		times      int
		status     int
		retryAfter string
		outcome    ewgwatch.Outcome // of the seed
		asked      int32            // requests for pages
		after      time.Duration    // before the second of them
	}{
		{"a short wait is waited", 1, 429, "90", ewgwatch.New, 5, 90 * time.Second},
		{"no time named", 1, 429, "", ewgwatch.New, 5, 20 * time.Second},
		{"a date", 1, 503, "Sat, 01 Jan 2000 00:01:40 GMT", ewgwatch.New, 5, 98 * time.Second},
		{"a long wait is not", 100, 429, "3600", ewgwatch.RateLimited, 1, 0},
		{"busy again", 100, 503, "60", ewgwatch.RateLimited, 2, time.Minute},
		{"unavailable without a time", 100, 503, "", ewgwatch.HTTPError, 2, 20 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			site, asked := busy(c.times, c.status, c.retryAfter, static(newsSite()))
			w.serve("a.test", site)
			got := w.crawl(t, m, Options{}, source("http://a.test"))
			if o := m.take()[0].Outcome; o != c.outcome || asked.Load() != c.asked {
				t.Errorf("%s: %s after %d requests, want %s after %d; %+v", c.name, o, asked.Load(), c.outcome, c.asked, got)
			}
			if c.after == 0 {
				return
			}
			if wait := w.asked[2].start.Sub(w.asked[1].end); wait != c.after {
				t.Errorf("%s: asked again after %v, want %v", c.name, wait, c.after)
			}
		})
	}
}

func TestHostLeftAloneIsNotAskedForOtherSources(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		site, asked := busy(100, 429, "7200", static(newsSite()))
		w.serve("a.test", site)
		got := w.crawl(t, m, Options{}, source("http://a.test"), source("http://a.test/two"))
		if asked.Load() != 1 {
			t.Errorf("%d requests, want 1", asked.Load())
		}
		for _, coverage := range got {
			if coverage.Reach != ewgwatch.ReachNone || coverage.Outcomes[ewgwatch.RateLimited] != 1 {
				t.Errorf("%s: %+v, want unread and rate-limited", coverage.Source, coverage)
			}
		}
	})
}

func TestHostThatIsBusyAgainAndAgainIsLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		site, odd := static(newsSite()), false
		w.serve("a.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/robots.txt" {
				odd = !odd
			}
			if odd {
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			site.ServeHTTP(w, r)
		}))
		s := source("http://a.test")
		s.Feeds, s.Sitemaps = []string{"http://a.test/feed"}, []string{"http://a.test/sitemap.xml"}
		got := w.crawl(t, m, Options{}, s)[0]
		if got.Outcomes[ewgwatch.New] != maxRefused || got.Outcomes[ewgwatch.RateLimited] != got.Discovered-maxRefused || got.Reach != ewgwatch.ReachPartial {
			t.Errorf("coverage %+v, want %d pages and the rest rate-limited", got, maxRefused)
		}
	})
}

func TestBrokenConnectionIsTriedOnceMore(t *testing.T) {
	for _, c := range []struct {
		breaks  int
		outcome ewgwatch.Outcome
	}{{1, ewgwatch.New}, {2, ewgwatch.NetError}} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			site, left := static(newsSite()), c.breaks
			w.serve("a.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if left--; left >= 0 {
					panic(http.ErrAbortHandler)
				}
				site.ServeHTTP(w, r)
			}))
			w.crawl(t, m, Options{}, source("http://a.test"))
			if page := m.take()[0]; page.Outcome != c.outcome {
				t.Errorf("after %d broken connections: %s (%s), want %s", c.breaks, page.Outcome, page.Detail, c.outcome)
			}
			if wait := w.asked[1].start.Sub(w.asked[0].end); wait != 10*time.Second {
				t.Errorf("tried again after %v, want five delays", wait)
			}
		})
	}
}

func TestRedirectToAnotherHostWaitsInThatHostsLane(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", http.RedirectHandler("http://b.test/two", http.StatusFound))
		b := newSlow(10*time.Second, static(newsSite()))
		w.serve("b.test", b)
		w.crawl(t, m, Options{}, source("http://a.test/x"), source("http://b.test"))
		if n := b.worst.Load(); n != 1 {
			t.Errorf("%d requests in flight at b.test, want 1", n)
		}
	})
}

func TestRedirectToWhatRobotsForbidsIsNotFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", http.RedirectHandler("http://b.test/private/page", http.StatusFound))
		w.serve("b.test", static(newsSite()))
		w.crawl(t, m, Options{}, source("http://a.test/x"))
		page := m.take()[0]
		if page.Outcome != ewgwatch.Robots || page.Detail != "robots.txt disallows /private" {
			t.Errorf("%s (%s), want robots", page.Outcome, page.Detail)
		}
	})
}

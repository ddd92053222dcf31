package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

// TestADeadlineLeavesTheRestForTheNextNight reads eight URLs, and robots.txt, of
// a host that wants 10 s between two.
func TestADeadlineLeavesTheRestForTheNextNight(t *testing.T) {
	for _, c := range []struct {
		deadline, took time.Duration
		read           int
		rest           bool
	}{
		{time.Nanosecond, 0, 0, true},
		{5 * time.Second, 0, 0, true}, // robots.txt alone
		{25 * time.Second, 20 * time.Second, 2, true},
		{time.Hour, 80 * time.Second, 8, false},
		{0, 80 * time.Second, 8, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			w.serve("a.test", static(newsSite()))
			s := source("http://a.test")
			s.Feeds, s.Sitemaps = []string{"http://a.test/feed"}, []string{"http://a.test/sitemap.xml"}
			start := time.Now()
			got := w.crawl(t, m, Options{Delay: 10 * time.Second, Deadline: c.deadline}, s)[0]
			read, left := got.Outcomes[ewgwatch.New], got.Outcomes[ewgwatch.OffBudget]
			if took := time.Since(start).Round(time.Second); read != c.read || took != c.took {
				t.Errorf("%v: %d read in %v, want %d in %v", c.deadline, read, took, c.read, c.took)
			}
			if c.rest != got.Cut || c.rest != strings.HasSuffix(got.Why, "the time of the night was up") {
				t.Errorf("%v: cut %v, %q", c.deadline, got.Cut, got.Why)
			}
			if read+left != got.Discovered || (left > 0) != c.rest {
				t.Errorf("%v: %d read and %d left of %d", c.deadline, read, left, got.Discovered)
			}
		})
	}
}

// TestSitesThatSendVisitorsToEachOtherWaitForNobody has every host answer with a
// redirect to the next, while there is room for one request at a time.
func TestSitesThatSendVisitorsToEachOtherWaitForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		const hosts = 12
		var sources []ewgwatch.Source
		for i := range hosts {
			next := fmt.Sprintf("http://h%d.test/page", (i+1)%hosts)
			w.serve(fmt.Sprintf("h%d.test", i), http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/" {
					http.Redirect(rw, r, next, http.StatusFound)
					return
				}
				rw.Header().Set("Content-Type", "text/html")
				fmt.Fprint(rw, article("Page"))
			}))
			sources = append(sources, source(fmt.Sprintf("http://h%d.test", i)))
		}
		for _, c := range w.crawl(t, m, Options{Concurrency: 1}, sources...) {
			if c.Reach != ewgwatch.ReachRead {
				t.Errorf("%s: %s, %s", c.Source, c.Reach, c.Why)
			}
		}
	})
}

package crawler

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>http://a.test/</link>
<item><title>One</title><link>http://a.test/one</link><pubDate>Fri, 25 Aug 2023 10:00:00 +0700</pubDate></item>
<item><title>Two</title><link>/two?utm_source=rss</link><pubDate>Sat, 26 Aug 2023 10:00:00 +0700</pubDate></item>
</channel></rss>`

const sitemap = `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>http://a.test/three</loc><lastmod>2023-08-25</lastmod></url>
<url><loc>http://elsewhere.test/x</loc></url></urlset>`

func newsSite() map[string]string {
	return map[string]string{
		"/":             article("Home", "/one#comments", "/four", "http://elsewhere.test/", "mailto:a@b.test", "/photo.jpg"),
		"/feed":         rss,
		"/sitemap.xml":  sitemap,
		"/one":          article("One", "/five"),
		"/two":          article("Two"),
		"/three":        article("Three"),
		"/four":         article("Four", "/"),
		"/five":         article("Five"),
		"/robots.txt":   "User-agent: *\nDisallow: /private\n",
		"/private/page": article("Private"),
	}
}

func TestAllWaysOfDiscoveryMeetInOneFrontier(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(newsSite()))
		s := source("http://a.test")
		s.Feeds, s.Sitemaps = []string{"http://a.test/feed"}, []string{"http://a.test/sitemap.xml"}
		// The clock of a bubble starts in 2000, when the feed's dates lie ahead.
		got := w.crawl(t, m, Options{Now: func() time.Time { return time.Now().AddDate(25, 0, 0) }}, s)

		want := []ewgwatch.Coverage{{
			Source: s.ID, Name: s.Name, Kind: ewgwatch.News, Discovered: 8, Reach: ewgwatch.ReachRead,
			Outcomes: map[ewgwatch.Outcome]int{ewgwatch.New: 8}, Pages: 6, Front: ewgwatch.New,
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("coverage (-want +got):\n%s", diff)
		}
		order := []string{"/feed", "/", "/sitemap.xml", "/two", "/one", "/three", "/four", "/five"}
		for i := range order {
			order[i] = "http://a.test" + order[i]
		}
		if diff := cmp.Diff(order, w.pages()); diff != "" {
			t.Errorf("requests in order (-want +got):\n%s", diff)
		}
	})
}

func TestSecondNightOverUnchangedSitesIsAllUnchanged(t *testing.T) {
	for _, whole := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			w.serve("a.test", static(newsSite()))
			s := source("http://a.test")
			s.Feeds = []string{"http://a.test/feed"}
			w.crawl(t, m, Options{Rest: -1}, s)
			first := m.take()
			got := w.crawl(t, m, Options{Rest: -1, Whole: func(string) bool { return whole }}, s)
			if n := got[0].Outcomes[ewgwatch.Unchanged]; n != len(first) || len(got[0].Outcomes) != 1 {
				t.Errorf("whole=%v: outcomes %v, want all %d unchanged", whole, got[0].Outcomes, len(first))
			}
			for _, page := range m.take() {
				if page.Body != nil || page.Previous.BodySHA256 == "" {
					t.Errorf("%s: unchanged page has a body or no previous visit", page.URL)
				}
				if conditional := page.Status == http.StatusNotModified; !whole && conditional != (page.Role == ewgwatch.RoleArticle && !page.Previous.Onward) {
					t.Errorf("%s (%s): status %d", page.URL, page.Role, page.Status)
				}
			}
		})
	}
}

func TestHandleErrorStopsTheCrawl(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(newsSite()))
		w.serve("b.test", static(newsSite()))
		full := errors.New("no space left on device")
		c := New(m, Options{})
		c.dial, c.lookup = w.dial, nil
		var calls atomic.Int32
		_, err := c.Crawl(t.Context(), []ewgwatch.Source{source("http://a.test"), source("http://b.test")},
			func(context.Context, ewgwatch.Page) error {
				if calls.Add(1) == 2 {
					return full
				}
				return nil
			})
		if !errors.Is(err, full) {
			t.Errorf("error %v, want %v", err, full)
		}
		if n := calls.Load(); n > 3 {
			t.Errorf("handle was called %d times, want it to stop", n)
		}
	})
}

type brokenRecorder struct{ err error }

func (r brokenRecorder) Record(context.Context, ewgwatch.Exchange) (ewgwatch.Capture, error) {
	return ewgwatch.Capture{}, r.err
}

func TestRecorderErrorStopsTheCrawl(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(newsSite()))
		full := errors.New("archive: no space left on device")
		c := New(m, Options{Recorder: brokenRecorder{full}})
		c.dial, c.lookup = w.dial, nil
		_, err := c.Crawl(t.Context(), []ewgwatch.Source{source("http://a.test")}, m.keep)
		if !errors.Is(err, full) || len(m.take()) != 0 {
			t.Errorf("error %v, want %v before anything is handed over", err, full)
		}
	})
}

func TestCancelReturnsAtOnceWithWhatWasSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(newsSite()))
		stuck := make(chan struct{})
		w.serve("b.test", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
			case <-stuck:
			}
		}))
		c := New(m, Options{Delay: time.Minute, Timeout: time.Hour})
		c.dial, c.lookup = w.dial, nil
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(90*time.Second, cancel) // of the bubble
		start := time.Now()
		got, err := c.Crawl(ctx, []ewgwatch.Source{source("http://a.test"), source("http://b.test")}, m.keep)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want %v", err, context.Canceled)
		}
		if took := time.Since(start); took > 91*time.Second {
			t.Errorf("took %v, want to stop within a second of 90s", took)
		}
		if got[0].Outcomes[ewgwatch.New] != 1 || got[0].Reach != ewgwatch.ReachPartial || !strings.Contains(got[0].Why, "stopped") {
			t.Errorf("coverage of a.test: %+v, want one page and a reason", got[0])
		}
		if got[1].Reach != ewgwatch.ReachNone || len(m.take()) != 1 {
			t.Errorf("coverage of b.test: %+v, want nothing", got[1])
		}
		close(stuck)
	})
}

func TestBlockedSiteIsUnreadAndSaysWhy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusForbidden) }))
		got := w.crawl(t, m, Options{}, source("http://a.test"))
		want := []ewgwatch.Coverage{{
			Source: "a.test", Name: "http://a.test", Kind: ewgwatch.News, Discovered: 1, Reach: ewgwatch.ReachNone,
			Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Blocked: 1}, Why: "403 from http://a.test/", Front: ewgwatch.Blocked,
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("coverage (-want +got):\n%s", diff)
		}
	})
}

func TestBrokenFeedLeavesTheRestReadable(t *testing.T) {
	for name, body := range map[string]string{
		"no feed":   "<?xml version=\"1.0\"?><note>hello</note>",
		"HTML":      article("Not a feed"),
		"truncated": rss[:len(rss)/2],
	} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			pages := newsSite()
			pages["/feed"] = body
			w.serve("a.test", static(pages))
			s := source("http://a.test")
			s.Feeds = []string{"http://a.test/feed"}
			got := w.crawl(t, m, Options{}, s)[0]
			if got.Reach != ewgwatch.ReachPartial || !strings.HasPrefix(got.Why, "feed http://a.test/feed: not a feed: ") {
				t.Errorf("%s: reach %s, why %q", name, got.Reach, got.Why)
			}
			if got.Outcomes[ewgwatch.Unreadable] != 1 || got.Outcomes[ewgwatch.New] != 4 {
				t.Errorf("%s: outcomes %v, want one unreadable and four new", name, got.Outcomes)
			}
		})
	}
}

func TestFailedVisitKeepsThePreviousOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		var down atomic.Bool
		site := static(newsSite())
		w.serve("a.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if down.Load() && r.URL.Path != "/robots.txt" {
				http.Error(w, "down", http.StatusInternalServerError)
				return
			}
			site.ServeHTTP(w, r)
		}))
		w.crawl(t, m, Options{Rest: -1}, source("http://a.test"))
		m.take()
		down.Store(true)
		w.crawl(t, m, Options{Rest: -1}, source("http://a.test"))
		pages := m.take()
		if len(pages) != 4 {
			t.Errorf("%d pages, want the 4 known ones", len(pages))
		}
		for _, page := range pages {
			if page.Outcome != ewgwatch.HTTPError || page.Previous.BodySHA256 == "" || page.Body != nil {
				t.Errorf("%s: %s, previous %+v", page.URL, page.Outcome, page.Previous)
			}
		}
	})
}

package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

const day = 24 * time.Hour

func TestWhatStandsStillIsLookedAtEverLess(t *testing.T) {
	now := time.Date(2026, 11, 23, 2, 15, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		visit ewgwatch.Visit
		ago   time.Duration // of the last visit
		still time.Duration // for which it had not changed then
		want  bool
	}{
		"an hour after":                      {ewgwatch.Visit{Outcome: ewgwatch.New}, time.Hour, 0, true},
		"the night after":                    {ewgwatch.Visit{Outcome: ewgwatch.New}, day, 0, false},
		"quiet for a week":                   {ewgwatch.Visit{Outcome: ewgwatch.Unchanged}, day, 7 * day, true},
		"quiet for a week, a week ago":       {ewgwatch.Visit{Outcome: ewgwatch.Unchanged}, 7 * day, 7 * day, false},
		"changed last night":                 {ewgwatch.Visit{Outcome: ewgwatch.Changed}, day, 0, false},
		"quiet for years":                    {ewgwatch.Visit{Outcome: ewgwatch.Unchanged}, 91 * day, 900 * day, false},
		"on topic, quiet for a week":         {ewgwatch.Visit{Outcome: ewgwatch.Unchanged, OnTopic: true}, 2 * day, 7 * day, false},
		"on topic, quiet for years":          {ewgwatch.Visit{Outcome: ewgwatch.Unchanged, OnTopic: true}, 14 * day, 900 * day, false},
		"on topic, quiet for years, seen":    {ewgwatch.Visit{Outcome: ewgwatch.Unchanged, OnTopic: true}, 13 * day, 900 * day, true},
		"timed out, though quiet for years":  {ewgwatch.Visit{Outcome: ewgwatch.Timeout}, day, 900 * day, false},
		"a listing, quiet for a week":        {ewgwatch.Visit{Outcome: ewgwatch.Unchanged, Listing: true}, day, 7 * day, false},
		"a listing, quiet for years":         {ewgwatch.Visit{Outcome: ewgwatch.Unchanged, Listing: true}, 3 * day, 900 * day, false},
		"gone for good":                      {ewgwatch.Visit{Outcome: ewgwatch.Gone}, day, 30 * day, true},
		"gone since last night":              {ewgwatch.Visit{Outcome: ewgwatch.Gone}, day, 0, false},
		"visited by a clock that runs ahead": {ewgwatch.Visit{Outcome: ewgwatch.New}, -day, 0, false},
	} {
		c.visit.At = now.Add(-c.ago)
		c.visit.ReadAt = c.visit.At.Add(-c.still)
		c.visit.FirstSeen = c.visit.ReadAt
		if got := isResting(c.visit, 12*time.Hour, now); got != c.want {
			t.Errorf("%s: resting %v, want %v", name, got, c.want)
		}
	}
}

// TestARestingPageIsWokenByWhatSaysThatItChanged crawls twice in an hour, and
// changes a date of the sitemap in between.
func TestARestingPageIsWokenByWhatSaysThatItChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		changed := time.Now().Add(-day)
		w.serve("a.test", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/sitemap.xml":
				fmt.Fprintf(rw, `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://a.test/one</loc><lastmod>%s</lastmod></url>`+
					`<url><loc>http://a.test/two</loc><lastmod>2000-01-01</lastmod></url></urlset>`, changed.Format(time.RFC3339))
			case "/robots.txt":
				http.NotFound(rw, r)
			default:
				rw.Header().Set("Content-Type", "text/html")
				io.WriteString(rw, article("Page", "/one", "/two"))
			}
		}))
		s := source("http://a.test")
		s.Sitemaps = []string{"http://a.test/sitemap.xml"}
		w.crawl(t, m, Options{}, s)
		m.take()
		<-time.After(time.Hour)
		for range 2 {
			if got := w.crawl(t, m, Options{}, s)[0]; got.Outcomes[ewgwatch.Resting] != 2 || got.Reach != ewgwatch.ReachRead || got.Discovered != 4 {
				t.Errorf("%+v, want two pages at rest of four", got)
			}
		}
		m.take()
		changed = time.Now()
		<-time.After(time.Hour)
		got := w.crawl(t, m, Options{}, s)[0]
		if _, read := outcomes(m.take())["http://a.test/one"]; !read || got.Outcomes[ewgwatch.Resting] != 1 {
			t.Errorf("%+v, want /one awake and /two at rest", got)
		}
	})
}

// TestAListingHidesNothingAfterANightThatWasKilled ends the first night right
// after a listing was read, before the article that it alone links to.
func TestAListingHidesNothingAfterANightThatWasKilled(t *testing.T) {
	for name, ago := range map[string]time.Duration{"at rest": time.Hour, "asked again": 30 * time.Hour} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, m := newWorld(t), newMemory()
				defer w.close()
				w.serve("a.test", static(map[string]string{
					"/": article("Front", "/list"), "/list": article("List", "/one"), "/one": article("One"),
				}))
				killed := errors.New("killed")
				c := New(m, Options{})
				c.dial, c.lookup = w.dial, nil
				_, err := c.Crawl(t.Context(), []ewgwatch.Source{source("http://a.test")}, func(ctx context.Context, page ewgwatch.Page) error {
					if page.URL == "http://a.test/one" {
						return killed
					}
					return m.keep(ctx, page)
				})
				if !errors.Is(err, killed) {
					t.Fatalf("the first night ended with %v before it was killed", err)
				}
				m.take()
				<-time.After(ago)
				w.crawl(t, m, Options{}, source("http://a.test"))
				if _, read := outcomes(m.take())["http://a.test/one"]; !read {
					t.Error("the listing hid the article")
				}
			})
		})
	}
}

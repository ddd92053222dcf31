package crawler

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

func TestTheFrontIsWhatTheSourcesOwnAddressesHeld(t *testing.T) {
	for name, c := range map[string]struct {
		paths map[string]string
		want  ewgwatch.Outcome
	}{
		"seed and feed are there":                {map[string]string{"/": article("Home"), "/feed": rss}, ewgwatch.New},
		"the feed alone":                         {map[string]string{"/feed": rss}, ewgwatch.New},
		"the seed alone":                         {map[string]string{"/": article("Home")}, ewgwatch.New},
		"neither":                                {map[string]string{"/one": article("One")}, ewgwatch.Gone},
		"an empty seed, and a feed that is none": {map[string]string{"/": "", "/feed": "no feed"}, ewgwatch.Unreadable},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			defer w.close()
			w.serve("a.test", static(c.paths))
			s := source("http://a.test")
			s.Feeds = []string{"http://a.test/feed"}
			if got := w.crawl(t, newMemory(), Options{}, s)[0]; got.Front != c.want || got.Cut {
				t.Errorf("%s: front is %q, want %q; cut: %v", name, got.Front, c.want, got.Cut)
			}
		})
	}
}

func TestASourceWithoutAHostHasItsFrontLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		if got := w.crawl(t, newMemory(), Options{}, source("http://nowhere.test"))[0]; got.Front != ewgwatch.DNSError {
			t.Errorf("front is %q", got.Front)
		}
	})
}

func TestOnlyASourceThatWasUnderWayIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		w.serve("a.test", static(newsSite()))
		w.serve("b.test", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(25*time.Second, cancel) // of the bubble; b.test is given up after 30
		c := New(newMemory(), Options{})
		c.dial, c.lookup = w.dial, nil
		got, err := c.Crawl(ctx, []ewgwatch.Source{source("http://a.test"), source("http://b.test")}, func(context.Context, ewgwatch.Page) error { return nil })
		if !errors.Is(err, context.Canceled) || got[0].Cut || got[0].Pages != 4 || !got[1].Cut {
			t.Errorf("%v; a.test is cut: %v after %d pages, b.test: %v", err, got[0].Cut, got[0].Pages, got[1].Cut)
		}
	})
}

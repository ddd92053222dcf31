package crawler

import (
	"errors"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"ewgwatch"
)

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func TestPanicOnHostileInputEndsOneVisit(t *testing.T) {
	b := newBrowser(tripper(func(*http.Request) (*http.Response, error) { panic("boom") }), "test")
	v := &visit{page: ewgwatch.Page{URL: "http://a.test/"}}
	err := b.open(t.Context(), v)
	v.settle(err, Options{}.withDefaults().Now, 1)
	if v.page.Outcome != ewgwatch.Unreadable || !strings.Contains(v.page.Detail, "boom") {
		t.Errorf("%s (%s), want unreadable", v.page.Outcome, v.page.Detail)
	}
	down := errors.New("down")
	b.tap.next = tripper(func(*http.Request) (*http.Response, error) { return nil, down })
	if err := b.open(t.Context(), v); !errors.Is(err, down) {
		t.Errorf("after the panic: %v, want the browser to go on", err)
	}
}

func TestSettingsAreNotTakenFromTheEnvironment(t *testing.T) {
	t.Setenv("COLLY_CACHE_DIR", t.TempDir())
	t.Setenv("COLLY_USER_AGENT", "somebody else")
	c := newBrowser(http.DefaultTransport, "test").collector
	if c.CacheDir != "" || c.UserAgent != "test" {
		t.Errorf("cache %q, user agent %q", c.CacheDir, c.UserAgent)
	}
}

func TestCrawlLeavesNoGoroutineBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(newsSite()))
		w.serve("b.test", hostile(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
		w.crawl(t, m, Options{}, source("http://a.test"), source("http://b.test"), source("http://nowhere.test"))
		synctest.Wait()
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		for _, left := range []string{"net/http.(*persistConn)", "net/http.(*Transport)", "crawler.(*tour)", "crawler.(*lane)"} {
			if strings.Contains(string(stacks), left) {
				t.Errorf("a goroutine is left in %s", left)
			}
		}
	})
}

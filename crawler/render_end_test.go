package crawler

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"ewgwatch"
)

func TestPageThatNeverEndsIsEndedAndTheNextOneRead(t *testing.T) {
	needsChromium(t)
	site := serveScripted(t, "127.0.0.2:0", map[string]string{
		"/":        `<!doctype html><body><a href=/endless>1</a><a href=/polling>2</a><p>` + strings.Repeat(words, 20),
		"/endless": `<!doctype html><body><p>` + words + `<script>for (;;) {}</script>`,
		"/polling": `<!doctype html><body><p>` + strings.Repeat(words, 20) + `<script>setInterval(() => fetch("/tick.json"), 100)</script>`,
	})
	c := New(nil, allowing("127.0.0.2"))
	c.limits.page, c.limits.last, c.limits.requests = 4*time.Second, 2*time.Second, 5
	start := time.Now()
	pages, _ := crawlScripted(t, c, site.source())
	if took := time.Since(start); took > 25*time.Second {
		t.Errorf("three pages of at most 4s took %v", took)
	}
	endless, polling := pages[site.URL+"/endless"], pages[site.URL+"/polling"]
	if endless.Outcome != ewgwatch.Timeout || !strings.Contains(endless.Detail, "scripts do not come to an end") {
		t.Errorf("endless: %s (%s)", endless.Outcome, endless.Detail)
	}
	if polling.Outcome != ewgwatch.New {
		t.Errorf("polling: %s (%s), want what there was when its time was over", polling.Outcome, polling.Detail)
	}
	if n := strings.Count(site.requests(), "/tick.json"); n != 5 {
		t.Errorf("%d requests of scripts, want the 5 a page may make", n)
	}
}

func TestPageThatBringsTheBrowserDownIsAloneInThat(t *testing.T) {
	needsChromium(t)
	if memoryOf(os.Getpid()) == 0 {
		t.Skip("memory is not watched on this system")
	}
	site := serveScripted(t, "127.0.0.2:0", map[string]string{
		"/":      `<!doctype html><body><a href=/heap>1</a><a href=/bytes>2</a><a href=/well>3</a><p>` + strings.Repeat(words, 20),
		"/heap":  `<!doctype html><body><p>` + words + `<script>const a = []; for (;;) a.push({a: [Math.random(), 1, 2, 3]})</script>`,
		"/bytes": `<!doctype html><body><p>` + words + `<script>const a = []; for (;;) a.push(new Uint8Array(1 << 24).fill(a.length))</script>`,
		"/well":  `<!doctype html><body><p>` + strings.Repeat(words, 20),
	})
	c := New(nil, allowing("127.0.0.2"))
	c.limits.memory = 500 << 20
	pages, _ := crawlScripted(t, c, site.source())
	for _, path := range []string{"/heap", "/bytes"} {
		if page := pages[site.URL+path]; page.Outcome != ewgwatch.NetError || !strings.Contains(page.Detail, "memory") {
			t.Errorf("%s: %s (%s)", path, page.Outcome, page.Detail)
		}
	}
	if well := pages[site.URL+"/well"]; well.Outcome != ewgwatch.New {
		t.Errorf("the page after them: %s (%s)", well.Outcome, well.Detail)
	}
}

func TestEndOfTheCrawlEndsTheBrowserAtOnce(t *testing.T) {
	needsChromium(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var ended time.Time
	site := serveScripted(t, "127.0.0.2:0", map[string]string{"/": `<!doctype html><body><script src=/app.js></script>`})
	site.Config.Handler = interruptAt("/app.js", site.Config.Handler, func() { ended = time.Now(); cancel() })
	m := newMemory()
	_, err := New(m, allowing("127.0.0.2")).Crawl(ctx, []ewgwatch.Source{site.source()}, m.keep)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if took := time.Since(ended); ended.IsZero() || took > 2*time.Second {
		t.Errorf("the crawl ended %v after it was told to", took)
	}
}

func interruptAt(path string, next http.Handler, interrupt func()) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == path {
			interrupt()
		}
		next.ServeHTTP(w, r)
	})
}

package crawler

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

// archived keeps exchanges as an archive does.
type archived struct {
	mu        sync.Mutex
	exchanges []ewgwatch.Exchange
}

func (a *archived) Record(_ context.Context, x ewgwatch.Exchange) (ewgwatch.Capture, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.exchanges = append(a.exchanges, x)
	return ewgwatch.Capture{SHA256: sum(x.Body), File: "x", Offset: int64(len(a.exchanges))}, nil
}

const app = `
fetch("/api/news.json").then(r => r.json()).then(news => {
	for (const text of news.texts) {
		const p = document.createElement("p"); p.textContent = text; document.body.append(p);
	}
	const a = document.createElement("a"); a.href = "story"; a.textContent = "More"; document.body.append(a);
});
new Image().src = "/pixel.gif"; navigator.sendBeacon("/beacon", "x");`

func TestTextThatScriptsMakeIsReadAndItsLinksFollowed(t *testing.T) {
	needsChromium(t)
	site := serveScripted(t, "127.0.0.2:0", map[string]string{
		"/":              `<!doctype html><title>Home</title><meta charset=utf-8><base href="/news/"><link rel=stylesheet href=/style.css><body><script src="/app.js"></script><iframe src=/frame></iframe>`,
		"/app.js":        app,
		"/api/news.json": `{"texts": ["` + strings.Repeat(words, 10) + `", "Zażółć 東京"]}`,
		"/news/story":    `<!doctype html><title>Story</title><body><script src="/app.js"></script>`,
	})
	var archive archived
	o := allowing("127.0.0.2")
	o.Recorder, o.Contact = &archive, "mailto:desk@example.org"
	pages, coverage := crawlScripted(t, New(nil, o), site.source())
	home, story := pages[site.URL+"/"], pages[site.URL+"/news/story"]
	if home.Outcome != ewgwatch.New || !strings.Contains(string(home.Body), words) || !strings.Contains(string(home.Body), "Zażółć 東京") {
		t.Errorf("home: %s (%s): %s", home.Outcome, home.Detail, home.Body)
	}
	if story.Outcome != ewgwatch.New || coverage.Reach != ewgwatch.ReachRead {
		t.Errorf("story: %s (%s), coverage %+v", story.Outcome, story.Detail, coverage)
	}
	if got := home.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
		t.Errorf("content type %s", got)
	}
	got := site.requests()
	for _, never := range []string{"/pixel.gif", "/beacon", "/style.css", "/frame", "/favicon.ico"} {
		if strings.Contains(got, never) {
			t.Errorf("%s was asked for:\n%s", never, got)
		}
	}
	if n := strings.Count(got, "/app.js"); n != 1 {
		t.Errorf("the script was asked for %d times, want once:\n%s", n, got)
	}
	checkArchived(t, archive.exchanges, site.URL, home)
}

// checkArchived expects the answers as they came, and the document last, which
// the page cites.
func checkArchived(t *testing.T, exchanges []ewgwatch.Exchange, base string, home ewgwatch.Page) {
	t.Helper()
	var got []string
	for _, x := range exchanges {
		got = append(got, fmt.Sprintf("%s %v", strings.TrimPrefix(x.URL, base), x.Rendered))
		if agent := x.RequestHead.Get("User-Agent"); !x.Rendered && agent != "ewgwatch/dev (+mailto:desk@example.org)" {
			t.Errorf("%s was asked for by %q", x.URL, agent)
		}
	}
	want := "/ false,/app.js false,/api/news.json false,/ true,/news/story false,/api/news.json false,/news/story true"
	if strings.Join(got, ",") != want {
		t.Errorf("archived %v, want %s", got, want)
	}
	if home.Capture.Offset != 4 || home.Capture.SHA256 != sum(home.Body) {
		t.Errorf("home cites %+v", home.Capture)
	}
}

func TestRedirectsAreFollowedBeforeAndWithinTheBrowser(t *testing.T) {
	needsChromium(t)
	site := serveScripted(t, "127.0.0.2:0", map[string]string{
		"/":           "->/moved",
		"/moved":      `<!doctype html><body><script>alert("hello"); location.href = "/onward"</script>`,
		"/onward":     "->/last",
		"/last":       `<!doctype html><body><p>` + strings.Repeat(words, 20) + `<script>fetch("/old.json").then(r => r.text()).then(t => document.body.append(t))</script>`,
		"/old.json":   "->/new.json",
		"/new.json":   "it has moved on",
		"/robots.txt": "",
	})
	pages, _ := crawlScripted(t, New(nil, allowing("127.0.0.2")), site.source())
	home := pages[site.URL+"/"]
	if home.Outcome != ewgwatch.New || home.FinalURL != site.URL+"/last" || !strings.Contains(string(home.Body), "it has moved on") {
		t.Errorf("%s (%s) at %s: %s", home.Outcome, home.Detail, home.FinalURL, home.Body)
	}
}

func TestScriptsAskAndPostAsInAnyBrowser(t *testing.T) {
	needsChromium(t)
	var got []string
	api := serveScripted(t, "127.0.0.3:0", nil)
	site := serveScripted(t, "127.0.0.2:0", map[string]string{"/": `<!doctype html><body><p>` + strings.Repeat(words, 20) + `<script>
fetch("` + api.URL + `/graphql", {method: "POST", headers: {"Content-Type": "application/json", "X-Key": "k"}, body: '{"query": "é"}'})
	.then(r => r.text()).then(t => document.body.append(t), e => document.body.append("refused"))</script>`})
	api.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		api.mu.Lock()
		defer api.mu.Unlock()
		got = append(got, fmt.Sprintf("%s %s %s %s", r.Method, r.URL.Path, r.Header.Get("X-Key"), body))
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Access-Control-Allow-Headers", "content-type, x-key")
		io.WriteString(w, "answered")
	})
	pages, _ := crawlScripted(t, New(nil, allowing("127.0.0.2", "127.0.0.3")), site.source())
	if home := pages[site.URL+"/"]; !strings.HasSuffix(string(home.Body), "answered</body></html>") {
		t.Errorf("%s (%s): %s", home.Outcome, home.Detail, home.Body)
	}
	want := []string{"GET /robots.txt  ", "OPTIONS /graphql  ", `POST /graphql k {"query": "é"}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestWithoutBrowserThePageSaysSo(t *testing.T) {
	site := serveScripted(t, "127.0.0.2:0", map[string]string{
		"/":     `<!doctype html><body><script src="/app.js"></script>`,
		"/feed": rss,
	})
	o := allowing("127.0.0.2")
	o.Chromium = filepath.Join(t.TempDir(), "chromium")
	s := site.source()
	s.Feeds = []string{site.URL + "/feed"}
	pages, coverage := crawlScripted(t, New(nil, o), s)
	if home := pages[site.URL+"/"]; home.Outcome != ewgwatch.NoBrowser || !strings.Contains(home.Detail, "install Chromium") || home.Body != nil {
		t.Errorf("%s (%s)", home.Outcome, home.Detail)
	}
	if feed := pages[site.URL+"/feed"]; feed.Outcome != ewgwatch.New {
		t.Errorf("the feed needs no browser: %s (%s)", feed.Outcome, feed.Detail)
	}
	if coverage.Reach == ewgwatch.ReachRead || !strings.Contains(coverage.Why, "browser") {
		t.Errorf("coverage %+v, want the trouble said", coverage)
	}
}

func TestShellThatScriptsDoNotFillIsStillAShell(t *testing.T) {
	needsChromium(t)
	site := serveScripted(t, "127.0.0.2:0", map[string]string{"/": `<!doctype html><body><div id=app></div><script>1</script>`})
	pages, _ := crawlScripted(t, New(nil, allowing("127.0.0.2")), site.source())
	if home := pages[site.URL+"/"]; home.Outcome != ewgwatch.EmptyShell || !strings.Contains(home.Detail, "did not fill") {
		t.Errorf("%s (%s)", home.Outcome, home.Detail)
	}
}

// TestABotCheckIsNotRun serves a check that any browser would pass.
func TestABotCheckIsNotRun(t *testing.T) {
	needsChromium(t)
	site := serveScripted(t, "127.0.0.2:0", map[string]string{
		"/": `<!doctype html><title>Just a moment...</title><body><p>Checking your browser before accessing the site.</p>
			<script src="/check.js"></script>`,
		"/check.js": `document.title = "News"; document.body.innerHTML = "<article>" + "The ministers met. ".repeat(200) + "</article>"`,
	})
	pages, _ := crawlScripted(t, New(nil, allowing("127.0.0.2")), site.source())
	if home := pages[site.URL+"/"]; home.Outcome != ewgwatch.Challenge || home.Body != nil {
		t.Errorf("%s (%s), want the check written down and not passed", home.Outcome, home.Detail)
	}
}

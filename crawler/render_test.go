package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ewgwatch"
)

const words = "The defence ministers' working group met again and spoke of what it had planned for the year. "

// scripted is a site on loopback that notes what it is asked for.
type scripted struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

// serveScripted serves pages by path, as HTML, scripts or JSON by their ending.
// A value that starts with "->" redirects.
func serveScripted(t *testing.T, address string, pages map[string]string) *scripted {
	t.Helper()
	s := &scripted{}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	s.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.Method+" "+r.URL.RequestURI())
		s.mu.Unlock()
		page, ok := pages[r.URL.Path]
		if to, is := strings.CutPrefix(page, "->"); is {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		media := map[string]string{".js": "text/javascript", ".json": "application/json", ".txt": "text/plain"}[filepath.Ext(r.URL.Path)]
		if media == "" {
			media = "text/html; charset=utf-8"
		}
		w.Header().Set("Content-Type", media)
		if !ok {
			w.WriteHeader(http.StatusNotFound)
		}
		io.WriteString(w, page)
	}))
	s.Listener.Close()
	s.Listener = listener
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func (s *scripted) requests() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.asked, "\n") + "\n"
}

func (s *scripted) source() ewgwatch.Source {
	one := source(s.URL)
	one.Render = true
	return one
}

// needsChromium skips a test that nothing can be seen by without a browser.
func needsChromium(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser")
	}
	if _, err := findChromium(""); err != nil {
		t.Skipf("no browser to test with: %v", err)
	}
	profiles := filepath.Join(os.TempDir(), fmt.Sprint("ew", os.Getpid())) // Chromium makes a socket, whose path must be short
	if err := os.Mkdir(profiles, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", profiles)
	t.Cleanup(func() {
		if left := processesWith(t, profiles); len(left) > 0 {
			t.Errorf("left running: %v", left)
		}
		if left, _ := filepath.Glob(filepath.Join(profiles, "*")); len(left) > 0 {
			t.Errorf("left in the temporary folder: %v", left)
		}
		os.RemoveAll(profiles)
	})
}

// processesWith returns the processes whose command line names a folder.
func processesWith(t *testing.T, folder string) (found []string) {
	t.Helper()
	names, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if line, err := os.ReadFile(name); err == nil && strings.Contains(string(line), folder) {
			found = append(found, name+" "+strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return found
}

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

func allowing(hosts ...string) Options {
	o := Options{Delay: -1}
	for _, host := range hosts {
		o.AllowAddresses = append(o.AllowAddresses, netip.MustParsePrefix(host+"/32"))
	}
	return o
}

// crawlScripted crawls one source and returns its pages by URL.
func crawlScripted(t *testing.T, c *Crawler, source ewgwatch.Source) (map[string]ewgwatch.Page, ewgwatch.Coverage) {
	t.Helper()
	m := newMemory()
	c.history = m
	coverage, err := c.Crawl(t.Context(), []ewgwatch.Source{source}, m.keep)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]ewgwatch.Page{}
	for _, page := range m.take() {
		pages[page.URL] = page
	}
	return pages, coverage[0]
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

func TestBrowserIsBoundByGuardAndRobots(t *testing.T) {
	needsChromium(t)
	inner := serveScripted(t, "127.0.0.99:0", map[string]string{"/secret.json": `{}`})
	outer := serveScripted(t, "127.0.0.3:0", map[string]string{"/open.json": `{}`, "/robots.txt": ""})
	site := serveScripted(t, "127.0.0.2:0", map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /private\n",
		"/": `<!doctype html><body><p id=seen></p><script>
const seen = document.getElementById("seen");
for (const url of ["` + inner.URL + `/secret.json", "/private/data.json", "/public.json", "` + outer.URL + `/open.json"])
	fetch(url).then(() => seen.append(" got " + url), () => seen.append(" refused " + url));
try { new WebSocket("ws` + strings.TrimPrefix(inner.URL, "http") + `/socket"); } catch (e) {}
try { new WebTransport("https` + strings.TrimPrefix(inner.URL, "http") + `/transport").ready.catch(() => 0); } catch (e) {}
try {
	const peer = new RTCPeerConnection({iceServers: [{urls: "stun:` + inner.Listener.Addr().String() + `"}]});
	peer.createDataChannel("x"); peer.createOffer().then(offer => peer.setLocalDescription(offer));
} catch (e) {}
open("` + inner.URL + `/popup");
navigator.serviceWorker && navigator.serviceWorker.register("/worker.js").catch(() => 0);
new Worker(URL.createObjectURL(new Blob(['fetch("` + inner.URL + `/worker.json")'])));
</script><link rel=preconnect href="` + inner.URL + `"><link rel=prefetch href="` + inner.URL + `/prefetch"><p>` + strings.Repeat(words, 20),
		"/public.json": "{}",
	})
	var touched sync.Map
	countDatagrams(t, inner.Listener.Addr().String(), &touched)
	inner.Config.ConnState = func(c net.Conn, _ http.ConnState) { touched.Store(c.RemoteAddr().String(), true) }
	pages, _ := crawlScripted(t, New(nil, allowing("127.0.0.2", "127.0.0.3")), site.source())
	home := pages[site.URL+"/"]
	body := string(home.Body)
	for _, want := range []string{"refused " + inner.URL, "refused /private/data.json", "got /public.json", "refused " + outer.URL} {
		if !strings.Contains(body, want) {
			t.Errorf("want %q in %s (%s): %s", want, home.Outcome, home.Detail, body)
		}
	}
	if strings.Contains(site.requests(), "/private") {
		t.Errorf("robots.txt was not obeyed:\n%s", site.requests())
	}
	if !strings.Contains(outer.requests(), "GET /robots.txt\nGET /open.json") {
		t.Errorf("want robots.txt before anything else of another host, have:\n%s", outer.requests())
	}
	touched.Range(func(from, _ any) bool {
		t.Errorf("%v connected to an address that no allow list names", from)
		return true
	})
}

// countDatagrams notes who sends anything to an address without a connection, as
// WebRTC and QUIC do.
func countDatagrams(t *testing.T, address string, senders *sync.Map) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			_, from, err := listener.ReadFrom(make([]byte, 2048))
			if err != nil {
				return
			}
			senders.Store("udp "+from.String(), true)
		}
	}()
}

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

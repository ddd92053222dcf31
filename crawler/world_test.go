package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"ewgwatch"
)

// world is a set of web servers in memory, so that a test can run in a bubble
// of testing/synctest: hours of delays pass in no time, and a goroutine left
// behind fails the test.
type world struct {
	mu        sync.Mutex
	listeners map[string]*listener // by host:port
	servers   []*http.Server
	asked     []request
}

// request is what a server of the world saw.
type request struct {
	url        string
	start, end time.Time
	header     http.Header
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{listeners: map[string]*listener{}}
	t.Cleanup(w.close)
	return w
}

func (w *world) close() {
	for _, server := range w.servers {
		server.Close()
	}
}

// serve puts a site at a host; "example.test" means port 80.
func (w *world) serve(host string, site http.Handler) {
	address := host
	if _, _, err := net.SplitHostPort(host); err != nil {
		address = net.JoinHostPort(host, "80")
	}
	l := &listener{conns: make(chan net.Conn), closed: make(chan struct{})}
	w.listeners[address] = l
	server := &http.Server{Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		seen := request{url: "http://" + r.Host + r.URL.String(), start: time.Now(), header: r.Header}
		defer func() {
			seen.end = time.Now()
			w.mu.Lock()
			w.asked = append(w.asked, seen)
			w.mu.Unlock()
		}()
		site.ServeHTTP(rw, r)
	})}
	w.servers = append(w.servers, server)
	go server.Serve(l)
}

func (w *world) dial(ctx context.Context, _, address string) (net.Conn, error) {
	l, ok := w.listeners[address]
	if !ok {
		host, _, _ := net.SplitHostPort(address)
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	here, there := net.Pipe()
	select {
	case l.conns <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// pages are the URLs asked for, robots.txt left out, in order.
func (w *world) pages() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var urls []string
	for _, r := range w.asked {
		if len(r.url) < 11 || r.url[len(r.url)-11:] != "/robots.txt" {
			urls = append(urls, r.url)
		}
	}
	return urls
}

// crawl runs a crawl in the world and remembers it.
func (w *world) crawl(t *testing.T, m *memory, o Options, sources ...ewgwatch.Source) []ewgwatch.Coverage {
	t.Helper()
	c := New(m, o)
	c.dial, c.lookup = w.dial, nil
	coverage, err := c.Crawl(t.Context(), sources, m.keep)
	if err != nil {
		t.Fatalf("crawl: %v", err)
	}
	return coverage
}

type listener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *listener) Addr() net.Addr { return &net.TCPAddr{} }

// memory is a history that a crawl writes itself, as the store does.
type memory struct {
	mu     sync.Mutex
	visits map[string]ewgwatch.Visit
	pages  []ewgwatch.Page
}

func newMemory() *memory { return &memory{visits: map[string]ewgwatch.Visit{}} }

func (m *memory) Visit(url string) (ewgwatch.Visit, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.visits[url]
	return v, ok, nil
}

func (m *memory) Visits(source string) ([]ewgwatch.Visit, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var visits []ewgwatch.Visit
	for _, v := range m.visits {
		if v.Source == source {
			visits = append(visits, v)
		}
	}
	return visits, nil
}

func (m *memory) keep(_ context.Context, page ewgwatch.Page) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pages = append(m.pages, page)
	v := page.Previous
	v.URL, v.Source, v.At, v.Outcome, v.Status = page.URL, page.Source.ID, page.FetchedAt, page.Outcome, page.Status
	if v.FirstSeen.IsZero() {
		v.FirstSeen = page.FetchedAt
	}
	if page.Outcome.Read() {
		v.Onward = page.Onward
	}
	if page.Outcome.HasBody() {
		hash := sha256.Sum256(page.Body)
		v.BodySHA256 = hex.EncodeToString(hash[:])
		v.ETag, v.LastModified = page.Header.Get("ETag"), page.Header.Get("Last-Modified")
	}
	m.visits[page.URL] = v
	return nil
}

// take returns the pages since the last call.
func (m *memory) take() []ewgwatch.Page {
	m.mu.Lock()
	defer m.mu.Unlock()
	pages := m.pages
	m.pages = nil
	return pages
}

// outcomes are the pages by URL.
func outcomes(pages []ewgwatch.Page) map[string]ewgwatch.Outcome {
	byURL := map[string]ewgwatch.Outcome{}
	for _, page := range pages {
		byURL[page.URL] = page.Outcome
	}
	return byURL
}

// article is a page of words with links.
func article(title string, links ...string) string {
	page := "<!doctype html><html><head><title>" + title + "</title></head><body><h1>" + title + "</h1>"
	for range 5 {
		page += "<p>The defence ministers' working group met again and spoke of what it had planned for the year.</p>"
	}
	for i, link := range links {
		page += fmt.Sprintf(`<a href="%s">story %d</a>`, link, i)
	}
	return page + "</body></html>"
}

// static serves fixed pages by path; the value's type is told by its start.
// Each page has an ETag.
func static(pages map[string]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.RequestURI()]
		if !ok {
			http.NotFound(w, r)
			return
		}
		hash := sha256.Sum256([]byte(body))
		tag := `"` + hex.EncodeToString(hash[:8]) + `"`
		w.Header().Set("ETag", tag)
		switch {
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
			return
		case len(body) > 5 && body[:5] == "<?xml":
			w.Header().Set("Content-Type", "application/xml")
		case len(body) > 5 && body[:5] == "<!doc":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		default:
			w.Header().Set("Content-Type", "text/plain")
		}
		fmt.Fprint(w, body)
	})
}

func source(address string) ewgwatch.Source {
	return ewgwatch.Source{ID: address[len("http://"):], URL: address, Name: address, Kind: ewgwatch.News}
}

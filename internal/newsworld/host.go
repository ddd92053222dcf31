package newsworld

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// answer is what a path of a site holds.
type answer struct {
	mediaType string
	body      []byte
	modified  time.Time
	link      string // Link header; "" for none
}

// host serves one site.
type host struct {
	site     Site
	latency  time.Duration
	listener net.Listener
	server   *http.Server
	answers  atomic.Pointer[map[string]answer]
	meter    meter
	running  sync.WaitGroup // the serving goroutine and every connection
	served   bool
}

func newHost(site Site, listener net.Listener, latency time.Duration) *host {
	h := &host{site: site, listener: listener, latency: latency}
	h.server = &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ConnState: h.count}
	return h
}

// count keeps close waiting until the last connection has ended. The server
// reports a new connection before its serving goroutine can end.
func (h *host) count(_ net.Conn, state http.ConnState) {
	if state == http.StateNew {
		h.running.Add(1)
	}
	if state == http.StateClosed || state == http.StateHijacked {
		h.running.Done()
	}
}

func (h *host) publish(answers map[string]answer) { h.answers.Store(&answers) }

func (h *host) serve() {
	h.served = true
	h.running.Go(func() {
		// Serve returns only once close has shut the listener.
		_ = h.server.Serve(h.listener)
	})
}

func (h *host) close() error {
	err := h.server.Close()
	if !h.served {
		err = errors.Join(err, h.listener.Close())
	}
	h.running.Wait()
	return err
}

// ServeHTTP answers one request the way the site behaves.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.meter.begin(r.URL.RequestURI(), time.Now())
	seen := &statusWriter{ResponseWriter: w}
	defer func() { h.meter.end(seen.status == http.StatusNotModified) }()
	if !h.wait(r) {
		return
	}
	h.answer(seen, r)
}

// wait holds a slow site's answer back; it reports false where nobody waits
// for the answer any more.
func (h *host) wait(r *http.Request) bool {
	if h.latency == 0 {
		return true
	}
	timer := time.NewTimer(h.latency)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

func (h *host) answer(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if h.site.Blocked && r.URL.Path != "/robots.txt" {
		forbid(w)
		return
	}
	found, ok := (*h.answers.Load())[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", found.mediaType)
	if found.link != "" {
		w.Header().Set("Link", found.link)
	}
	if h.site.NoValidators {
		_, _ = w.Write(found.body)
		return
	}
	body := found.body
	if h.site.Gzip && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		body = compress(body)
		w.Header().Set("Content-Encoding", "gzip")
	}
	sum := sha256.Sum256(body)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	http.ServeContent(w, r, "", found.modified, bytes.NewReader(body))
}

// compress returns the same bytes for the same body, whenever it is asked.
func compress(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body) // a bytes.Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

const refusal = `<!doctype html><html lang="en"><head><title>Access Denied</title></head>
<body><h1>Access Denied</h1><p>You don't have permission to access this page on this server.</p></body></html>
`

func forbid(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusForbidden)
	_, _ = w.Write([]byte(refusal))
}

// statusWriter remembers the status that was sent.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

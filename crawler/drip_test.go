package crawler

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ewgwatch"
)

// TestABodyThatDripsIsGivenUp has bodies of 20,000 bytes come in pieces, one a
// second.
func TestABodyThatDripsIsGivenUp(t *testing.T) {
	for piece, want := range map[int]ewgwatch.Outcome{1: ewgwatch.Timeout, 200: ewgwatch.Timeout, 1000: ewgwatch.New} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			page := strings.Repeat("words of the day ", 20_000/17)
			w.serve("a.test", http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					http.NotFound(rw, r)
					return
				}
				rw.Header().Set("Content-Type", "text/html")
				for rest := page; rest != ""; {
					n := min(piece, len(rest))
					if _, err := io.WriteString(rw, rest[:n]); err != nil {
						return
					}
					_ = http.NewResponseController(rw).Flush() // the next write tells
					rest = rest[n:]
					select {
					case <-time.After(time.Second):
					case <-r.Context().Done():
						return
					}
				}
			}))
			start := time.Now()
			got := w.crawl(t, m, Options{Timeout: time.Minute}, source("http://a.test"))[0]
			if got.Outcomes[want] != 1 {
				t.Errorf("%d bytes a second: %+v, want %s", piece, got, want)
			}
			if took := time.Since(start); want == ewgwatch.Timeout && took > 15*time.Second {
				t.Errorf("%d bytes a second: given up after %v", piece, took)
			}
		})
	}
}

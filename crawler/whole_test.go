package crawler

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"ewgwatch"
)

func gzipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, text)
	w.Close()
	return b.String()
}

func brotlied(text string) string {
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	io.WriteString(w, text)
	w.Close()
	return b.String()
}

func zstded(text string) string {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	return string(w.EncodeAll([]byte(text), nil))
}

// hostile serves a page in an odd way and has no robots.txt.
func hostile(page http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		page(w, r)
	})
}

func coded(coding, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", coding)
		io.WriteString(w, body)
	}
}

func TestHostileAnswersEndInTheRightOutcome(t *testing.T) {
	page := article("A page")
	var deflated, zlibbed bytes.Buffer
	d, _ := flate.NewWriter(&deflated, 9)
	io.WriteString(d, page)
	d.Close()
	z := zlib.NewWriter(&zlibbed)
	io.WriteString(z, page)
	z.Close()
	var hops int
	for _, c := range []struct {
		name    string
		serve   http.HandlerFunc
		outcome ewgwatch.Outcome
		detail  string // part of it
	}{
		{"gzip", coded("gzip", gzipped(page)), ewgwatch.New, ""},
		{"x-gzip twice", coded("x-gzip, gzip", gzipped(gzipped(page))), ewgwatch.New, ""},
		{"bare deflate", coded("deflate", deflated.String()), ewgwatch.New, ""},
		{"zlib deflate", coded("deflate", zlibbed.String()), ewgwatch.New, ""},
		{"says gzip, is not", coded("gzip", page), ewgwatch.New, ""},
		{"gzip thrice", coded("gzip, gzip, gzip", gzipped(page)), ewgwatch.Unreadable, "want at most 2"},
		{"brotli", coded("br", brotlied(page)), ewgwatch.New, ""},
		{"zstd", coded("zstd", zstded(page)), ewgwatch.New, ""},
		{"says brotli, is not", coded("br", page), ewgwatch.Unreadable, "br: "},
		{"says zstd, is not", coded("zstd", page), ewgwatch.Unreadable, "zstd: "},
		{"zstd cut short", coded("zstd", zstded(page)[:60]), ewgwatch.Unreadable, "zstd: "},
		{"brotli bomb", coded("br", brotlied(strings.Repeat("a", 10<<20))), ewgwatch.TooLarge, "body is over 65536 bytes"},
		{"zstd bomb", coded("zstd", zstded(strings.Repeat("a", 10<<20))), ewgwatch.TooLarge, "body is over 65536 bytes"},
		{"unknown coding", coded("compress", page), ewgwatch.Unreadable, `content coding "compress" is not known`},
		{"gzip cut short", coded("gzip", gzipped(page)[:100]), ewgwatch.Unreadable, "gzip: unexpected EOF"},
		{"gzip bomb", coded("gzip", gzipped(strings.Repeat("a", 10<<20))), ewgwatch.TooLarge, "body is over 65536 bytes"},
		{"bomb in a bomb", coded("gzip, gzip", gzipped(gzipped(strings.Repeat("a", 10<<20)))), ewgwatch.TooLarge, ""},
		{"oversize", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, strings.Repeat("a", 1<<16+1)) }, ewgwatch.TooLarge, ""},
		{"endless", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				io.WriteString(w, strings.Repeat("a", 1<<12))
			}
		}, ewgwatch.TooLarge, ""},
		{"at the cap", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, page+strings.Repeat(" ", 1<<16-len(page)))
		}, ewgwatch.New, ""},
		{"shorter than promised", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			io.WriteString(w, page)
		}, ewgwatch.NetError, "answer breaks off after"},
		{"hangs up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, ewgwatch.NetError, ""},
		{"empty", func(http.ResponseWriter, *http.Request) {}, ewgwatch.Unreadable, "empty answer"},
		{"huge header", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Long", strings.Repeat("a", 1<<20))
		}, ewgwatch.NetError, "header"},
		{"loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, ewgwatch.HTTPError, "redirect loop at "},
		{"endless redirect", func(w http.ResponseWriter, r *http.Request) {
			hops++
			http.Redirect(w, r, "/"+strings.Repeat("x", hops), http.StatusFound)
		}, ewgwatch.HTTPError, "more than 10 redirects"},
		{"redirect to a file", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		}, ewgwatch.HTTPError, "redirect to file:///etc/passwd"},
		{"redirect without a place", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(302) }, ewgwatch.HTTPError, "302 Found"},
		{"unasked 304", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, ewgwatch.HTTPError, "304 Not Modified"},
		{"deep nesting", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, page+strings.Repeat("<div>", 5000))
		}, ewgwatch.New, "its links could not be read: "},
		{"deep nesting without text", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, strings.Repeat("<div>", 5000))
		}, ewgwatch.Unreadable, ""},
		{"empty shell", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `<html><head><title>News</title><script src="/app.js"></script></head><body><div id="root"></div></body></html>`)
		}, ewgwatch.EmptyShell, "scripts would fill"},
		{"consent wall", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `<html><body><p>Before you continue to News</p><button>Accept all</button></body></html>`)
		}, ewgwatch.ConsentWall, "consent wall"},
		{"image", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			io.WriteString(w, "\x89PNG")
		}, ewgwatch.NotHTML, "image/png"},
		{"no type", func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			io.WriteString(w, page)
		}, ewgwatch.New, ""},
		{"plain text", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, "hello")
		}, ewgwatch.New, ""},
		{"unknown charset", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=klingon")
			io.WriteString(w, page)
		}, ewgwatch.New, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			w.serve("a.test", hostile(c.serve))
			s := source("http://a.test")
			s.MaxPages = 1
			w.crawl(t, m, Options{MaxBody: 1 << 16, Delay: -1}, s)
			got := m.take()[0]
			if got.Outcome != c.outcome || !strings.Contains(got.Detail, c.detail) {
				t.Errorf("%s: %s (%s), want %s (%s)", c.name, got.Outcome, got.Detail, c.outcome, c.detail)
			}
			if (got.Body != nil) != got.Outcome.HasBody() {
				t.Errorf("%s: %s with a body of %d bytes", c.name, got.Outcome, len(got.Body))
			}
		})
	}
}

func TestDrippingAnswerIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", hostile(func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				io.WriteString(w, "a")
				w.(http.Flusher).Flush()
				select {
				case <-r.Context().Done():
				case <-time.After(time.Second): // of the bubble
				}
			}
		}))
		start := time.Now()
		w.crawl(t, m, Options{}, source("http://a.test"))
		page := m.take()[0]
		if page.Outcome != ewgwatch.Timeout || !strings.HasPrefix(page.Detail, "body drips: ") || page.Status != 200 {
			t.Errorf("%s (%s), status %d; want error-timeout", page.Outcome, page.Detail, page.Status)
		}
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("took %v, want 13s", took)
		}
	})
}

func TestSilentServerEndsAtTheTimeout(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(hostile(func(http.ResponseWriter, *http.Request) { <-release }))
	defer server.Close()
	defer close(release)
	page := visitLoopback(t, server.URL, Options{AllowAddresses: loopback, Timeout: 200 * time.Millisecond})
	if page.Outcome != ewgwatch.Timeout {
		t.Errorf("%s (%s), want error-timeout", page.Outcome, page.Detail)
	}
}

// keeper is a recorder that remembers.
type keeper struct{ kept []ewgwatch.Exchange }

func (k *keeper) Record(_ context.Context, x ewgwatch.Exchange) (ewgwatch.Capture, error) {
	k.kept = append(k.kept, x)
	return ewgwatch.Capture{SHA256: "abc", File: "x.warc.gz", Offset: int64(len(k.kept))}, nil
}

func TestBytesAreRecordedAsReceivedAndHandedOverDecoded(t *testing.T) {
	page := "<!doctype html><meta charset=windows-874><title>\xa1\xd2\xc3</title><p>" + strings.Repeat("\xa1\xd2\xc3 ", 100) + `<a href="/two">\xa1</a>`
	server := httptest.NewServer(hostile(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/two" {
			http.Error(w, "no", http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		io.WriteString(w, gzipped(page))
	}))
	defer server.Close()
	var k keeper
	m := newMemory()
	o := Options{AllowAddresses: loopback, Delay: -1, Recorder: &k, UserAgent: "ewgwatch/1.2", Contact: "https://example.org/\r\nbot"}
	if _, err := New(m, o).Crawl(t.Context(), []ewgwatch.Source{source(server.URL)}, m.keep); err != nil {
		t.Fatal(err)
	}
	pages := m.take()
	if len(k.kept) != 2 || len(pages) != 2 {
		t.Fatalf("%d records of %d pages, want 2 of 2: an article and a refusal", len(k.kept), len(pages))
	}
	if string(pages[0].Body) != page || string(k.kept[0].Body) != gzipped(page) {
		t.Error("the page's bytes or the record's were touched")
	}
	if pages[0].Capture.Offset != 1 || pages[1].Capture.Offset != 2 || pages[1].Outcome != ewgwatch.Blocked {
		t.Errorf("captures %v and %v, want both", pages[0].Capture, pages[1].Capture)
	}
	x := k.kept[0]
	if x.RemoteIP != "127.0.0.1" || x.Method != "GET" || x.RequestURI != "/" || x.Status != "200 OK" || x.Proto != "HTTP/1.1" || x.URL != server.URL+"/" {
		t.Errorf("record of %s %s %s %s from %s at %s", x.Method, x.RequestURI, x.Proto, x.Status, x.RemoteIP, x.URL)
	}
	if got := x.RequestHead.Get("User-Agent"); got != "ewgwatch/1.2 (+https://example.org/bot)" {
		t.Errorf("user agent %q", got)
	}
}

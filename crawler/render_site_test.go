package crawler

import (
	"compress/gzip"
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
		if media == "text/javascript" {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzip.NewWriter(w)
			defer packed.Close()
			io.WriteString(packed, page)
			return
		}
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

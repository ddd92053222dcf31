package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFeedsAndNothingElseAreServed(t *testing.T) {
	dir := t.TempDir()
	feeds := filepath.Join(dir, "feeds")
	if err := os.MkdirAll(filepath.Join(feeds, "sub.atom"), 0o700); err != nil {
		t.Fatal(err)
	}
	write(t, "<feed/>", feeds, "sg.atom")
	write(t, "{}", feeds, "sub.atom", "x.json")
	write(t, "half", feeds, ".sg.atom")
	write(t, "half", feeds, "sg.json.damaged-1")
	write(t, "secret", dir, "config.json")
	if err := os.Symlink(filepath.Join(dir, "config.json"), filepath.Join(feeds, "link.json")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(feeds)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, c := range []struct {
		method, path string
		status       int
		kind         string
	}{
		{http.MethodGet, "/sg.atom", http.StatusOK, "application/atom+xml; charset=utf-8"},
		{http.MethodHead, "/sg.atom", http.StatusOK, "application/atom+xml; charset=utf-8"},
		{http.MethodGet, "/sub.atom/x.json", http.StatusOK, "application/feed+json; charset=utf-8"},
		{http.MethodPost, "/sg.atom", http.StatusMethodNotAllowed, "text/plain; charset=utf-8"},
		{http.MethodGet, "/", http.StatusNotFound, "text/plain; charset=utf-8"},
		{http.MethodGet, "/sub.atom", http.StatusNotFound, "text/plain; charset=utf-8"},
		{http.MethodGet, "/.sg.atom", http.StatusNotFound, "text/plain; charset=utf-8"},
		{http.MethodGet, "/sg.json.damaged-1", http.StatusNotFound, "text/plain; charset=utf-8"},
		{http.MethodGet, "/../config.json", http.StatusNotFound, "text/plain; charset=utf-8"},
		{http.MethodGet, "/link.json", http.StatusNotFound, "text/plain; charset=utf-8"},
		{http.MethodGet, "/none.atom", http.StatusNotFound, "text/plain; charset=utf-8"},
	} {
		request := httptest.NewRequestWithContext(t.Context(), c.method, "http://feeds/", nil)
		request.URL.Path = c.path
		w := httptest.NewRecorder()
		feedServer{root}.ServeHTTP(w, request)
		if w.Code != c.status || w.Header().Get("Content-Type") != c.kind || w.Header().Get("X-Content-Type-Options") != "nosniff" || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s %s: %d %s %q", c.method, c.path, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
	}
}

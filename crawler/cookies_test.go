package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"ewgwatch"
)

// TestCookiesOfOneSourceAreNoneOfAnothers reads one host for two sources; each
// gets its cookie back and not the other's.
func TestCookiesOfOneSourceAreNoneOfAnothers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		sent := map[string]string{}
		w.serve("a.test", hostile(func(rw http.ResponseWriter, r *http.Request) {
			sent[r.URL.Path] = r.Header.Get("Cookie")
			part, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
			http.SetCookie(rw, &http.Cookie{Name: "part", Value: part, Path: "/"})
			fmt.Fprint(rw, article("Page", "/"+part+"/story"))
		}))
		w.crawl(t, m, Options{}, source("http://a.test/one"), source("http://a.test/two"))
		for path, want := range map[string]string{"/one": "", "/two": "", "/one/story": "part=one", "/two/story": "part=two"} {
			if got, asked := sent[path]; got != want || !asked {
				t.Errorf("%s was asked for with %q, want %q", path, got, want)
			}
		}
	})
}

func TestASiteCannotFillTheJarWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		most, n := 0, 0
		w.serve("a.test", hostile(func(rw http.ResponseWriter, r *http.Request) {
			most = max(most, len(r.Header.Get("Cookie")))
			for range 40 {
				n++
				http.SetCookie(rw, &http.Cookie{Name: fmt.Sprintf("c%d", n), Value: strings.Repeat("x", 1000), Path: "/"})
			}
			http.SetCookie(rw, &http.Cookie{Name: "huge", Value: strings.Repeat("x", 5000), Path: "/"})
			fmt.Fprint(rw, article("Page", "/one", "/two", "/three"))
		}))
		got := w.crawl(t, m, Options{}, source("http://a.test"))[0]
		if got.Reach != ewgwatch.ReachRead || most == 0 || most > maxCookiesSent {
			t.Errorf("%+v, %d bytes of cookies were sent, want some and at most %d", got, most, maxCookiesSent)
		}
	})
}

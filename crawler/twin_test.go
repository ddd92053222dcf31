package crawler

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func TestTwinsAreToldFromStrangers(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		twins bool
	}{
		{"https://www.a.com/story", "https://m.a.com/story", true},
		{"https://a.com.sg/story?id=7", "https://mobile.a.com.sg/story?id=7", true},
		{"https://www.a.com/story", "https://amp.a.com/story", true},
		{"https://www.a.com/story", "https://m.www.a.com/story", true},
		{"https://www.a.com/story", "https://a.com/story", true},
		{"https://a.com/2023/08/a-long-title/", "https://a.com/2023/08/a-long-title/amp/", true},
		{"https://a.com/news/12345", "https://a.com/news/12345/amp", true},
		{"https://a.com/news/12345", "https://a.com/news/12345/print", true},
		{"https://a.com/a-b-c/", "https://a.com/a-b-c/print/", true},
		{"https://a.com/a.html", "https://a.com/a.amp.html", true},
		{"https://a.com/a", "https://a.com/a?amp=1", true},
		{"https://a.com/a?id=7", "https://a.com/a?id=7&outputType=amp", true},
		{"https://a.com/a?id=7", "https://a.com/a?print=1&id=7", true},
		{"https://b.blogspot.com/2023/08/a.html", "https://b.blogspot.com/2023/08/a.html?m=1", true},

		{"https://m.com/a", "https://com/a", false},
		{"https://m.com:8443/a", "https://com:8443/a", false},
		{"https://m.co.uk/a", "https://www.co.uk/a", false},
		{"https://m.blogspot.com/a", "https://www.blogspot.com/a", false},
		{"https://en.a.com/a", "https://www.a.com/a", false},
		{"https://media.a.com/a", "https://a.com/a", false},
		{"https://m.a.com/a", "https://m.b.com/a", false},
		{"https://www.a.com/a", "http://www.a.com/a", false},
		{"https://www.a.com/a", "https://m.a.com:8443/a", false},
		{"https://www.a.com/a", "https://m.a.com/b", false},
		{"https://www.a.com/a?x=1&y=2", "https://m.a.com/a?y=2&x=1", false},
		{"https://a.com/tag/amp/", "https://a.com/tag/", false},
		{"https://a.com/print", "https://a.com/", false},
		{"https://a.com/topics/print/", "https://a.com/topics/", false},
		{"https://a.com/news/12345/", "https://a.com/news/12345/amp", false},
		{"https://a.com/lamp", "https://a.com/l", false},
		{"https://a.com/?m=202311", "https://a.com/", false},
		{"https://a.com/a?page=1", "https://a.com/a", false},
		{"https://a.com/a?stamp=1", "https://a.com/a", false},
		{"https://a.com/a?print=2", "https://a.com/a", false},
		{"http://127.0.0.1/a", "http://0.0.1/a", false},
		{"http://[::1]/a", "http://127.0.0.1/a", false},
	} {
		a, aPlain := twinKey(c.a)
		b, bPlain := twinKey(c.b)
		if (a == b) != c.twins {
			t.Errorf("%s and %s: twins %v, want %v (%s, %s)", c.a, c.b, a == b, c.twins, a, b)
		}
		if c.twins && (!aPlain || bPlain == (c.b != "https://a.com/story")) {
			t.Errorf("%s is plain: %v, %s: %v", c.a, aPlain, c.b, bPlain)
		}
	}
}

func FuzzTwinsAreStable(f *testing.F) {
	f.Add("https://m.www.a.com/2023/08/a-b-c/amp/?m=1&id=7&print=1")
	f.Fuzz(func(t *testing.T, address string) {
		canonical, err := Canonical(address)
		if err != nil {
			return
		}
		key, plain := twinKey(canonical)
		if again, _ := twinKey(canonical + "&amp=1"); plain && !strings.HasSuffix(key, "?") && again != key {
			t.Errorf("%s: %s, with ?amp=1 %s", canonical, key, again)
		}
	})
}

// visitedPaths are the URLs visited, without their scheme.
func visitedPaths(w *world) (urls []string) {
	for _, address := range w.pages() {
		urls = append(urls, strings.TrimPrefix(address, "http://"))
	}
	return urls
}

func TestOfTwinsThePlainOneIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		site := map[string]string{
			"/":          article("Home", "http://m.a.test/one", "/one", "/two?amp=1", "/a-long-title/amp/", "/three", "http://m.a.test/only-there", "http://m.a.test/"),
			"/one":       article("One", "http://m.a.test/one"),
			"/two?amp=1": article("Two"), "/a-long-title/amp/": article("Long"), "/only-there": article("Only"),
			"/three": article("Three", "/a-long-title/", "/two"),
		}
		w.serve("a.test", static(site))
		w.serve("m.a.test", static(site))
		for range 2 {
			w.asked = nil
			w.crawl(t, m, Options{Rest: -1}, source("http://a.test"))
			want := []string{"a.test/", "a.test/a-long-title/amp/", "a.test/one", "a.test/three", "a.test/two?amp=1", "m.a.test/only-there"}
			got := visitedPaths(w)
			slices.Sort(got)
			// The plain twins are named by a later page only, when the others were read.
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		}
	})
}

func TestATwinStandsInForAPageThatCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(map[string]string{"/": article("Home", "/gone", "http://m.a.test/gone", "http://m.a.test/known", "/known")}))
		w.serve("m.a.test", static(map[string]string{"/gone": article("Here"), "/known": article("Known")}))
		m.visits["http://m.a.test/known"] = ewgwatch.Visit{URL: "http://m.a.test/known", Source: "a.test", FirstSeen: time.Now()}
		w.crawl(t, m, Options{}, source("http://a.test"))
		want := []string{"a.test/", "a.test/gone", "m.a.test/gone", "m.a.test/known"}
		if diff := cmp.Diff(want, visitedPaths(w)); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
}

func TestAPageIsNotReadAgainUnderItsCanonicalAddress(t *testing.T) {
	named := func(title, canonical string, links ...string) string {
		return strings.Replace(article(title, links...), "<head>", `<head><link rel="canonical" href="`+canonical+`"><link rel="amphtml" href="/amp`+title+`">`, 1)
	}
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(map[string]string{
			"/":        named("Home", "http://a.test/", "/node/1", "/node/2", "/node/3", "/node/4", "/node/5", "/node/6", "/title-1", "/title-2", "/amp1", "/amp2"),
			"/node/1":  named("1", "/title-1"),
			"/node/2":  named("2", "http://a.test/"),
			"/node/3":  named("3", "http://b.test/title-3", "/title-3"),
			"/node/4":  named("4", "/everywhere", "/later"),
			"/node/5":  named("5", "/everywhere"),
			"/node/6":  named("6", "/everywhere"),
			"/title-1": article("1"), "/title-2": article("2"), "/title-3": article("3"), "/everywhere": article("E"), "/later": article("L", "/title-1"),
		}))
		got := w.crawl(t, m, Options{}, source("http://a.test"))
		want := []string{"/", "/node/1", "/node/2", "/node/3", "/node/4", "/node/5", "/node/6", "/title-2", "/everywhere", "/title-3", "/later"}
		paths := w.paths()
		slices.Sort(paths)
		slices.Sort(want)
		if diff := cmp.Diff(want, paths); diff != "" || got[0].Outcomes[ewgwatch.OffBudget] != 0 {
			t.Errorf("%+v, requests (-want +got):\n%s", got[0].Outcomes, diff)
		}
	})
}

package crawler

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

// pastOptions read back to 2021, on a night of 2026.
func pastOptions() Options {
	o := surveyed()
	o.Since = time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)
	o.Queries = func(ewgwatch.Source) []string { return []string{"counter terror", "反恐&演习"} }
	return o
}

// paths are what was asked of a.test, robots.txt left out, in order.
func (w *world) paths() (paths []string) {
	for _, address := range w.pages() {
		paths = append(paths, strings.TrimPrefix(address, "http://a.test"))
	}
	return paths
}

func TestThePastIsReadOffTheSitemapsToo(t *testing.T) {
	site := newsSite()
	site["/robots.txt"] = "Sitemap: http://a.test/index.xml"
	site["/index.xml"] = `<?xml version="1.0"?><sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2019-01-01</lastmod></sitemap>
<sitemap><loc>/2022.xml</loc><lastmod>2022-12-31</lastmod></sitemap><sitemap><loc>/undated.xml</loc></sitemap>
<sitemap><loc>/googlenews.xml</loc><lastmod>2021-06-01</lastmod></sitemap></sitemapindex>`
	urls := func(entries ...string) string {
		return `<?xml version="1.0"?><urlset><url>` + strings.Join(entries, "</url><url>") + "</url></urlset>"
	}
	site["/2022.xml"] = urls("<loc>/2022</loc><lastmod>2022-05-01</lastmod>", "<loc>/2020</loc><lastmod>2020-05-01</lastmod>")
	site["/undated.xml"] = urls("<loc>/undated</loc>")
	site["/googlenews.xml"] = urls("<loc>/2021</loc><lastmod>2021-05-01</lastmod>")
	for _, page := range []string{"/2022", "/2021", "/2020", "/undated"} {
		site[page] = article(page)
	}
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(site))
		s := source("http://a.test")
		s.Feeds = []string{"http://a.test/feed"}
		got := w.crawl(t, m, pastOptions(), s)[0]
		want := []string{"/feed", "/", "/index.xml", "/googlenews.xml", "/2022.xml", "/undated.xml", "/two", "/one", "/2022", "/2021", "/undated", "/four", "/five"}
		if diff := cmp.Diff(want, w.paths()); diff != "" || got.Reach != ewgwatch.ReachRead {
			t.Errorf("%+v, requests (-want +got):\n%s", got, diff)
		}
		w.asked = nil
		w.crawl(t, newMemory(), surveyed(), s)
		if slices.Contains(w.paths(), "/index.xml") {
			t.Error("a sitemap was read beside a feed on a night for what is new")
		}
	})
}

func TestAnUnnamedSitemapIsGuessedForThePastAndIsNoTroubleWhereMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		site := newsSite()
		w.serve("a.test", static(site))
		w.serve("b.test", static(map[string]string{"/": article("Home")}))
		got := w.crawl(t, newMemory(), pastOptions(), source("http://a.test"), source("http://b.test"))
		if !slices.Contains(w.pages(), "http://a.test/three") {
			t.Errorf("the sitemap was not found: %q", w.pages())
		}
		if !slices.Contains(w.pages(), "http://b.test/sitemap.xml") || got[1].Reach != ewgwatch.ReachRead || got[1].Outcomes[ewgwatch.Gone] != 1 {
			t.Errorf("without one: %+v", got[1])
		}
	})
}

// wordpress serves a home page and an API that finds n posts for any words.
func wordpress(n int) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", hostile(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", `<http://a.test/api/>; rel="https://api.w.org/"`)
		io.WriteString(w, article("Page"))
	}))
	mux.HandleFunc("/api/wp/v2/posts", func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(r.FormValue("page"))
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		w.Header().Set("X-WP-TotalPages", strconv.Itoa((n+19)/20))
		var posts []string
		for i := (page - 1) * 20; i < min(n, page*20); i++ {
			posts = append(posts, fmt.Sprintf(`{"link":"http://a.test/%s-%d","date_gmt":"2022-01-01T00:00:00","title":{"rendered":"A &amp; <i>b<\/i>"}}`, r.FormValue("search")[:1], i))
		}
		fmt.Fprintf(w, "[%s]", strings.Join(posts, ","))
	})
	return mux
}

func TestWordPressIsSearchedPageByPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", wordpress(45))
		o := pastOptions()
		titles := map[string]bool{}
		o.Score = func(anchor, _ string) int { titles[anchor] = true; return 0 }
		w.crawl(t, m, o, source("http://a.test"))
		var want []string
		for _, words := range []string{"counter+terror", "%E5%8F%8D%E6%81%90%26%E6%BC%94%E4%B9%A0"} {
			for page := 1; page <= 3; page++ {
				want = append(want, fmt.Sprintf("/api/wp/v2/posts?_fields=link%%2Cdate_gmt%%2Ctitle&after=2021-01-01T00%%3A00%%3A00&page=%d&per_page=20&search=%s", page, words))
			}
		}
		if diff := cmp.Diff(want, w.paths()[1:7]); diff != "" {
			t.Errorf("questions (-want +got):\n%s", diff)
		}
		if pages := m.take(); len(pages) < 48 || pages[2].Role != ewgwatch.RoleFeed || !titles["A & b"] {
			t.Errorf("%d pages, the second is a %s, titles %v", len(pages), pages[1].Role, slices.Collect(maps.Keys(titles)))
		}
		w.asked = nil
		w.crawl(t, m, surveyed(), source("http://a.test"))
		for _, path := range w.paths() {
			if strings.HasPrefix(path, "/api/") {
				t.Errorf("on a night for what is new, %s was asked for", path)
			}
		}
	})
}

func TestASearchIsCappedAndAClosedOneIsAskedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		w.serve("a.test", wordpress(5000))
		w.serve("closed.test", hostile(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/wp-json") {
				http.Error(w, `{"code":"rest_forbidden"}`, http.StatusUnauthorized)
				return
			}
			io.WriteString(w, article("Home")+`<meta name="generator" content="WordPress 6.7">`)
		}))
		got := w.crawl(t, newMemory(), pastOptions(), source("http://a.test"), source("http://closed.test"))
		asked := map[string]int{}
		for _, address := range w.pages() {
			if strings.Contains(address, "/wp/v2/posts") {
				asked[mustURL(t, address).Host]++
			}
		}
		if diff := cmp.Diff(map[string]int{"a.test": 2 * maxPostsPages, "closed.test": 1}, asked); diff != "" {
			t.Errorf("questions (-want +got):\n%s", diff)
		}
		if got[1].Reach != ewgwatch.ReachRead || got[1].Outcomes[ewgwatch.Blocked] != 1 {
			t.Errorf("closed: %+v", got[1])
		}
	})
}

func TestTheSitesOwnSearchIsAskedAndLeafedThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", hostile(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.FormValue("q") != "" && r.FormValue("p") == "":
				fmt.Fprintf(w, "%s<a rel=next href='?q=%s&amp;p=2'>more</a>", article("Results", "/found-1"), "x")
			case r.FormValue("q") != "":
				io.WriteString(w, article("Results", "/found-2"))
			default:
				io.WriteString(w, article("Page"))
			}
		}))
		s := source("http://a.test")
		s.Search = []string{"http://a.test/find?q={query}"}
		w.crawl(t, m, pastOptions(), s)
		for _, want := range []string{"/find?q=counter%20terror", "/find?q=%E5%8F%8D%E6%81%90%26%E6%BC%94%E4%B9%A0", "/find?q=x&p=2", "/found-1", "/found-2"} {
			if !slices.Contains(w.paths(), want) {
				t.Errorf("%s was not asked for: %q", want, w.paths())
			}
		}
		w.asked = nil
		ordinary := surveyed()
		ordinary.Rest = -1
		w.crawl(t, m, ordinary, s)
		want := []string{"/", "/found-1", "/found-2"}
		got := w.paths()
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("on a night for what is new (-want +got):\n%s", diff)
		}
	})
}

func TestListingsAreFollowedFurtherIntoThePast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", hostile(func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.URL.Query().Get("page"))
			fmt.Fprintf(w, `%s<a rel="next" href="/?page=%d">more</a>`, article("List"), n+1)
		}))
		o := pastOptions()
		for budget, want := range map[int]int{100: 50, 1000: maxPastChain} {
			o.MaxPages = budget
			w.crawl(t, m, o, source("http://a.test"))
			if n := len(m.take()); n < want || n > want+2 {
				t.Errorf("budget %d: %d pages of an endless listing, want about %d", budget, n, want)
			}
			m = newMemory()
		}
	})
}

func TestManyKnownPagesDoNotKeepNewOnesOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		for i := range 2 * maxOfPattern {
			address := fmt.Sprintf("http://a.test/news/%d", i)
			m.visits[address] = ewgwatch.Visit{URL: address, Source: "a.test", FirstSeen: time.Now()}
		}
		w.serve("a.test", static(map[string]string{"/": article("Home", "/news/99999"), "/news/99999": article("New")}))
		w.crawl(t, m, Options{MaxPages: 2}, source("http://a.test"))
		if diff := cmp.Diff([]string{"/", "/news/99999"}, w.paths()); diff != "" {
			t.Errorf("requests (-want +got):\n%s", diff)
		}
	})
}

func FuzzPosts(f *testing.F) {
	f.Add([]byte(`[{"link":"http://a.test/p","date_gmt":"2026-01-01T00:00:00","title":{"rendered":"<b>P</b> &amp; x"}},null]`))
	f.Add([]byte(`{"code":"rest_forbidden"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		offers, err := parsePosts(body)
		if err != nil && offers != nil {
			t.Error("offers besides an error")
		}
		for _, o := range offers {
			if o.url == "" || len(o.title) > maxAnchor {
				t.Errorf("offer %+v", o)
			}
		}
	})
}

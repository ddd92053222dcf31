package crawler

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func TestEndlessCalendarDoesNotEatTheBudget(t *testing.T) {
	for name, month := range map[string]func(n int) string{
		"by path":      func(n int) string { return fmt.Sprintf("/archive/%04d/%02d", 2000+n/12, n%12+1) },
		"by word":      func(n int) string { return fmt.Sprintf("/calendar/page-%d", n) },
		"by parameter": func(n int) string { return fmt.Sprintf("/list?month=%d", n) },
	} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			n := 0
			w.serve("a.test", hostile(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/story" {
					io.WriteString(w, article("Story"))
					return
				}
				n += 3
				io.WriteString(w, strings.Replace(article("Month", month(n), month(n+1), month(n+2), "/story"), "story 0", "next", 1))
			}))
			for night := range 3 {
				got := w.crawl(t, m, Options{Rest: -1}, source("http://a.test"))[0]
				if visits := len(m.take()); visits > 3+maxOfCalendar {
					t.Errorf("%s, night %d: %d visits, want at most %d", name, night, visits, 3+maxOfCalendar)
				}
				if got.Reach != ewgwatch.ReachRead {
					t.Errorf("%s, night %d: %+v", name, night, got)
				}
			}
			if m.visits["http://a.test/story"].Outcome != ewgwatch.Unchanged {
				t.Errorf("%s: the story was not read", name)
			}
		})
	}
}

func TestBudgetGoesToTheTopicFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		var links []string
		pages := map[string]string{}
		for i := range 50 {
			path := "/other-" + strconv.Itoa(i)
			if i%10 == 9 {
				path = "/counter-terrorism-" + strconv.Itoa(i)
			}
			links = append(links, path)
			pages[path] = article(path)
		}
		pages["/"] = article("Home", links...)
		w.serve("a.test", static(pages))
		score := func(_, url string) int { return strings.Count(url, "terrorism") }
		s := source("http://a.test")
		s.MaxPages = 6
		got := w.crawl(t, m, Options{Score: score}, s)[0]
		want := map[ewgwatch.Outcome]int{ewgwatch.New: 6, ewgwatch.OffBudget: 45}
		if diff := cmp.Diff(want, got.Outcomes); diff != "" || got.Discovered != 51 || got.Reach != ewgwatch.ReachRead {
			t.Errorf("coverage %+v (-want +got):\n%s", got, diff)
		}
		for _, page := range m.take()[1:] {
			if score("", page.URL) == 0 {
				t.Errorf("%s was read before what is on topic", page.URL)
			}
		}
	})
}

func TestUnreadLinksOfAnUnchangedListingAreFoundTheNextNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(newsSite()))
		s := source("http://a.test")
		s.Feeds, s.MaxPages = []string{"http://a.test/feed"}, 3
		for range 6 {
			w.crawl(t, m, Options{}, s)
		}
		for _, path := range []string{"/", "/one", "/two", "/four"} {
			if m.visits["http://a.test"+path].BodySHA256 == "" {
				t.Errorf("%s was never read", path)
			}
		}
	})
}

func TestFeedIsFoundFromTheSeedEveryNight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		pages := newsSite()
		pages["/"] = strings.Replace(article("Home"), "</head>", `<link rel="alternate" type="application/rss+xml" href="feed"><link rel="alternate" hreflang="th" href="/th"></head>`, 1)
		w.serve("a.test", static(pages))
		want := map[string]ewgwatch.Outcome{}
		for _, outcome := range []ewgwatch.Outcome{ewgwatch.New, ewgwatch.Unchanged} {
			w.crawl(t, m, Options{Rest: -1}, source("http://a.test"))
			visits := m.take()
			for _, path := range []string{"/", "/feed", "/one", "/two", "/five"} {
				want["http://a.test"+path] = outcome
			}
			if diff := cmp.Diff(want, outcomes(visits)); diff != "" {
				t.Errorf("outcomes (-want +got):\n%s", diff)
			}
			if visits[1].Role != ewgwatch.RoleFeed || visits[1].Status != 200 {
				t.Errorf("second visit is to %s as %s with %d, want the feed in full", visits[1].URL, visits[1].Role, visits[1].Status)
			}
		}
	})
}

func TestFeedUnderAnyAddressTakesTheRoleOfAFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(newsSite()))
		got := w.crawl(t, m, Options{}, source("http://a.test/feed"))[0]
		if page := m.take()[0]; page.Role != ewgwatch.RoleFeed || got.Outcomes[ewgwatch.New] != 4 {
			t.Errorf("role %s, coverage %+v; want a feed and its pages", page.Role, got)
		}
	})
}

func TestLinksAreReadByBaseCharsetAndSite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		// 反恐 in GBK: <meta> says so, while the type says UTF-8.
		page := "<!doctype html><html><head><meta charset=gbk><base href='/sub/'></head><body>" + strings.Repeat("text ", 100) +
			"<a href='a'>\xb7\xb4\xbf\xd6</a><a href='http://www.a.test/b'>b</a><a href='http://b.test/c'>c</a>" +
			"<a href='#top'>top</a><a href='d.pdf'>pdf</a><a href='/wp-login.php'>in</a><a href='/x?share=fb'>share</a><a href='x/x/x/x'>maze</a></body></html>"
		w.serve("a.test", static(map[string]string{"/": page, "/sub/a": article("A")}))
		w.serve("www.a.test", static(map[string]string{"/b": article("B")}))
		anchors := map[string]string{}
		score := func(anchor, url string) int { anchors[url] = anchor; return 0 }
		w.crawl(t, m, Options{Score: score}, source("http://a.test"))
		want := map[string]ewgwatch.Outcome{
			"http://a.test/": ewgwatch.New, "http://a.test/sub/a": ewgwatch.New,
			"http://www.a.test/b": ewgwatch.New, "http://a.test/sub/d.pdf": ewgwatch.Gone,
		}
		if diff := cmp.Diff(want, outcomes(m.take())); diff != "" {
			t.Errorf("outcomes (-want +got):\n%s", diff)
		}
		if got := anchors["http://a.test/sub/a"]; got != "反恐" {
			t.Errorf("anchor %q, want 反恐", got)
		}
	})
}

func TestListingIsFollowedPageByPageToAnEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", hostile(func(w http.ResponseWriter, r *http.Request) {
			n, _ := strconv.Atoi(r.URL.Query().Get("page"))
			io.WriteString(w, strings.Replace(article("List"), "</body>", fmt.Sprintf(`<a rel="next" href="/?page=%d">more</a></body>`, n+1), 1))
		}))
		w.crawl(t, m, Options{}, source("http://a.test"))
		if n := len(m.take()); n < maxChain || n > 1+maxChain {
			t.Errorf("%d pages of an endless listing, want about %d", n, maxChain)
		}
	})
}

func TestSitemapIndexIsReadWithinItsCaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case r.URL.Path == "/":
				w.Header().Set("Content-Type", "text/html")
				io.WriteString(w, article("Home"))
			case strings.HasSuffix(r.URL.Path, ".xml"): // an index that leads to itself without end
				io.WriteString(w, `<?xml version="1.0"?><sitemapindex>`)
				for i := range 4 {
					fmt.Fprintf(w, "<sitemap><loc>http://a.test%s-%d.xml</loc></sitemap>", strings.TrimSuffix(r.URL.Path, ".xml"), i)
				}
				io.WriteString(w, `<sitemap><loc>http://a.test/pages.xml.gz</loc><lastmod>1999-01-01</lastmod></sitemap></sitemapindex>`)
			case r.URL.Path == "/pages.xml.gz":
				w.Header().Set("Content-Type", "application/gzip")
				io.WriteString(w, gzipped(sitemap))
			default:
				static(newsSite()).ServeHTTP(w, r)
			}
		}))
		s := source("http://a.test")
		s.Sitemaps = []string{"http://a.test/index.xml"}
		w.crawl(t, m, Options{}, s)
		got := outcomes(m.take())
		if got["http://a.test/three"] != ewgwatch.New || got["http://a.test/pages.xml.gz"] != ewgwatch.New {
			t.Errorf("the gzipped sitemap was not read: %v", got)
		}
		if len(got) > 3+maxFound {
			t.Errorf("%d visits, want sitemaps capped at %d", len(got), maxFound)
		}
	})
}

func TestDeadHostIsNotAskedForEveryKnownPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		for i := range 50 {
			address := fmt.Sprintf("http://gone.test/%d", i)
			m.visits[address] = ewgwatch.Visit{URL: address, Source: "gone.test", FirstSeen: time.Now()}
		}
		got := w.crawl(t, m, Options{}, source("http://gone.test"))[0]
		want := map[ewgwatch.Outcome]int{ewgwatch.DNSError: patience, ewgwatch.OffBudget: 51 - patience}
		if diff := cmp.Diff(want, got.Outcomes); diff != "" || got.Reach != ewgwatch.ReachNone {
			t.Errorf("coverage %+v (-want +got):\n%s", got, diff)
		}
	})
}

func TestCookiesOfOneSourceStayWithIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", hostile(func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "who", Value: r.URL.Path[1:]})
			io.WriteString(w, article("Page", r.URL.Path+"/more"))
		}))
		w.crawl(t, m, Options{MaxPages: 2}, source("http://a.test/x"), source("http://a.test/y"))
		for _, r := range w.asked {
			cookie := r.header.Get("Cookie")
			if strings.HasSuffix(r.url, "/more") && cookie != "who="+r.url[len("http://a.test/"):len("http://a.test/x")] {
				t.Errorf("%s was asked for with cookie %q", r.url, cookie)
			}
		}
	})
}

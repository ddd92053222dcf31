package crawler

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"ewgwatch"
)

// discover looks at a site of the world.
func (w *world) discover(t *testing.T, address string, o Options) Discovery {
	t.Helper()
	c := New(newMemory(), o)
	c.dial, c.lookup = w.dial, nil
	found, err := c.Discover(t.Context(), address)
	if err != nil {
		t.Fatalf("discover %s: %v", address, err)
	}
	return found
}

// feedOf is a feed of n items, the newest of that day.
func feedOf(n int, newest string) string {
	items := ""
	for i := range n {
		items += fmt.Sprintf("<item><link>/%d</link><pubDate>Mon, %s 10:00:00 +0000</pubDate></item>", i, newest)
	}
	return `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>` + items + "</channel></rss>"
}

func surveyed() Options {
	return Options{Now: func() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) }}
}

func urlsOf(trials []Trial) (urls []string) {
	for _, trial := range trials {
		urls = append(urls, strings.TrimPrefix(trial.URL, "http://a.test"))
	}
	return urls
}

func TestALookFindsWhatASiteLinksTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		w.serve("a.test", static(map[string]string{
			"/robots.txt": "User-agent: *\nCrawl-delay: 10\nSitemap: http://a.test/all.xml\nSitemap: http://a.test/googlenews.xml",
			"/": strings.Replace(article("x", "/one"), "<head>", `<head><meta property="og:site_name" content="The  Star"><meta http-equiv="content-language" content="ms">
<link rel="alternate" type="application/rss+xml" href="/comments/feed"><link rel="alternate" type="application/rss+xml" href="/old">
<link rel="alternate" type="application/atom+xml" href="/news"><link rel="search" type="application/opensearchdescription+xml" href="/os.xml">`, 1),
			"/comments/feed": feedOf(50, "16 Nov 2026"),
			"/old":           feedOf(40, "20 Jan 2020"),
			"/news":          feedOf(20, "16 Nov 2026"),
			"/all.xml":       sitemap,
			"/googlenews.xml": `<?xml version="1.0"?><urlset xmlns:news="n"><url><loc>http://a.test/n</loc><news:news>
<news:publication_date>2026-11-20</news:publication_date><news:title>N</news:title></news:news></url></urlset>`,
			"/os.xml": `<?xml version="1.0"?><OpenSearchDescription><Url type="application/x-suggestions+json" template="http://a.test/s?{searchTerms}"/>
<Url type="text/html" template="http://a.test/find?q={searchTerms}&amp;p={startPage?}"/></OpenSearchDescription>`,
		}))
		got := w.discover(t, "http://a.test", surveyed())
		if got.Name != "The Star" || got.Lang != "ms" || got.CrawlDelay != 10*time.Second || got.Search != "http://a.test/find?q={query}&p=" {
			t.Errorf("name %q, lang %q, delay %s, search %q", got.Name, got.Lang, got.CrawlDelay, got.Search)
		}
		if diff := cmp.Diff([]string{"/news", "/old", "/comments/feed"}, urlsOf(got.Feeds)); diff != "" {
			t.Errorf("feeds (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"/googlenews.xml", "/all.xml"}, urlsOf(got.Sitemaps)); diff != "" {
			t.Errorf("sitemaps (-want +got):\n%s", diff)
		}
		if best := got.Feeds[0]; best.Items != 20 || !best.Newest.Equal(time.Date(2026, 11, 16, 10, 0, 0, 0, time.UTC)) {
			t.Errorf("the best feed is %+v", best)
		}
		for i, r := range w.asked[2:] {
			if gap := r.start.Sub(w.asked[i+1].end); gap < 10*time.Second {
				t.Errorf("%s was asked %s after the last answer", r.url, gap)
			}
		}
	})
}

func TestUsualAddressesAreTriedOnlyWhereNothingIsLinked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		w.serve("a.test", static(map[string]string{
			"/": article("Home"), "/rss.xml": rss, "/sitemap_index.xml": `<?xml version="1.0"?><sitemapindex><sitemap><loc>/news-1.xml</loc></sitemap></sitemapindex>`,
			"/news-1.xml": sitemap,
		}))
		w.serve("b.test", static(map[string]string{"/": article("Home", "/en/rss"), "/en/rss": rss, "/robots.txt": "Sitemap: http://b.test/gone.xml"}))
		if diff := cmp.Diff([]string{"/", "/feed/", "/rss.xml", "/sitemap.xml", "/sitemap_index.xml", "/news-1.xml"},
			urlsOf(w.discover(t, "http://a.test", surveyed()).Trials)); diff != "" {
			t.Errorf("nothing linked (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"http://b.test/", "http://b.test/en/rss", "http://b.test/gone.xml"},
			urlsOf(w.discover(t, "http://b.test", surveyed()).Trials)); diff != "" {
			t.Errorf("a feed linked (-want +got):\n%s", diff)
		}
	})
}

func TestALookCostsADozenRequestsAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		var links strings.Builder
		for i := range 100 {
			fmt.Fprintf(&links, `<link rel="alternate" type="application/rss+xml" href="/%d"><a href="/%d.rss">x</a>`, i, i)
		}
		w.serve("a.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Link", `<http://a.test/wp-json/>; rel="https://api.w.org/"`)
			if r.URL.Path == "/robots.txt" {
				io.WriteString(w, strings.Repeat("Sitemap: http://a.test/s.xml?"+links.String()[:9]+"\n", 20))
				return
			}
			io.WriteString(w, strings.Replace(article("x"), "<h1>", links.String()+"<h1>", 1))
		}))
		w.discover(t, "http://a.test", surveyed())
		if n := len(w.pages()); n > maxSurvey {
			t.Errorf("%d requests: %q", n, w.pages())
		}
	})
}

func TestADeadSiteIsAskedOnceAndABarredOneForItsFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		w.serve("barred.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/feed/" {
				http.Error(w, "no", http.StatusForbidden)
				return
			}
			io.WriteString(w, rss)
		}))
		dead := w.discover(t, "http://dead.test", surveyed())
		if dead.Readable() || len(dead.Trials) != 1 || dead.Trials[0].Outcome != ewgwatch.DNSError {
			t.Errorf("dead: %+v", dead.Trials)
		}
		barred := w.discover(t, "http://barred.test", surveyed())
		if !barred.Readable() || len(barred.Feeds) != 1 || barred.Refused() != 4 {
			t.Errorf("barred: %d refused, %+v", barred.Refused(), barred.Trials)
		}
	})
}

func TestWordPressIsToldByItsAPI(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		api := func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `[{"link":"http://a.test/p","date_gmt":"2026-01-01T00:00:00","title":{"rendered":"P"}}]`)
		}
		mux := http.NewServeMux()
		mux.HandleFunc("/wp-json/wp/v2/posts", api)
		mux.Handle("/", static(map[string]string{"/": article("Home") + `<meta name="generator" content="WordPress 6.7">`}))
		w.serve("a.test", mux)
		if got := w.discover(t, "http://a.test", surveyed()); got.API != "http://a.test/wp-json/" {
			t.Errorf("API %q, trials %+v", got.API, got.Trials)
		}
	})
}

func TestASearchFormGivesATemplate(t *testing.T) {
	for name, c := range map[string]struct{ form, want string }{
		"WordPress":           {`<form role="search" method="get" action="/"><input type="search" name="s"></form>`, "http://a.test/?s={query}"},
		"hidden fields":       {`<form action="find?x=1"><input type=hidden name=lang value="m s"><input name="q"></form>`, "http://a.test/find?lang=m+s&q={query}"},
		"after another form":  {`<form><input name="email" type=email></form><form action=/cari><input type=text name=keyword></form>`, "http://a.test/cari?keyword={query}"},
		"a name to be quoted": {`<form><input type=search name='a"&b'></form>`, "http://a.test/?a%22%26b={query}"},
		"sent by POST":        {`<form method=post><input type=search name=q></form>`, ""},
		"a login":             {`<form><input name=q><input type=password name=p></form>`, ""},
		"no field for words":  {`<form><input type=text name=city></form>`, ""},
		"leads nowhere":       {`<form action="javascript:go()"><input name=q></form>`, ""},
	} {
		if got := formOf(t, c.form); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func formOf(t *testing.T, form string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(form))
	if err != nil {
		t.Fatal(err)
	}
	return searchForm(root, resolver(mustURL(t, "http://a.test/")))
}

func FuzzSearch(f *testing.F) {
	f.Add(`<form action="find?x=1"><input type=hidden name=lang value="m s"><input name="q"></form>`)
	f.Add(`<a><Url type="text/html" template="http://a.test/{searchTerms}?p={startPage?}{x}"/></a>`)
	f.Fuzz(func(t *testing.T, text string) {
		templates := []string{openSearchTemplate([]byte(text))}
		if root, err := html.Parse(strings.NewReader(text)); err == nil {
			templates = append(templates, searchForm(root, resolver(mustURL(t, "http://a.test/"))))
		}
		for _, template := range templates {
			if template != "" && (strings.Count(template, queryMark) != 1 || strings.ContainsAny(template, "\" \n")) {
				t.Errorf("%q gives %q", text, template)
			}
		}
	})
}

func TestLinkHeadersAreRead(t *testing.T) {
	for line, want := range map[string]string{
		`<https://a.test/wp-json/>; rel="https://api.w.org/"`:                          "https://a.test/wp-json/",
		`</a,b>; rel=next, </api>; title="x, <y>; rel=z"; rel="me https://api.w.org/"`: "/api",
		`<https://a.test/x>; rel="https://api.w.org/other"`:                            "",
		`<https://a.test/x`:                       "",
		`garbage, </api>; REL=https://api.w.org/`: "/api",
		`<>; rel="https://api.w.org/"`:            "",
	} {
		if got := linkHeader(http.Header{"Link": {line}}, relAPI); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func FuzzLinkHeader(f *testing.F) {
	f.Add(`</a,b>; rel=next, </api>; title="x, <y>"; rel="me https://api.w.org/"`)
	f.Fuzz(func(t *testing.T, line string) {
		if got := linkHeader(http.Header{"Link": {line}}, relAPI); !strings.Contains(line, got) {
			t.Errorf("%q gives %q", line, got)
		}
	})
}

func TestASiteIsNamedByWhatItSaysOfItself(t *testing.T) {
	for head, want := range map[string]string{
		`<meta property="og:site_name" content=" The
 Star "><title>x</title>`: "The Star",
		`<meta name="application-name" content="Utusan"><title>x</title>`: "Utusan",
		`<title>Home | Ministry of Defence</title>`:                       "Ministry of Defence",
		`<title>Trang chủ - Báo Quân đội</title>`:                         "Báo Quân đội",
		`<title>Asia-Pacific News: latest</title>`:                        "Asia-Pacific News: latest",
		`<body><svg><title>icon</title></svg>`:                            "",
		`<title>南路日报_南路日报</title>`:                                        "南路日报",
		`<title>Home</title>`:                                             "",
		``:                                                                "",
	} {
		root, err := html.Parse(strings.NewReader(head))
		if err != nil {
			t.Fatal(err)
		}
		if got := mastheadOf(root).name(); got != want {
			t.Errorf("%s: %q, want %q", head, got, want)
		}
	}
}

func FuzzMasthead(f *testing.F) {
	f.Add(`<html lang=th><title>Home | x</title><meta property="og:site_name" content="a">`)
	f.Fuzz(func(t *testing.T, page string) {
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			return
		}
		if name := mastheadOf(root).name(); len(name) > maxAnchor || strings.Contains(name, "\n") {
			t.Errorf("%q", name)
		}
	})
}

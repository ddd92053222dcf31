package crawler

import (
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

// followed are the links that a crawl takes off a page at http://a.test/dir/page,
// in their canonical spelling.
func followed(t *testing.T, head, body string) []string {
	t.Helper()
	found := map[string]bool{}
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		defer w.close()
		page := "<!doctype html><html><head>" + head + "</head><body>" + strings.Repeat("words ", 100) + body + "</body></html>"
		w.serve("a.test", static(map[string]string{"/dir/page": page}))
		score := func(_, url string) int { found[url] = true; return 0 }
		w.crawl(t, newMemory(), Options{Score: score, MaxPages: 1}, source("http://a.test/dir/page"))
	})
	return slices.Sorted(maps.Keys(found))
}

func TestReferencesLeadWhereABrowserWouldGo(t *testing.T) {
	for _, c := range []struct{ name, head, href, want string }{
		{"relative", "", "story", "http://a.test/dir/story"},
		{"up", "", "../story", "http://a.test/story"},
		{"from the root", "", "/story", "http://a.test/story"},
		{"query alone", "", "?id=7", "http://a.test/dir/page?id=7"},
		{"protocol-relative", "", "//www.a.test/story", "http://www.a.test/story"},
		{"protocol-relative, another site", "", "//b.test/story", ""},
		{"base", "<base href='/sub/'>", "story", "http://a.test/sub/story"},
		{"relative base", "<base href='deeper/'>", "story", "http://a.test/dir/deeper/story"},
		{"base of another site", "<base href='http://b.test/x/'>", "story", ""},
		{"base of another site, absolute link", "<base href='http://b.test/x/'>", "http://a.test/story", "http://a.test/story"},
		{"base of another host", "<base href='http://www.a.test/x/'>", "story", "http://www.a.test/x/story"},
		{"base that is none", "<base href='javascript:go()'>", "story", "http://a.test/dir/story"},
		{"base without an address", "<base target=_blank>", "story", "http://a.test/dir/story"},
		{"second base", "<base href='/one/'><base href='/two/'>", "story", "http://a.test/one/story"},
		{"spaces", "", "  a story ", "http://a.test/dir/a%20story"},
		{"a break within", "", "/sto\nry", "http://a.test/story"},
		{"backslashes", "", `\news\story`, "http://a.test/news/story"},
		{"Thai", "", "/ข่าว/ต่อต้าน", "http://a.test/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7/%E0%B8%95%E0%B9%88%E0%B8%AD%E0%B8%95%E0%B9%89%E0%B8%B2%E0%B8%99"},
		{"Thai, escaped in small letters", "", "/%e0%b8%82", "http://a.test/%E0%B8%82"},
		{"Chinese", "", "/反恐?词=演习", "http://a.test/%E5%8F%8D%E6%81%90?%E8%AF%8D=%E6%BC%94%E4%B9%A0"},
		{"Khmer", "", "/ព័ត៌មាន", "http://a.test/%E1%9E%96%E1%9F%90%E1%9E%8F%E1%9F%8C%E1%9E%98%E1%9E%B6%E1%9E%93"},
		{"a stray percent sign", "", "/100%-sure", "http://a.test/100%25-sure"},
		{"tracking", "", "/story?utm_source=x&id=7&fbclid=y#top", "http://a.test/story?id=7"},
		{"entities", "", "/story?a=1&amp;b=2", "http://a.test/story?a=1&b=2"},
		{"capitals", "", "HTTP://A.TEST:80/Story", "http://a.test/Story"},
		{"mail", "", "mailto:a@a.test", ""},
		{"data", "", "data:text/html,x", ""},
		{"the page itself", "", "#part", "http://a.test/dir/page"},
	} {
		var want []string
		if c.want != "" && c.want != "http://a.test/dir/page" {
			want = []string{c.want}
		}
		got := slices.DeleteFunc(followed(t, c.head, `<a href="`+c.href+`">x</a>`), func(u string) bool { return u == "http://a.test/dir/page" })
		if diff := cmp.Diff(want, got, cmp.Comparer(slices.Equal[[]string])); diff != "" {
			t.Errorf("%s: %q (-want +got):\n%s", c.name, c.href, diff)
		}
	}
}

func TestCanonicalSpellsNamesOfTheRegion(t *testing.T) {
	for in, want := range map[string]string{
		"http://ไทย.example/ก":        "http://xn--o3cw4h.example/%E0%B8%81",
		"http://คน.ไทย/":              "http://xn--42c6b.xn--o3cw4h/",
		"http://新闻.中国/反恐":             "http://xn--efvy88h.xn--fiqs8s/%E5%8F%8D%E6%81%90",
		"http://新闻。中国/":               "http://xn--efvy88h.xn--fiqs8s/",
		"http://뉴스.한국/":               "http://xn--vg1b002a.xn--3e0b707e/",
		"http://новости.рф/Учение":    "http://xn--b1amnebsh.xn--p1ai/%D0%A3%D1%87%D0%B5%D0%BD%D0%B8%D0%B5",
		"http://ខ្មែរ.example/":       "http://xn--j2e0cg3n2c.example/",
		"http://a.test/%E0%B8%82?q=ข": "http://a.test/%E0%B8%82?q=%E0%B8%82",
		"http://a.test/%e5%8f%8d":     "http://a.test/%E5%8F%8D",
		"http://a.test/\xb7\xb4":      "http://a.test/%B7%B4",
		"http://a.test/a%2Fb":         "http://a.test/a%2Fb",
		"http://a.test/a+b?c+d":       "http://a.test/a+b?c+d",
		"http://a.test/{x}|y?z=^":     "http://a.test/%7Bx%7D%7Cy?z=%5E",
		"http://a.test/(a)'!*,;:@$&=": "http://a.test/(a)'!*,;:@$&=",
	} {
		if got, err := Canonical(in); err != nil || got != want {
			t.Errorf("Canonical(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestFeedsOfEveryKindAreFoundAndRead(t *testing.T) {
	for kind, feed := range map[string]string{
		"application/rss+xml":  `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><link>/story</link></item></channel></rss>`,
		"application/atom+xml": `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/story"/></entry></feed>`,
		"application/rdf+xml": `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="/story"><title>x</title><link>/story</link></item></rdf:RDF>`,
		"application/feed+json": `{"version":"https://jsonfeed.org/version/1.1","title":"x","items":[{"id":"1","url":"/story"}]}`,
	} {
		for _, served := range []string{kind, "text/html", "application/octet-stream", ""} {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				defer w.close()
				w.serve("a.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Content-Type", "text/html; charset=utf-8")
					switch r.URL.Path {
					case "/":
						io.WriteString(w, strings.Replace(article("Home"), "<head>", `<head><link rel="alternate" type="`+kind+`" href="/feed-of-it">`, 1))
					case "/feed-of-it":
						w.Header()["Content-Type"] = []string{served}
						io.WriteString(w, feed)
					default:
						io.WriteString(w, article("Story"))
					}
				}))
				w.crawl(t, newMemory(), Options{}, source("http://a.test"))
				if diff := cmp.Diff([]string{"/", "/feed-of-it", "/story"}, w.paths()); diff != "" {
					t.Errorf("%s served as %q: requests (-want +got):\n%s", kind, served, diff)
				}
			})
		}
	}
}

func TestAPackedSitemapIsReadHoweverItIsServed(t *testing.T) {
	for name, header := range map[string]http.Header{
		"as a file":            {"Content-Type": {"application/x-gzip"}},
		"as XML":               {"Content-Type": {"application/xml"}},
		"as a coding":          {"Content-Type": {"application/xml"}, "Content-Encoding": {"gzip"}},
		"without a type":       {"Content-Type": {""}},
		"as a coding and file": {"Content-Type": {"application/gzip"}, "Content-Encoding": {"gzip"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			defer w.close()
			pages := newsSite()
			pages["/robots.txt"] = "Sitemap: http://a.test/sitemap.xml.gz"
			w.serve("a.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/sitemap.xml.gz" {
					static(pages).ServeHTTP(w, r)
					return
				}
				maps.Copy(w.Header(), header)
				io.WriteString(w, gzipped(sitemap))
			}))
			w.crawl(t, newMemory(), Options{}, source("http://a.test"))
			if !slices.Contains(w.paths(), "/three") {
				t.Errorf("%s: %q", name, w.paths())
			}
		})
	}
}

package crawler

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSitemapsOfEveryKindAreRead(t *testing.T) {
	day := time.Date(2023, 8, 25, 0, 0, 0, 0, time.UTC)
	plain := []offer{{url: "http://a.test/three", at: day}, {url: "http://elsewhere.test/x"}}
	for _, c := range []struct {
		name, body string
		want       []offer
		err        string
	}{
		{"urlset", sitemap, plain, ""},
		{"gzip", gzipped(sitemap), plain, ""},
		{"index", `<sitemapindex><sitemap><loc> http://a.test/s.xml </loc><lastmod>2023-08-25T07:00:00+07:00</lastmod></sitemap></sitemapindex>`,
			[]offer{{url: "http://a.test/s.xml", at: day, sitemap: true}}, ""},
		{"news", `<urlset xmlns:news="n"><url><loc>http://a.test/n</loc><news:news><news:publication_date>2023-08-25</news:publication_date><news:title>N  n</news:title></news:news></url></urlset>`,
			[]offer{{url: "http://a.test/n", title: "N n", at: day}}, ""},
		{"image within", `<urlset xmlns:image="i"><url><image:image><image:loc>http://a.test/i.jpg</image:loc></image:image><loc>http://a.test/p</loc></url></urlset>`,
			[]offer{{url: "http://a.test/p"}}, ""},
		{"text", "http://a.test/1\r\nhttps://a.test/2\n\n", []offer{{url: "http://a.test/1"}, {url: "https://a.test/2"}}, ""},
		{"broken off", sitemap[:strings.Index(sitemap, "<url><loc>http://else")+8], plain[:1], "sitemap breaks off after 1 URLs: "},
		{"HTML", article("no"), nil, "not a sitemap: it is an HTML page"},
		{"words", "hello", nil, "not a sitemap: "},
		{"gzip broken off", gzipped(sitemap)[:60], nil, "not a sitemap: gzip: "},
		{"bomb", gzipped(strings.Repeat(" ", 1<<20)), nil, "not a sitemap: body is over 65536 bytes"},
	} {
		got, err := parseSitemap([]byte(c.body), 1<<16)
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(offer{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if (err == nil) != (c.err == "") || err != nil && !strings.HasPrefix(err.Error(), c.err) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.err)
		}
	}
}

func FuzzSitemap(f *testing.F) {
	for _, seed := range []string{sitemap, "http://a.test/1\nhttp://a.test/2", gzipped(sitemap)} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		offers, _ := parseSitemap(body, 1<<16)
		if len(offers) > maxSitemapURLs {
			t.Errorf("%d offers", len(offers))
		}
		for _, o := range offers {
			if o.url == "" || o.url != strings.TrimSpace(o.url) {
				t.Errorf("offer %q", o.url)
			}
		}
	})
}

package newsworld_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"ewgwatch"
	"ewgwatch/internal/newsworld"
)

func TestFeedsHoldEveryPageOfTheirSite(t *testing.T) {
	world := start(t)
	formats := map[string]int{}
	for _, site := range world.Sites() {
		if site.Feed == nil {
			continue
		}
		formats[site.Feed.Format]++
		feed, err := gofeed.NewParser().ParseString(string(get(t, strings.TrimSuffix(site.URL, "/")+site.Feed.Path).body))
		if site.Feed.Broken {
			if err == nil {
				t.Errorf("%s: the broken feed parses", site.Name)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", site.Name, err)
			continue
		}
		listed := map[string]*gofeed.Item{}
		for _, item := range feed.Items {
			listed[item.Link] = item
		}
		for _, page := range world.Pages() {
			if page.Site == site.Name {
				checkItem(t, page, listed[page.URL])
			}
		}
	}
	if formats["rss"] < 3 || formats["atom"] < 2 || formats["json"] != 1 {
		t.Errorf("feeds by format: %v", formats)
	}
}

func checkItem(t *testing.T, page newsworld.Page, item *gofeed.Item) {
	t.Helper()
	switch {
	case item == nil:
		t.Errorf("%s: not in the feed", page.File)
	case item.Title != page.Title:
		t.Errorf("%s: feed calls it %q", page.File, item.Title)
	case page.PublishedAt.IsZero():
		if item.PublishedParsed != nil {
			t.Errorf("%s: feed dates a page without a date", page.File)
		}
	case item.PublishedParsed == nil || !item.PublishedParsed.Equal(page.PublishedAt):
		t.Errorf("%s: feed says %v, page %v", page.File, item.PublishedParsed, page.PublishedAt)
	}
}

func TestSitemapsLeadToEveryPage(t *testing.T) {
	type urls struct {
		Locs []string `xml:"url>loc"`
		Maps []string `xml:"sitemap>loc"`
	}
	read := func(address string) (found urls) {
		if err := xml.Unmarshal(get(t, address).body, &found); err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		return found
	}
	world := start(t)
	mapped := 0
	for _, site := range world.Sites() {
		if !site.Sitemap {
			continue
		}
		mapped++
		if robots := string(get(t, site.URL+"robots.txt").body); !strings.Contains(robots, "Sitemap: "+site.URL+"sitemap.xml") {
			t.Errorf("%s: robots.txt does not name the sitemap:\n%s", site.Name, robots)
		}
		var locs []string
		for _, part := range read(site.URL + "sitemap.xml").Maps {
			locs = append(locs, read(part).Locs...)
		}
		for _, page := range world.Pages() {
			if page.Site == site.Name && !strings.Contains(strings.Join(locs, "\n")+"\n", page.URL+"\n") {
				t.Errorf("%s: not in the sitemap", page.File)
			}
		}
	}
	if mapped < 1 {
		t.Error("no site has a sitemap")
	}
}

func TestConditionalRequestsAreAnsweredWithNotModified(t *testing.T) {
	world := start(t)
	without := 0
	for _, site := range world.Sites() {
		if site.Blocked {
			continue
		}
		got := get(t, site.URL)
		etag, modified := got.header.Get("ETag"), got.header.Get("Last-Modified")
		if site.NoValidators {
			without++
			if etag != "" || modified != "" {
				t.Errorf("%s: has validators", site.Name)
			}
			continue
		}
		if status := get(t, site.URL, "If-None-Match", etag).status; status != http.StatusNotModified {
			t.Errorf("%s: If-None-Match is answered with %d", site.Name, status)
		}
		if status := get(t, site.URL, "If-Modified-Since", modified).status; status != http.StatusNotModified {
			t.Errorf("%s: If-Modified-Since is answered with %d", site.Name, status)
		}
		if n := world.Requests()[site.Name].NotModified; n != 2 {
			t.Errorf("%s: counted %d answers of 304, want 2", site.Name, n)
		}
	}
	if without != 1 {
		t.Errorf("%d sites without validators, want 1", without)
	}
}

func TestLegacyPagesAreInTheCharsetTheyDeclare(t *testing.T) {
	charsets := map[string]int{}
	for _, page := range start(t).Pages() {
		if page.Charset == "" {
			continue
		}
		charsets[page.Charset]++
		got := get(t, page.URL)
		if utf8.Valid(got.body) {
			t.Errorf("%s: is UTF-8", page.File)
		}
		if header := got.header.Get("Content-Type"); header != "text/html" {
			t.Errorf("%s: header says %q", page.File, header)
		}
		if !strings.Contains(string(got.body), page.Charset) || !strings.Contains(got.text(t), page.Title) {
			t.Errorf("%s: its meta charset does not decode it", page.File)
		}
	}
	for _, name := range []string{"windows-874", "windows-1251", "gb18030", "shift_jis"} {
		if charsets[name] == 0 {
			t.Errorf("no page in %s", name)
		}
	}
}

func TestBlockedSiteAnswersForbiddenToAllButRobots(t *testing.T) {
	world := start(t)
	site := siteOf(t, world, "mod-ph")
	if !site.Blocked || site.Reach != ewgwatch.ReachNone || site.Outcome != ewgwatch.Blocked {
		t.Fatalf("%+v", site)
	}
	for path, want := range map[string]int{"": 403, "releases/": 403, "release/ship-and-soldiers-2016": 403, "nowhere": 403, "robots.txt": 200} {
		if got := get(t, site.URL+path).status; got != want {
			t.Errorf("/%s answers %d, want %d", path, got, want)
		}
	}
}

func TestRobotsDisallowIsServedAndWithholdsItsPages(t *testing.T) {
	world := start(t)
	site := siteOf(t, world, "mod-in")
	if robots := string(get(t, site.URL+"robots.txt").body); !strings.Contains(robots, "Disallow: /internal/\n") {
		t.Errorf("robots.txt:\n%s", robots)
	}
	withheld := 0
	for _, page := range world.Pages() {
		if page.Site == site.Name && page.Withheld {
			withheld++
		}
	}
	if withheld != 1 {
		t.Errorf("%d pages withheld, want 1", withheld)
	}
	if status := get(t, siteOf(t, world, "courrier-delta").URL+"robots.txt").status; status != http.StatusNotFound {
		t.Errorf("the site without robots.txt answers %d", status)
	}
}

func TestGzipSiteCompressesForWhoAcceptsIt(t *testing.T) {
	site := siteOf(t, start(t), "straits-ledger")
	plain := get(t, site.URL, "Accept-Encoding", "identity")
	packed := get(t, site.URL, "Accept-Encoding", "gzip")
	if plain.header.Get("Content-Encoding") != "" || packed.header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("codings %q and %q", plain.header.Get("Content-Encoding"), packed.header.Get("Content-Encoding"))
	}
	if plain.header.Get("ETag") == packed.header.Get("ETag") {
		t.Error("two codings under one ETag")
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(packed.body))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(unpacked); err != nil || !bytes.Equal(body, plain.body) {
		t.Errorf("the compressed body differs: %v", err)
	}
}

func TestWordPressSiteOffersItsPosts(t *testing.T) {
	world := start(t)
	site := siteOf(t, world, "delta-rights")
	front := get(t, site.URL)
	if link := front.header.Get("Link"); link != "<"+site.URL+`wp-json/>; rel="https://api.w.org/"` {
		t.Errorf("Link: %s", link)
	}
	var posts []struct {
		Link  string
		Title struct{ Rendered string }
	}
	if err := json.Unmarshal(get(t, site.URL+"wp-json/wp/v2/posts").body, &posts); err != nil {
		t.Fatal(err)
	}
	if len(posts) != 6 || !strings.Contains(posts[2].Link, "/2023/08/25/cancel-the-september-drill/") {
		t.Errorf("posts: %+v", posts)
	}
}

func TestListingWithoutAFeedGoesOnOverTheNextPage(t *testing.T) {
	world := start(t)
	site := siteOf(t, world, "mod-th")
	if site.Feed != nil {
		t.Error("the ministry has a feed")
	}
	if first := string(get(t, site.URL+"news/").body); !strings.Contains(first, `rel="next" href="/news/page/2/"`) {
		t.Error("the listing has no next page")
	}
	second := get(t, site.URL+"news/page/2/").text(t)
	if strings.Contains(second, `rel="next"`) || !strings.Contains(second, "guilin-remembered") {
		t.Error("the second page is not the last one, or lacks the oldest news")
	}
}

func TestThaiDatesAreVisibleOnlyAndOfTheBuddhistEra(t *testing.T) {
	for _, page := range start(t).Pages() {
		if page.Site != "mod-th" {
			continue
		}
		text := get(t, page.URL).text(t)
		if strings.Contains(text, "<meta property") || strings.Contains(text, "ld+json") || strings.Contains(text, "<time") {
			t.Errorf("%s: a machine-readable date", page.File)
		}
		if !strings.Contains(text, " 256") && !strings.Contains(text, " ๒๕๖") {
			t.Errorf("%s: no year of the Buddhist era", page.File)
		}
	}
}

package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
)

// portal is a site as they are made: a bar of sections, a list of headlines, a
// sidebar of tags, and a foot of pages that nobody reads.
type portal struct {
	article func(n int) string // its path
	section func(n int) string
	title   string
}

var portals = map[string]portal{
	"dated titles":       {func(n int) string { return fmt.Sprintf("/2026/11/%02d/ministers-meet-again-%d/", n%28+1, n) }, word("/category/s%d/"), "Defence ministers of the region meet again, story %d"},
	"titles at the root": {func(n int) string { return fmt.Sprintf("/ministers-met-for-the-%d-time/", n) }, word("/s%d/"), "Defence ministers of the region meet again, story %d"},
	"numbers":            {word("/content/%d"), word("/section/s%d"), "国防部长会议在本地区再次举行第%d次"},
	"queries":            {word("/view.php?id=%d"), word("/list.php?cat=s%d"), "Bộ trưởng Quốc phòng các nước gặp nhau lần thứ %d"},
	"files":              {word("/news/t20261123_%d.html"), word("/s%d/index.html"), "รัฐมนตรีกลาโหมประชุมร่วมกันอีกครั้งหนึ่ง ครั้งที่ %d"},
}

func word(format string) func(int) string {
	return func(n int) string { return fmt.Sprintf(format, n) }
}

// page lists the articles of a section between the furniture of the site.
func (p portal) page(section int) string {
	var b strings.Builder
	b.WriteString("<!doctype html><html><body><nav>")
	for i := range 25 {
		fmt.Fprintf(&b, `<a href="%s">Section %d</a>`, p.section(i), i)
	}
	b.WriteString("</nav><main>")
	for i := range 20 {
		n := 10000 + 100*section + i
		fmt.Fprintf(&b, `<a href="%s"><img></a><h2><a href="%s">%s</a></h2><a href="%s">More</a>`, p.article(n), p.article(n), fmt.Sprintf(p.title, n), p.article(n))
	}
	b.WriteString("</main><aside>")
	for i := range 15 {
		fmt.Fprintf(&b, `<a href="/tag/t%d">Tag %d</a>`, i, i)
	}
	return b.String() + `</aside><a href="/about-us">About us</a><a href="/terms-and-conditions/">Terms of use</a></body></html>`
}

// share crawls a portal with a budget and tells how many of the requests were
// for articles.
func share(t *testing.T, p portal, budget int) (articles int) {
	t.Helper()
	titles, sections := map[string]string{}, map[string]int{}
	for n := 10000; n < 12600; n++ {
		titles[p.article(n)] = fmt.Sprintf(p.title, n)
	}
	for i := range 25 {
		sections[p.section(i)] = i
	}
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", hostile(func(w http.ResponseWriter, r *http.Request) {
			if title, ok := titles[r.URL.RequestURI()]; ok {
				fmt.Fprint(w, article(title, p.section(1), p.section(2)))
				return
			}
			fmt.Fprint(w, p.page(sections[r.URL.RequestURI()]))
		}))
		w.crawl(t, m, Options{MaxPages: budget, Delay: -1}, source("http://a.test"))
		for _, path := range w.paths() {
			if _, ok := titles[path]; ok {
				articles++
			}
		}
	})
	return articles
}

// TestArticlesComeBeforeTheBarOfSections leaves room for one section, which the
// first pages of a site are worth: see hope.
func TestArticlesComeBeforeTheBarOfSections(t *testing.T) {
	for name, p := range portals {
		if got := share(t, p, 21); got < 19 {
			t.Errorf("%s: of 21 requests %d were for articles, want 19", name, got)
		}
		if got := share(t, p, 60); got < 50 {
			t.Errorf("%s: of 60 requests %d were for articles, want 50", name, got)
		}
	}
}

func TestALinkIsJudgedByTheCompanyItKeeps(t *testing.T) {
	long := "Defence ministers meet again in the capital"
	links := []link{
		{url: "http://a.test/news/1", anchor: long}, {url: "http://a.test/news/2", anchor: long}, {url: "http://a.test/news/3", anchor: "More"},
		{url: "http://a.test/news/3", anchor: long}, {url: "http://a.test/news/4", anchor: "More"},
		{url: "http://a.test/sport", anchor: "Sport"}, {url: "http://a.test/en/sport", anchor: "Sport"},
		{url: "http://a.test/special/one-more-story", anchor: long}, {url: "http://a.test/a/b/c", anchor: "Deep"},
		{url: "http://a.test/?page=2", anchor: "2"}, {url: "http://a.test/?page=9", anchor: "»", next: true},
		{url: "http://a.test/img/1", anchor: ""}, {url: "http://a.test/img/2", anchor: ""}, {url: "http://a.test/img/3", anchor: ""},
		{url: "http://a.test/self", rel: relCanonical},
	}
	got := standings(links)
	for path, want := range map[string]standing{
		"news/1": story, "news/3": story, "news/4": likely, "sport": navigation, "en/sport": navigation, "special/one-more-story": likely,
		"a/b/c": unclear, "?page=2": navigation, "?page=9": onward, "img/2": likely,
	} {
		if got["http://a.test/"+path] != want {
			t.Errorf("%s: %d, want %d", path, got["http://a.test/"+path], want)
		}
	}
	if _, ok := got["http://a.test/self"]; ok {
		t.Error("what a page says of itself was judged as a link")
	}
}

func TestIdentifiersAreToldFromWords(t *testing.T) {
	for s, want := range map[string]string{
		"12345": "#", "2026-11-23": "#", "t20261123_4567.html": "#.html", "a-long-title-12": "~", "index.html": "index.html", "iso9001": "#",
		"sport": "sport", "about-us": "about-us", "国防部长会议在本地区再次举行": "~", "v2": "#", "": "",
	} {
		if got := kindOfSegment(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func FuzzStandings(f *testing.F) {
	f.Add("http://a.test/news/1", "http://a.test/%zz", "x")
	f.Fuzz(func(t *testing.T, a, b, anchor string) {
		for address, looks := range standings([]link{{url: a, anchor: anchor}, {url: b, next: true}, {url: a}}) {
			if looks < navigation || looks > onward || address != a && address != b {
				t.Errorf("%q: %d", address, looks)
			}
		}
	})
}

package crawler

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

func TestLinksOfEveryKindAreRead(t *testing.T) {
	page := `<html><head><meta http-equiv="Refresh" content="0; URL='/moved'">
<link rel="alternate" type="application/atom+xml; charset=utf-8" title="News" href="/atom"><link rel="alternate" hreflang="th" href="/th">
<link rel="stylesheet" href="/s.css"><link rel="NEXT" href="/page/2"></head><body>
<a href=" /one ">One
 <b>story</b></a><a href="/two" title="Two"><img src=x alt="picture"></a><a name="three">no</a><a href="#top">top</a>
<a href="/page/3">ถัดไป</a><a href="javascript:go()">go</a><map><area href="/area"></map></body></html>`
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	base, _ := url.Parse("http://a.test/")
	got := linksOf(root, func(ref string) string {
		u, err := base.Parse(ref)
		if err != nil || strings.HasPrefix(ref, "#") {
			return ""
		}
		return u.String()
	})
	want := []link{
		{url: "http://a.test/moved"},
		{url: "http://a.test/atom", anchor: "News", feed: true},
		{url: "http://a.test/page/2", next: true},
		{url: "http://a.test/one", anchor: "One story"},
		{url: "http://a.test/two", anchor: "Two picture"},
		{url: "http://a.test/page/3", anchor: "ถัดไป", next: true},
		{url: "javascript:go()", anchor: "go"},
		{url: "http://a.test/area"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(link{})); diff != "" {
		t.Errorf("links (-want +got):\n%s", diff)
	}
}

func TestPlumbingIsNotFollowed(t *testing.T) {
	for address, want := range map[string]bool{
		"http://a.test/news/story":                            false,
		"http://a.test/news/2023/08/25/story":                 false,
		"http://a.test/scan.pdf":                              false,
		"http://a.test/view?file=x.jpg":                       false,
		"http://a.test/accounting-for-terror":                 false,
		"http://a.test/photo.JPG":                             true,
		"http://a.test/wp-login.php?next=/":                   true,
		"http://a.test/user/Login/":                           true,
		"http://a.test/story?share=twitter":                   true,
		"http://a.test/story?replytocom=7":                    true,
		"http://a.test/x/a/x/b/x":                             true,
		"http://a.test/1/2/3/4/5/6/7/8/9/10/11/12/13":         true,
		"http://a.test/?q=" + strings.Repeat("a", maxURL):     true,
		"http://a.test/" + strings.Repeat("%E0%B8%81", 100):   false,
		"http://a.test/document.docx":                         true,
		"http://a.test/press-release-no.12":                   false,
		"http://a.test/index.php?option=com_content&view=art": false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := isPlumbing(u); got != want {
			t.Errorf("%.80s: %v, want %v", address, got, want)
		}
	}
}

func TestCalendarsAreToldFromArticles(t *testing.T) {
	for address, want := range map[string]bool{
		"http://a.test/2031/05":                    true,
		"http://a.test/news/2031/05/17":            true,
		"http://a.test/events/calendar/list":       true,
		"http://a.test/list?year=2031":             true,
		"http://a.test/list?tribe-bar-date=2031-1": true,
		"http://a.test/2031/05/17/story":           false,
		"http://a.test/news/12345":                 false,
		"http://a.test/2031":                       false,
		"http://a.test/article?id=12":              false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := isCalendar(u); got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

func mustURL(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

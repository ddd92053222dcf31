package crawler

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gocolly/colly/v2"
	"golang.org/x/net/html"
)

// TestLinksComeToTheSameWhateverWasMetBefore reads documents one after the
// other with one memo, and each alone with a new one.
func TestLinksComeToTheSameWhateverWasMetBefore(t *testing.T) {
	m := newMemo()
	for _, c := range []struct{ page, text, want string }{
		{"http://a.test/news/1", `<a href="/x">`, "http://a.test/x"},
		{"http://a.test/news/1", `<a href="x">`, "http://a.test/news/x"},
		{"http://a.test/other/1", `<a href="x">`, "http://a.test/other/x"},
		{"http://a.test/news/2", `<base href="http://b.test/deep/"><a href="/x">`, "http://b.test/x"},
		{"http://a.test/news/3", `<body><p><base href="http://c.test/"><a href="/x">`, "http://c.test/x"},
		{"http://a.test:8080/", `<a href="/x">`, "http://a.test:8080/x"},
		{"https://a.test/", `<a href="/x">`, "https://a.test/x"},
		{"https://a.test/", `<a href="//d.test/x">`, "https://d.test/x"},
		{"http://a.test/", `<a href="//d.test/x">`, "http://d.test/x"},
	} {
		for name, memo := range map[string]*memo{"shared": m, "new": newMemo()} {
			var got []string
			for _, l := range readWith(t, memo, c.page, c.text) {
				got = append(got, memo.address(l.url).canonical)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s with a %s memo: %s leads to %q, want %q", c.page, name, c.text, got, c.want)
			}
		}
	}
}

// readWith reads the links of a document as colly would have them read.
func readWith(t *testing.T, m *memo, page, text string) []link {
	t.Helper()
	at, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	var links []link
	c := colly.NewCollector()
	c.WithTransport(canned(text))
	c.OnHTML("html > head", func(e *colly.HTMLElement) {
		root := e.DOM.Nodes[0].Parent
		links = linksOf(root, m.resolver(e.Request, root))
	})
	if err := c.Visit(at.String()); err != nil {
		t.Fatal(err)
	}
	return links
}

// canned answers every request with one page.
type canned string

func (c canned) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(strings.NewReader(string(c))), Request: req,
	}, nil
}

func TestAMemoDoesNotGrowForEver(t *testing.T) {
	m := newMemo()
	for i := range 3 * maxMemo {
		link := fmt.Sprintf("http://a.test/%d", i)
		if got := m.address(link); got.canonical != link || got.u == nil {
			t.Fatalf("%s comes to %+v", link, got)
		}
	}
	if len(m.canonical) > maxMemo {
		t.Errorf("%d links are kept, want at most %d", len(m.canonical), maxMemo)
	}
}

func TestTheHeadIsThereWhereAPageHasNone(t *testing.T) {
	for _, text := range []string{"", "<p>x", "<frameset><frame src=a></frameset>", "<html><body></body></html>", "\x00"} {
		root, err := html.Parse(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for node := range root.Descendants() {
			found = found || node.Data == "head" && node.Parent.Data == "html"
		}
		if !found {
			t.Errorf("%q is parsed without a head", text)
		}
	}
}

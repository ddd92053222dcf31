package crawler

import (
	"net/url"
	"strings"

	"github.com/gocolly/colly/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// memo remembers what the links of a source come to. The same menu stands on
// page after page, and reading it each time cost a third of a page's work.
type memo struct {
	absolute  map[string]string // by origin and reference
	canonical map[string]address
}

// address is what a resolved link comes to; u is nil where it leads nowhere.
type address struct {
	canonical string
	u         *url.URL
}

const maxMemo = 1000 // links; then it starts anew

func newMemo() *memo {
	return &memo{absolute: map[string]string{}, canonical: map[string]address{}}
}

// resolver returns what makes the references of a document absolute. Those that
// begin with a slash mean the same on every page of a host, unless the document
// has a base of its own.
func (m *memo) resolver(request *colly.Request, root *html.Node) func(string) string {
	if hasBase(root) {
		if hasVainBase(root) {
			return resolver(request.URL)
		}
		return request.AbsoluteURL
	}
	origin := request.URL.Scheme + "://" + request.URL.Host
	return func(reference string) string {
		if !strings.HasPrefix(reference, "/") {
			return request.AbsoluteURL(reference)
		}
		key := origin + reference
		known, ok := m.absolute[key]
		if !ok {
			known = request.AbsoluteURL(reference)
			remember(m.absolute, key, known)
		}
		return known
	}
}

func hasBase(root *html.Node) bool {
	for node := range root.Descendants() {
		if node.DataAtom == atom.Base {
			return true
		}
	}
	return false
}

// address returns a link in its canonical spelling.
func (m *memo) address(link string) address {
	known, ok := m.canonical[link]
	if ok {
		return known
	}
	if canonical, err := Canonical(link); err == nil {
		if u, err := url.Parse(canonical); err == nil {
			known = address{canonical, u}
		}
	}
	remember(m.canonical, link, known)
	return known
}

func remember[V any](known map[string]V, key string, value V) {
	if len(known) >= maxMemo {
		clear(known)
	}
	known[key] = value
}

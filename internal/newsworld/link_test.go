package newsworld_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ewgwatch/internal/newsworld"
)

func TestEveryLinkOfASiteResolvesAndEveryPageIsReached(t *testing.T) {
	world := start(t)
	known := map[string]bool{}
	for _, site := range world.Sites() {
		known[strings.TrimSuffix(site.URL, "/")] = true
	}
	for _, site := range world.Sites() {
		if site.Blocked {
			continue
		}
		reached := follow(t, site, known)
		for _, page := range world.Pages() {
			if page.Site == site.Name && !reached[page.URL] {
				t.Errorf("%s: nothing leads from %s to %s", page.File, site.Listing, page.Path)
			}
		}
	}
}

// follow visits everything that a site's listing leads to on the site itself
// and returns the URLs. Addresses on loopback must be those of a known site.
func follow(t *testing.T, site newsworld.Site, known map[string]bool) map[string]bool {
	t.Helper()
	root, err := url.Parse(site.URL)
	if err != nil {
		t.Fatal(err)
	}
	reached := map[string]bool{}
	queue := []string{root.JoinPath(site.Listing).String(), site.URL, root.JoinPath("about/").String()}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		if reached[address] {
			continue
		}
		reached[address] = true
		got := get(t, address)
		if got.status != http.StatusOK {
			t.Errorf("%s: %s answers %d", site.Name, address, got.status)
		}
		for _, link := range links(t, address, got) {
			if origin := link.Scheme + "://" + link.Host; !known[origin] {
				t.Errorf("%s: link to %s, where no site is", address, link)
			}
			if link.Host == root.Host {
				queue = append(queue, link.String())
			}
		}
	}
	return reached
}

func links(t *testing.T, address string, got reply) []*url.URL {
	t.Helper()
	if !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
		return nil
	}
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	var found []*url.URL
	for node := range root.Descendants() {
		for _, attribute := range node.Attr {
			if attribute.Key != "href" && attribute.Key != "src" || strings.HasPrefix(attribute.Val, "#") {
				continue
			}
			link, err := base.Parse(attribute.Val)
			if err != nil {
				t.Errorf("%s: %v", address, err)
				continue
			}
			found = append(found, link)
		}
	}
	return found
}

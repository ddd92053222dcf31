package crawler_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"

	"ewgwatch"
	"ewgwatch/crawler"
)

// nothing is the history of a first night.
type nothing struct{}

func (nothing) Visit(string) (ewgwatch.Visit, bool, error) { return ewgwatch.Visit{}, false, nil }
func (nothing) Visits(string) ([]ewgwatch.Visit, error)    { return nil, nil }

func Example() {
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<html><p>News of the ministry.</p><a href="/exercise">An exercise</a> <a href="/staff">Staff only</a></html>`)
		case "/exercise":
			fmt.Fprint(w, "<html><p>The exercise opened in Naypyitaw.</p></html>")
		case "/staff":
			http.Error(w, "no", http.StatusForbidden)
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()

	c := crawler.New(nothing{}, crawler.Options{
		Contact:        "monitor@example.org",
		Delay:          -1, // for a lab only
		AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
	})
	sources := []ewgwatch.Source{{ID: "ministry", URL: site.URL}}
	coverage, err := c.Crawl(context.Background(), sources, func(_ context.Context, page ewgwatch.Page) error {
		fmt.Println(strings.TrimPrefix(page.URL, site.URL), page.Outcome)
		return nil
	})
	fmt.Println(coverage[0].Reach, strings.ReplaceAll(coverage[0].Why, site.URL, ""), err)
	// Output:
	// / new
	// /exercise new
	// /staff blocked
	// partial 403 from /staff <nil>
}

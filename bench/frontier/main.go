// Command frontier measures what a night that is cut short has read: the share
// of a generated site's pages on the topic that are found against the pages
// fetched, by our frontier and breadth-first. It is no part of the program.
//
//	go run ./bench/frontier [-seed 1]
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"net/netip"
	"os"

	"ewgwatch"
	"ewgwatch/crawler"
	"ewgwatch/extract"
)

const size = 2000 // pages of the site

func main() {
	seed := flag.Uint64("seed", 1, "of the site that is generated")
	flag.Parse()
	if err := measure(os.Stdout, *seed); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func measure(w io.Writer, seed uint64) error {
	s := generate(rand.New(rand.NewPCG(seed, 2026)))
	server := httptest.NewServer(s)
	defer server.Close()
	ours, err := crawl(server.URL)
	if err != nil {
		return err
	}
	contestants := []struct {
		name  string
		order []string
	}{{"ours", ours}, {"breadth-first", s.breadthFirst()}}
	fmt.Fprintf(w, "%d pages, %d of them on the topic; share of these found after so many pages:\n%-14s", len(s.pages), s.topical(), "")
	steps := []int{25, 50, 100, 200, 400, 800, 1600}
	for _, n := range steps {
		fmt.Fprintf(w, "%7d", n)
	}
	for _, c := range contestants {
		fmt.Fprintf(w, "\n%-14s", c.name)
		for _, n := range steps {
			fmt.Fprintf(w, "%6.0f%%", 100*s.found(c.order[:min(n, len(c.order))]))
		}
	}
	fmt.Fprintln(w)
	return nil
}

// crawl returns the paths that a crawl without a budget asks for, in order.
func crawl(address string) ([]string, error) {
	options := crawler.Options{
		Delay: -1, MaxPages: 2 * size, Concurrency: 1, Score: extract.LinkScore,
		AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}
	var order []string
	source := ewgwatch.Source{ID: "site", Name: "site", URL: address + "/"}
	_, err := crawler.New(nothing{}, options).Crawl(context.Background(), []ewgwatch.Source{source}, func(_ context.Context, page ewgwatch.Page) error {
		order = append(order, page.URL[len(address):])
		return nil
	})
	return order, err
}

// nothing is the history of a first night.
type nothing struct{}

func (nothing) Visit(string) (ewgwatch.Visit, bool, error) { return ewgwatch.Visit{}, false, nil }
func (nothing) Visits(string) ([]ewgwatch.Visit, error)    { return nil, nil }

// Command cycle reads a folder of pages on the cycle 2021-2023, adds them up to a
// ledger and lists every cell that differs from what is known of that cycle, with
// the quotes that led to it.
//
//	go run ./bench/cycle [-seeds seeds.txt] DIR [PRESSRELEASE.html]
//
// DIR holds pages as DIR/plain/*.html. It ends with 1 where a cell differs.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/ledger"
)

func main() {
	seeds := flag.String("seeds", "seeds.txt", "file of the sources that the pages are of, as far as they are watched")
	flag.Parse()
	if flag.NArg() < 1 || flag.NArg() > 2 {
		fmt.Fprintln(os.Stderr, "want DIR [PRESSRELEASE.html]")
		os.Exit(2)
	}
	differ, err := run(context.Background(), *seeds, flag.Arg(0), flag.Args()[1:])
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "cycle:", err)
		os.Exit(1)
	case differ > 0:
		os.Exit(1)
	}
}

func run(ctx context.Context, seeds, dir string, more []string) (differ int, err error) {
	sources, err := sourcesOf(seeds)
	if err != nil {
		return 0, err
	}
	pages, err := filepath.Glob(filepath.Join(dir, "plain", "*.html"))
	if err != nil {
		return 0, err
	}
	if len(pages) == 0 {
		return 0, fmt.Errorf("%s: want pages as plain/*.html, have none", dir)
	}
	var findings []ewgwatch.Finding
	for _, page := range append(pages, more...) {
		read, err := readPage(ctx, page, sources)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", page, err)
		}
		findings = append(findings, read...)
	}
	l, err := ledger.New(each(findings), nil, ledger.Options{Cycle: cycle})
	if err != nil {
		return 0, err
	}
	cells, err := parse(expectedTSV)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(os.Stdout, "%d pages, %d findings\n\n", len(pages)+len(more), len(findings))
	return report(os.Stdout, l, cells, findings), nil
}

const cycle = "2021-2023"

func each(findings []ewgwatch.Finding) func(func(ewgwatch.Finding, error) bool) {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for _, f := range findings {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// sourcesOf returns the sources that are watched.
func sourcesOf(seeds string) ([]ewgwatch.Source, error) {
	text, err := os.ReadFile(seeds)
	if err != nil {
		return nil, err
	}
	return ewgwatch.ParseSeeds(seeds, bytes.NewReader(text))
}

// readPage returns what a saved page says, as of the source that the page's own
// address belongs to.
func readPage(ctx context.Context, file string, sources []ewgwatch.Source) ([]ewgwatch.Finding, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	options := extract.Options{Now: time.Now()}
	page := ewgwatch.Page{Header: http.Header{}, Body: body}
	article, err := extract.Article(ctx, page, options)
	if err != nil {
		return nil, err
	}
	page.Source = sourceOf(article.URL, sources)
	if article, err = extract.Article(ctx, page, options); err != nil {
		return nil, err
	}
	findings := extract.Findings(article, options).Findings
	for i := range findings {
		findings[i] = standing(findings[i], article)
	}
	return findings, nil
}

// standing is a finding as it is kept.
func standing(f ewgwatch.Finding, a ewgwatch.Article) ewgwatch.Finding {
	f.Status, f.URL, f.Title, f.Lang, f.Published, f.Source = ewgwatch.Current, a.URL, a.Title, a.Lang, a.Published, a.Source
	return f.Identify()
}

// sourceOf returns the source on the host of an address, or one made of the host.
func sourceOf(address string, sources []ewgwatch.Source) ewgwatch.Source {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ewgwatch.Source{}
	}
	host := strings.TrimPrefix(u.Host, "www.")
	at := slices.IndexFunc(sources, func(s ewgwatch.Source) bool {
		of, _, _ := strings.Cut(s.ID, "/")
		return of == host
	})
	if at >= 0 {
		return sources[at]
	}
	return ewgwatch.Source{ID: host, Name: host}
}

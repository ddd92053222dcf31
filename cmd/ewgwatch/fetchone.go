package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"

	"ewgwatch"
	"ewgwatch/crawler"
)

// isWeb reports whether an argument is an address and not the name of a file.
func isWeb(arg string) bool {
	u, err := url.Parse(arg)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// fetchOne gets one page as a crawl would, asking robots.txt first. Nothing is
// kept of it.
func fetchOne(ctx context.Context, address string, flags *fetchFlags) (ewgwatch.Page, error) {
	options, err := flags.options()
	if err != nil {
		return ewgwatch.Page{}, err
	}
	var got ewgwatch.Page
	source := ewgwatch.Source{ID: address, Name: address, URL: address, MaxPages: 1}
	_, err = crawler.New(nothingKnown{}, options).Crawl(ctx, []ewgwatch.Source{source}, func(_ context.Context, page ewgwatch.Page) error {
		got = page
		return nil
	})
	switch {
	case err != nil:
		return got, err
	case !got.Outcome.HasBody():
		return got, fmt.Errorf("%s: %s: %s", address, got.Outcome, cmp.Or(got.Detail, fmt.Sprint("status ", got.Status)))
	}
	got.Source = ewgwatch.Source{}
	return got, nil
}

// nothingKnown is the history of a page that is fetched for the first time.
type nothingKnown struct{}

func (nothingKnown) Visit(string) (ewgwatch.Visit, bool, error) { return ewgwatch.Visit{}, false, nil }
func (nothingKnown) Visits(string) ([]ewgwatch.Visit, error)    { return nil, nil }

package main

import (
	"context"
	"net/netip"
	"net/url"
	"sync/atomic"

	"ewgwatch"
	"ewgwatch/crawler"
)

// ours is the crawler alone, without reading, archive and store.
func ours(t task) (int, error) {
	var sources []ewgwatch.Source
	for _, seed := range t.seeds {
		u, err := url.Parse(seed)
		if err != nil {
			return 0, err
		}
		sources = append(sources, ewgwatch.Source{ID: ewgwatch.SourceID(u), Name: seed, URL: seed})
	}
	options := crawler.Options{Delay: t.delay, MaxPages: t.pages + 1, Concurrency: t.width, AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}
	if t.delay == 0 {
		options.Delay = -1
	}
	var pages atomic.Int64
	_, err := crawler.New(nothing{}, options).Crawl(context.Background(), sources, func(_ context.Context, page ewgwatch.Page) error {
		if page.Outcome.Read() {
			pages.Add(1)
		}
		return nil
	})
	return int(pages.Load()), err
}

// nothing is the history of a first night.
type nothing struct{}

func (nothing) Visit(string) (ewgwatch.Visit, bool, error) { return ewgwatch.Visit{}, false, nil }
func (nothing) Visits(string) ([]ewgwatch.Visit, error)    { return nil, nil }

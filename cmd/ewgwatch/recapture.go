package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/crawler"
	"ewgwatch/extract"
	"ewgwatch/store"
)

// recapture reads archived pages again as the run that fetched them did: with
// the furniture that it knew then, and at the time that it was then. Its methods
// are safe for concurrent use.
type recapture struct {
	dir  string // of the archive
	runs []ewgwatch.Run

	store *store.Store
	mu    sync.Mutex
	hosts map[string]ewgwatch.Furniture
}

func newRecapture(ctx context.Context, data folder, s *store.Store) (*recapture, error) {
	r := &recapture{dir: data.archive(), store: s, hosts: map[string]ewgwatch.Furniture{}}
	for run, err := range s.Runs(ctx) {
		if err != nil {
			return nil, err
		}
		r.runs = append(r.runs, run)
	}
	return r, nil
}

// again is an archived page, read once more.
type again struct {
	page    ewgwatch.Page
	article ewgwatch.Article
	options extract.Options
}

// errEvidence is for what is wrong with the archived bytes and not with us.
var errEvidence = errors.New("the evidence cannot be read")

// of reads the page that a capture names, which was fetched for a source.
func (r *recapture) of(ctx context.Context, capture ewgwatch.Capture, source ewgwatch.Source) (again, error) {
	record, err := archive.Read(r.dir, capture)
	if err != nil {
		return again{}, fmt.Errorf("%w: %w", errEvidence, err)
	}
	return r.read(ctx, record, capture, source)
}

// read reads the page in a record.
func (r *recapture) read(ctx context.Context, record archive.Record, capture ewgwatch.Capture, source ewgwatch.Source) (again, error) {
	page, err := pageIn(record)
	if err != nil {
		return again{}, fmt.Errorf("%w: %s: offset %d: %w", errEvidence, capture.File, capture.Offset, err)
	}
	page.Capture, page.Source = capture, source
	a := again{page: page, options: extract.Options{Now: page.FetchedAt}}
	if a.options.Furniture, err = r.furniture(page); err != nil {
		return a, err
	}
	a.article, err = extract.Article(ctx, page, a.options)
	return a, err
}

// maxInflated is how much a body may hold, in bytes: what a record may.
const maxInflated = archive.MaxBlock

// pageIn is the page that a record holds.
func pageIn(r archive.Record) (ewgwatch.Page, error) {
	header := r.Header
	if header == nil { // what scripts made
		header = http.Header{"Content-Type": {r.Fields.Get("Content-Type")}}
	}
	body, err := crawler.Inflate(header.Get("Content-Encoding"), r.Payload, maxInflated)
	if err != nil {
		return ewgwatch.Page{}, err
	}
	url, err := crawler.Canonical(r.URL)
	if err != nil {
		return ewgwatch.Page{}, err
	}
	return ewgwatch.Page{URL: url, FinalURL: url, FetchedAt: r.At, Header: header, Body: body}, nil
}

// furniture is what the run that fetched a page knew of its host.
func (r *recapture) furniture(page ewgwatch.Page) (func(block uint64) bool, error) {
	run := ""
	for _, known := range r.runs {
		if !known.StartedAt.After(page.FetchedAt) {
			run = known.ID
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	name := hostOf(page.FinalURL)
	known, ok := r.hosts[name]
	if !ok {
		var err error
		if known, err = r.store.Furniture(name); err != nil {
			return nil, err
		}
		r.hosts[name] = known
	}
	return known.Before(run), nil
}

// findings are what the page says by today's rules.
func (a again) findings() []ewgwatch.Finding {
	if a.article.Listing || a.article.Text == "" {
		return nil
	}
	found := extract.Findings(a.article, a.options).Findings
	for i := range found {
		found[i].FoundAt = a.page.FetchedAt
		found[i] = found[i].Identify()
	}
	return found
}

package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

func TestSourcesAndEventsAreToldByID(t *testing.T) {
	s := open(t, store.Options{})
	var want []ewgwatch.Source
	for i := range 600 { // more than one transaction reads
		r := reading(fmt.Sprint("https://tribune.test/", i), "text", lao())
		source := ewgwatch.Source{ID: fmt.Sprintf("tribune%03d.test", i), URL: "https://tribune.test/", Name: "Tribune", Kind: ewgwatch.News}
		r.Article.Source, r.Visit.Source, r.Findings[0].Source = source, source.ID, source
		put(t, s, r)
		want = append(want, source)
	}
	if diff := cmp.Diff(want, listed(t, s.Sources(t.Context())), sameTime); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]ewgwatch.Event{tabletop}, listed(t, s.Events(t.Context()))); diff != "" {
		t.Error(diff)
	}
}

func TestSourcesEndWithTheirContext(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(page, "text", lao()))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	rows := 0
	for _, err := range s.Sources(ctx) {
		if rows++; !errors.Is(err, context.Canceled) {
			t.Errorf("error is %v", err)
		}
	}
	if rows != 1 {
		t.Errorf("%d rows", rows)
	}
}

func listed[T any](t *testing.T, rows iter.Seq2[T, error]) (all []T) {
	t.Helper()
	for row, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

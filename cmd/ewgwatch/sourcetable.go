package main

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"ewgwatch"
	"ewgwatch/export"
)

// watched is a source as the runs met it.
type watched struct {
	source    ewgwatch.Source
	last      ewgwatch.Coverage
	first, at ewgwatch.Run // the first and the last run that tell of it
}

// sourceTable is a row a source. It counts the findings of the pass that was last
// begun, so that it is to be written after them.
func (c *corpus) sourceTable(ctx context.Context) (export.Table, error) {
	all := map[string]*watched{}
	for _, run := range c.runs {
		for _, coverage := range run.Coverage {
			w := all[coverage.Source]
			if w == nil {
				w = &watched{source: ewgwatch.Source{ID: coverage.Source, Name: coverage.Name, State: coverage.State}, first: run}
				all[coverage.Source] = w
			}
			w.last, w.at = coverage, run
		}
	}
	for source, err := range c.store.Sources(ctx) {
		if err != nil {
			return export.Table{}, err
		}
		if w := all[source.ID]; w != nil {
			w.source = source
			continue
		}
		all[source.ID] = &watched{source: source}
	}
	return export.Table{Name: "sources", Columns: sourceColumns(), Rows: func(yield func([]any, error) bool) {
		for _, id := range slices.Sorted(maps.Keys(all)) {
			findings := c.pass.of[id]
			if w := all[id]; (w.at.ID != "" || findings > 0) && among(c.filter.sources, id) && !yield(w.row(findings), nil) {
				return
			}
		}
	}}, nil
}

func sourceColumns() []export.Column {
	return []export.Column{
		{Name: "source_id", Kind: export.Words, About: "identity of the publication"},
		{Name: "name", Kind: export.Words, About: "its name, as in the column source of the findings"},
		{Name: "url", Kind: export.Words, About: "where it is watched"},
		{Name: "kind", Kind: export.Words, About: "who speaks in it"},
		{Name: "state", Kind: export.Words, About: "whose ministry, agency or press it is"},
		{Name: "lang", Kind: export.Words, About: "language that its pages are mostly in"},
		{Name: "first_run", Kind: export.Words, About: "first run that watched it"},
		{Name: "last_run", Kind: export.Words, About: "and the last"},
		{Name: "last_reach", Kind: export.Words, About: "how much of it that run saw: read, partial or unread"},
		{Name: "last_why", Kind: export.Words, About: "why not all"},
		{Name: "findings", Kind: export.Whole, About: "findings of it in the table of findings"},
	}
}

func (w *watched) row(findings int) []any {
	s := w.source
	return []any{s.ID, cmp.Or(s.Name, s.ID), s.URL, string(s.Kind), string(s.State), s.Lang, w.first.ID, w.at.ID, string(w.last.Reach), w.last.Why, findings}
}

package main

import (
	"context"
	"iter"
	"slices"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/store"
)

// believed yields findings with the values of the analysts who corrected them in the
// place of the machine's, and none that an analyst rejected. Of an event that an
// analyst named instead it says what is known of it.
func believed(findings iter.Seq2[ewgwatch.Finding, error], events map[string]ewgwatch.Event) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for f, err := range findings {
			if f.Status == ewgwatch.Rejected {
				continue
			}
			f = f.Believed()
			if event, ok := events[f.Event.ID]; ok && f.Event == (ewgwatch.Event{ID: event.ID}) {
				f.Event = event
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// ofState yields those of one state, and of the moved ones those that now belong to
// it.
func ofState(state ewgwatch.State, findings iter.Seq2[ewgwatch.Finding, error], moved []ewgwatch.Finding) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for f, err := range findings {
			if (err != nil || f.State == state) && !yield(f, err) {
				return
			}
		}
		for _, f := range moved {
			if f.State == state && !yield(f, nil) {
				return
			}
		}
	}
}

// movedFindings returns, as believed, those that belong to another state than the
// machine read. The database is only searched for them where an analyst ever said so.
func movedFindings(ctx context.Context, s *store.Store, q store.Query) (moved []ewgwatch.Finding, err error) {
	words, err := allWords(ctx, s)
	if err != nil || !slices.ContainsFunc(words, func(r ewgwatch.Review) bool { return r.State != "" }) {
		return nil, err
	}
	for f, err := range s.Findings(ctx, store.Query{Status: ewgwatch.Corrected, AsOf: q.AsOf}) {
		if err != nil {
			return nil, err
		}
		if right := f.Believed(); right.State != f.State {
			moved = append(moved, right)
		}
	}
	return moved, nil
}

// knownEvents returns the events of the catalogue and those of the database, by ID.
func knownEvents(ctx context.Context, s *store.Store) (map[string]ewgwatch.Event, error) {
	known := map[string]ewgwatch.Event{}
	for e, err := range s.Events(ctx) {
		if err != nil {
			return nil, err
		}
		known[e.ID] = e
	}
	for _, e := range extract.Catalogue() {
		known[e.ID] = e
	}
	return known, nil
}

package main

import (
	"context"
	"iter"
	"slices"

	"ewgwatch"
	"ewgwatch/store"
)

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
func movedFindings(ctx context.Context, s *store.Store, b belief, q store.Query) (moved []ewgwatch.Finding, err error) {
	words, err := allWords(ctx, s)
	if err != nil || !slices.ContainsFunc(words, func(r ewgwatch.Review) bool { return r.State != "" }) {
		return nil, err
	}
	for f, err := range s.Findings(ctx, store.Query{Status: ewgwatch.Corrected, AsOf: q.AsOf}) {
		if err != nil {
			return nil, err
		}
		if right := b.finding(f); right.State != f.State {
			moved = append(moved, right)
		}
	}
	return moved, nil
}

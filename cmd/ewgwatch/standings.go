package main

import (
	"context"
	"errors"
	"maps"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"ewgwatch"
	"ewgwatch/ledger"
	"ewgwatch/store"
)

// standings returns what all findings of each claim of some states say together. A claim is of
// one state: they are added up a state at a time, so that only the quotes of some
// states are ever in memory, however many findings there are.
func standings(ctx context.Context, s *store.Store, b belief, of []ewgwatch.State, asOf time.Time) (map[ewgwatch.Claim]ewgwatch.Standing, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(30)) // most of the memory is quotes, which live until the end
	var mu sync.Mutex
	var errs []error
	moved, err := movedFindings(ctx, s, b, store.Query{AsOf: asOf})
	if err != nil {
		return nil, err
	}
	all := map[ewgwatch.Claim]ewgwatch.Standing{}
	states := make(chan ewgwatch.State)
	var workers sync.WaitGroup
	for range min(4, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for state := range states {
				claims, err := standingsOf(ctx, s, b, store.Query{State: state, AsOf: asOf}, moved)
				mu.Lock()
				maps.Copy(all, claims)
				errs = append(errs, err)
				mu.Unlock()
			}
		})
	}
	for _, state := range of {
		states <- state
	}
	close(states)
	workers.Wait()
	return all, errors.Join(errs...)
}

// standingsOf is standings for one state. Findings that analysts moved from one state
// to another are counted where they now belong.
func standingsOf(ctx context.Context, s *store.Store, b belief, q store.Query, moved []ewgwatch.Finding) (map[ewgwatch.Claim]ewgwatch.Standing, error) {
	l, err := ledger.New(ofState(q.State, b.all(s.Findings(ctx, q)), moved), nil, ledgerOptions{State: q.State, Brief: true})
	if err != nil {
		return nil, err
	}
	return maps.Collect(l.Standings()), nil
}

package main

import (
	"context"
	"slices"

	"ewgwatch"
	"ewgwatch/alert"
	"ewgwatch/ledger"
)

// expect looks how the expectations of config.yaml stand, where anybody waits for one
// of which nobody was told. All findings are added up for that.
func (i *informed) expect(ctx context.Context, s settings, subscriptions []ewgwatch.Subscription) error {
	for _, w := range s.Expect {
		if err := i.mark(w); err != nil {
			return err
		}
	}
	open := slices.DeleteFunc(i.belief.wishes(s.Expect, ledgerOptions{}), func(w wish) bool {
		return i.marked[alert.Mark(ewgwatch.Expectation(w))] || i.now.Before(w.By.Last())
	})
	waits := func(s ewgwatch.Subscription) bool { return s.Interest.Expectations }
	if len(open) == 0 || !slices.ContainsFunc(subscriptions, waits) {
		return nil
	}
	matrix, err := buildLedger(ctx, i.store, ledgerOptions{})
	if err != nil {
		return err
	}
	i.expected = standOf(matrix, open, i.belief.events, i.now)
	return nil
}

// mark notes whether an expectation was told, of its own event or of any that is part
// of the same one: it may have been told before the last of them became so.
func (i *informed) mark(w wish) error {
	whole := i.belief.wish(w)
	parts := []string{w.Event}
	for id := range i.belief.events {
		if i.belief.of(ewgwatch.Event{ID: id}).ID == whole.Event {
			parts = append(parts, id)
		}
	}
	for _, part := range parts {
		one := whole
		one.Event = part
		marked, err := i.store.Marked(alert.Mark(ewgwatch.Expectation(one)))
		if err != nil {
			return err
		}
		if marked {
			i.marked[alert.Mark(ewgwatch.Expectation(whole))] = true
		}
	}
	return nil
}

// unmet returns the expectations that nobody met, and how many ministries were read
// meanwhile, of how many.
func (i *informed) unmet() (all []ewgwatch.Expectation, ministries func(event string) (read, of int)) {
	for _, e := range i.expected {
		if e.Standing != ledger.Met {
			all = append(all, ewgwatch.Expectation{Event: e.Event.ID, By: e.By})
		}
	}
	return all, func(event string) (read, of int) {
		for _, e := range i.expected {
			if e.Event.ID == event {
				return e.Read, e.Ministries
			}
		}
		return 0, 0
	}
}

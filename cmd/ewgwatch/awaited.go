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
	open, err := i.open(s.Expect)
	if err != nil {
		return err
	}
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

// open returns the expectations whose day is over and of which nobody was told, of the
// events that theirs are part of.
func (i *informed) open(wishes []wish) (open []wish, err error) {
	for _, w := range wishes {
		whole := i.belief.wish(w)
		told := false
		for _, one := range []wish{w, whole} {
			mark := alert.Mark(ewgwatch.Expectation(one))
			if i.marked[mark], err = i.store.Marked(mark); err != nil {
				return nil, err
			}
			told = told || i.marked[mark]
		}
		if !told && !i.now.Before(w.By.Last()) {
			open = append(open, whole)
		}
	}
	return open, nil
}

// wish returns an expectation of the event that its own is part of: nobody names
// participants of the part any more.
func (b belief) wish(w wish) wish {
	w.Event = b.of(ewgwatch.Event{ID: w.Event}).ID
	return w
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

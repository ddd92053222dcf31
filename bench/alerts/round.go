package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"ewgwatch"
	"ewgwatch/bench/reaper"
	"ewgwatch/store"
)

// phase is what a killed run left.
type phase string

const (
	undecided phase = "before its plan was kept"
	inHand    phase = "with alerts in hand"
	between   phase = "with alerts owed and none in hand"
	finished  phase = "with all delivered"
)

// shortest is the least time within which runs are killed: few alerts are delivered
// sooner, and a program has to start.
const shortest = 300 * time.Millisecond

// round owes alerts, kills runs that deliver them until one ends by itself or enough
// are killed, lets the last be, and holds what came against what was owed.
func (g *ground) round(ctx context.Context, number, kills int) (t tally, err error) {
	t.phases = map[phase]int{}
	desks, left := g.desks(), events(number)
	if err := errors.Join(g.prepare(), g.owe(ctx, desks)); err != nil {
		return t, err
	}
	start := time.Now()
	if number > 0 { // the first is let be, to know how long it takes
		if left, err = g.kill(ctx, left, kills, &t); err != nil {
			return t, err
		}
	}
	if err := errors.Join(g.owe(ctx, nil, left...), reaper.Complete(g.deliver(ctx))); err != nil {
		return t, err
	}
	t.took = append(t.took, time.Since(start))
	if number == 0 {
		g.span = max(time.Since(start)/4, shortest)
		fmt.Fprintf(g.out, "undisturbed, %d alerts take %v\n", len(desks)*claims*channels, t.took[0].Round(time.Millisecond))
	}
	return t, g.account(ctx, desks, number, &t)
}

// kill kills runs until one has ended by itself that had all to deliver, two of three
// of them early, while they open the database, decide or have just begun to send.
// Meanwhile there is news; of which events there was none yet, it returns.
func (g *ground) kill(ctx context.Context, events []string, kills int, t *tally) (rest []string, err error) {
	for t.kills < kills {
		if len(events) > 0 && g.random.IntN(3) == 0 {
			if err := g.owe(ctx, nil, events[0]); err != nil {
				return nil, err
			}
			events = events[1:]
		}
		code, err := g.reaper.Reap(g.deliver(ctx), g.span>>(2*g.random.IntN(3)))
		switch {
		case err != nil:
			return nil, err
		case code == 0 && len(events) == 0:
			return nil, nil
		case code == 0:
			continue
		case code != -1:
			return nil, fmt.Errorf("a run ended with exit code %d", code)
		}
		t.kills++
		left, err := g.left(ctx)
		if err != nil {
			return nil, err
		}
		t.phases[left]++
	}
	return events, nil
}

// left says what a killed run left in a database that is sound.
func (g *ground) left(ctx context.Context) (phase, error) {
	s, err := store.Open(ctx, g.path(folder, "findings.db"), store.Options{ReadOnly: true})
	if err != nil {
		return "", err
	}
	defer s.Close()
	if err := s.Check(); err != nil {
		return "", err
	}
	for _, err := range s.Changes(ctx) {
		return undecided, err
	}
	found, now := finished, time.Now()
	for a, err := range s.Alerts(ctx, ewgwatch.Owed) {
		if err != nil || a.LeasedUntil.After(now) {
			return inHand, err
		}
		found = between
	}
	return found, nil
}

// all collects rows.
func all[T any](rows iter.Seq2[T, error]) (got []T, err error) {
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		got = append(got, row)
	}
	return got, nil
}

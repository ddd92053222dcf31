package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/alert"
	"ewgwatch/store"
)

// telling is news of a claim that is told to a subscriber through a channel.
type telling struct {
	desk  string
	kind  ewgwatch.ChannelKind
	claim ewgwatch.Claim
	why   alert.Reason
}

// account holds what the receivers got in a round against what was owed: nothing is
// missing, nothing came that nobody was owed, and what came twice came by one ID.
func (g *ground) account(ctx context.Context, desks []ewgwatch.Subscription, round int, t *tally) (err error) {
	s, told, err := g.open(ctx, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	want := wanted(desks, round)
	for one := range want {
		if told[one] != 1 {
			return fmt.Errorf("%+v was told by %d alerts, want one", one, told[one])
		}
	}
	if len(told) != len(want) {
		return fmt.Errorf("%d claims were told, want %d", len(told), len(want))
	}
	return nil
}

// open opens a database that is sound and owes nothing, and returns by how many alerts
// each claim was told. Each of them came and has its receipt, and nothing else came.
func (g *ground) open(ctx context.Context, t *tally) (s *store.Store, told map[telling]int, err error) {
	came, err := g.came()
	if err != nil {
		return nil, nil, err
	}
	if s, err = store.Open(ctx, g.path(folder, "findings.db"), store.Options{ReadOnly: true}); err != nil {
		return nil, nil, err
	}
	alerts, err := all(s.Alerts(ctx, ""))
	if err == nil {
		told, err = tellings(alerts, came, t)
	}
	if err == nil && len(came) > 0 {
		err = fmt.Errorf("nobody was owed %v", came)
	}
	if err = errors.Join(err, s.Check(), receipted(ctx, s, alerts)); err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, told, nil
}

// came returns how often each delivery came, by ID and where it went, of both
// receivers.
func (g *ground) came() (map[entry]int, error) {
	came := map[entry]int{}
	for _, r := range []*receiver{g.post, g.hook} {
		entries, err := r.entries()
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			key, is := strings.CutSuffix(strings.TrimPrefix(e.key, "<"), "@ewgwatch.example.org>")
			if !is {
				key = strings.Trim(e.key, `"`)
			}
			if key != e.id {
				return nil, fmt.Errorf("alert %s came with the key %s", e.id, e.key)
			}
			came[entry{id: e.id, to: e.to}]++
		}
	}
	return came, nil
}

// tellings returns by how many alerts each claim was told, and takes what they account
// for out of what came.
func tellings(alerts []ewgwatch.Alert, came map[entry]int, t *tally) (map[telling]int, error) {
	told := map[telling]int{}
	for _, a := range alerts {
		if a.State == ewgwatch.Replaced {
			t.replaced++
			continue
		}
		at := entry{id: a.ID, to: to(a.Channel)}
		switch times := came[at]; {
		case a.State != ewgwatch.Sent:
			return nil, fmt.Errorf("alert %s is %s after the last run: %s", a.ID, a.State, a.LastError)
		case times == 0:
			return nil, fmt.Errorf("lost: alert %s is %s and never came to %s", a.ID, a.State, at.to)
		default:
			t.alerts++
			t.deliveries += times
			delete(came, at)
		}
		for _, n := range a.Notices {
			told[telling{a.Subscription, a.Channel.Kind, n.Claim, alert.Reason(n.Reason)}]++
		}
	}
	return told, nil
}

// to is where a receiver says that something went.
func to(c ewgwatch.Channel) string {
	if c.Kind == ewgwatch.MailChannel {
		return c.To
	}
	return c.To[strings.LastIndexByte(c.To, '/'):]
}

// wanted are the tellings of a round.
func wanted(desks []ewgwatch.Subscription, round int) map[telling]bool {
	want := map[telling]bool{}
	for _, desk := range desks {
		for _, c := range desk.Channels {
			for _, event := range events(round) {
				claim := ewgwatch.Claim{State: desk.Interest.States[0], Event: event, Stance: ewgwatch.Attended}
				want[telling{desk.Name, c.Kind, claim, alert.NewClaim}] = true
			}
		}
	}
	return want
}

// receipted returns an error unless every alert that was sent has one receipt.
func receipted(ctx context.Context, s *store.Store, alerts []ewgwatch.Alert) error {
	receipts := map[string]int{}
	for r, err := range s.Receipts(ctx, time.Time{}) {
		if err != nil {
			return err
		}
		receipts[r.Alert]++
	}
	for _, a := range alerts {
		if want := map[ewgwatch.AlertState]int{ewgwatch.Sent: 1}[a.State]; receipts[a.ID] != want {
			return fmt.Errorf("alert %s is %s with %d receipts, want %d", a.ID, a.State, receipts[a.ID], want)
		}
	}
	return nil
}

package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"ewgwatch"
)

// SettleAlerts keeps how attempts to send alerts went, all of it or nothing. A
// receipt is always kept: the message went out, whatever has become of its alert, and
// an alert that is still known is sent from then on. Of one that is no longer owed,
// or that somebody else has by now, a failure changes nothing.
func (s *Store) SettleAlerts(done []ewgwatch.Settled) error {
	if err := s.writable(); err != nil || len(done) == 0 {
		return err
	}
	err := s.change(func(t transaction) error {
		for _, d := range done {
			if err := t.settle(d); err != nil {
				return fmt.Errorf("alert %.80q: %w", d.Alert, err)
			}
		}
		return t.forget()
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return nil
}

func (t transaction) settle(done ewgwatch.Settled) error {
	d, known, err := t.alert(done.Alert)
	switch {
	case err != nil:
		return err
	case done.Receipt != nil:
		return t.sent(d, known, done)
	case !known || d.State != ewgwatch.Owed || done.Attempt != 0 && done.Attempt != d.Attempts:
		return nil
	}
	before := d
	d.Unsure = d.Unsure || done.Unsure
	switch {
	case done.Dead:
		d.LastError = done.Why
		return t.endAs(before, d, ewgwatch.Dead)
	case done.Why != "":
		d.LastError = done.Why
	default:
		d.Attempts = max(0, d.Attempts-1)
	}
	d.RetryAt, d.LeasedUntil = done.RetryAt, time.Time{}
	return t.rekeep(before, d)
}

// sent keeps a receipt and what it means to its alert.
func (t transaction) sent(d dispatch, known bool, done ewgwatch.Settled) error {
	receipt := *done.Receipt
	receipt.Alert = done.Alert
	receipt.Subscription = cmp.Or(receipt.Subscription, d.Subscription)
	receipt.Kind = cmp.Or(receipt.Kind, d.Channel.Kind)
	receipt.Attempts = cmp.Or(receipt.Attempts, d.Attempts)
	if err := checkName(receipt.Alert); err != nil {
		return err
	}
	if err := t.receive(receipt); err != nil || !known || d.State == ewgwatch.Sent {
		return err
	}
	return t.end(d, ewgwatch.Sent)
}

// ReplayAlerts makes dead alerts owed again that were made at a time or later, of one
// subscriber or, where it is "", of all: due now, with their IDs and no attempt
// counted. It returns how many.
func (s *Store) ReplayAlerts(ctx context.Context, since time.Time, subscription string, now time.Time) (replayed int, err error) {
	if err := s.writable(); err != nil {
		return 0, err
	}
	err = s.change(func(t transaction) error {
		replayed = 0
		dead, err := t.dead(ctx, since, subscription)
		for _, d := range dead {
			d.State, d.DueAt, d.LeasedUntil, d.RetryAt, d.Attempts = ewgwatch.Owed, now, time.Time{}, time.Time{}, 0
			if err := t.keep(d); err != nil {
				return err
			}
			replayed++
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return replayed, nil
}

func (t transaction) dead(ctx context.Context, since time.Time, subscription string) (dead []dispatch, err error) {
	err = t.past(alertsBucket).ForEach(func(k, v []byte) error {
		d, err := decodeDispatch(v)
		if err != nil {
			return fmt.Errorf("alert %s: %w", k, err)
		}
		if d.State == ewgwatch.Dead && !d.MadeAt.Before(since) && (subscription == "" || d.Subscription == subscription) {
			dead = append(dead, d)
		}
		return ctx.Err()
	})
	return dead, err
}

// timeOf reads the time at the beginning of a key.
func timeOf(key []byte) time.Time { return time.Unix(0, int64(binary.BigEndian.Uint64(key))).UTC() }

// outbox holds alerts against where they are found.
func (c *checker) outbox() error {
	indexed := map[bucket]int{}
	err := alertsBucket.in(c.tx).ForEach(func(k, v []byte) error {
		d, err := decodeDispatch(v)
		if err != nil || d.ID != string(k) {
			c.wrong("%s: %q is kept as %q: %v", alertsBucket, d.ID, k, err)
			return nil
		}
		if b, key := d.indexed(); key != nil {
			if indexed[b]++; !has(b.in(c.tx), key) {
				c.wrong("alert %s: not in %s", d.ID, b)
			}
		}
		return nil
	})
	for _, b := range []bucket{alertsDueBucket, alertsPastBucket} {
		c.keys(b, indexed[b], "alerts")
	}
	return err
}

package store

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"ewgwatch"
)

// The outbox is the alerts that are owed, by channel and by when something is to be
// done with them: a channel is looked at no further than somebody wants of it.

// LeaseAlerts gives out alerts that are due and that nobody has, at most limit of
// them: of each channel that has any the one that is due longest, then of each the
// next, so that none waits for another's. They are the caller's until the time
// given or until the database is closed, by a kill perhaps; told nothing by then, they
// are due again. Each counts one
// attempt more. free, where it is not nil, says whether its channel takes an alert
// now; after the first that it does not, no more of that channel are asked for. It
// is called within the transaction and must not use the store.
//
// A limit below the number of channels prefers what is due longest: it is free that
// holds back a channel with many.
func (s *Store) LeaseAlerts(now, until time.Time, limit int, free func(ewgwatch.Alert) bool) (leased []ewgwatch.Alert, err error) {
	if err := s.writable(); err != nil {
		return nil, err
	}
	if !until.After(now) {
		return nil, fmt.Errorf("lease alerts: want an end after %s, have %s", now.Format(time.RFC3339), until.Format(time.RFC3339))
	}
	if due, owed, err := s.NextAlert(now); err != nil || !owed || due.After(now) {
		return nil, err // without a commit
	}
	err = s.change(func(t transaction) error {
		l := lease{t: t, until: until, now: timeKey(now.Add(1)), free: free}
		if err := l.take(limit); err != nil {
			return err
		}
		if leased = l.leased; len(leased) == 0 {
			return errNothing
		}
		return nil
	})
	if err != nil && !errors.Is(err, errNothing) {
		return nil, fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return leased, nil
}

// errNothing ends a transaction that changed nothing without a commit.
var errNothing = errors.New("nothing is to be written")

// NextAlert returns when the next alert is due or its lease ends, not before now;
// false where none is owed.
func (s *Store) NextAlert(now time.Time) (due time.Time, owed bool, err error) {
	err = s.look(func(l look) error {
		for _, key := range heads(l) {
			if at := timeOf(key[hashSize:]); !owed || at.Before(due) {
				due, owed = at, true
			}
		}
		return nil
	})
	if err != nil {
		return time.Time{}, false, fmt.Errorf("read %s: %w", s.path, err)
	}
	if owed && due.Before(now) {
		due = now
	}
	return due, owed, nil
}

// heads returns the first key of each channel.
func heads(l look) (keys [][]byte) {
	for key := firstDue(l, []byte{0}); key != nil; {
		keys = append(keys, key)
		next := behind(key[:hashSize])
		if next == nil {
			break
		}
		key = firstDue(l, next)
	}
	return keys
}

// behind returns the first key behind all that begin with a prefix; nil where there
// can be none.
func behind(prefix []byte) []byte {
	next := bytes.Clone(prefix)
	for i := len(next) - 1; i >= 0; i-- {
		if next[i]++; next[i] != 0 {
			return next
		}
	}
	return nil
}

// firstDue returns the first key from one on.
func firstDue(l look, from []byte) (key []byte) {
	l.rows(alertsDueBucket, from, func(k, _ []byte) bool {
		if len(k) > hashSize+8 {
			key = bytes.Clone(k)
		}
		return key == nil
	})
	return key
}

// lease is one giving out of alerts.
type lease struct {
	t      transaction
	until  time.Time
	now    []byte // the first key of time that is not due
	free   func(ewgwatch.Alert) bool
	leased []ewgwatch.Alert
}

// take goes from channel to channel and back to the first.
func (l *lease) take(limit int) error {
	keys := heads(direct{l.t.Tx})
	for len(keys) > 0 {
		keys = slices.DeleteFunc(keys, func(k []byte) bool { return k == nil || bytes.Compare(k[hashSize:], l.now) >= 0 })
		slices.SortFunc(keys, func(a, b []byte) int { return bytes.Compare(a[hashSize:], b[hashSize:]) })
		for i, key := range keys {
			if len(l.leased) >= limit {
				return nil
			}
			var err error
			if keys[i], err = l.one(key); err != nil {
				return err
			}
		}
	}
	return nil
}

// one leases the alert of a key and returns the next key of its channel, nil where
// there is none or the channel takes no more.
func (l *lease) one(key []byte) (next []byte, err error) {
	d, known, err := l.t.alert(string(key[hashSize+8:]))
	switch {
	case err != nil:
		return nil, err
	case !known:
		return nil, fmt.Errorf("%w: %s leads to no alert: %x", ErrDamaged, alertsDueBucket, key)
	case l.free != nil && !l.free(d.Alert):
		return nil, nil
	}
	before := d
	d.Unsure = d.Unsure || !d.LeasedUntil.IsZero() // nobody ever said how that ended
	d.LeasedUntil, d.tried = l.until, true
	d.Attempts++
	if err := l.t.rekeep(before, d); err != nil {
		return nil, err
	}
	l.leased = append(l.leased, d.Alert)
	if next = firstDue(direct{l.t.Tx}, key); bytes.HasPrefix(next, key[:hashSize]) {
		return next, nil
	}
	return nil, nil
}

// keep keeps an alert that is owed, new or at the same time as before.
func (t transaction) keep(d dispatch) error {
	return errors.Join(t.index(d), t.past(alertsBucket).Put([]byte(d.ID), encodeDispatch(d)))
}

// rekeep keeps an alert that was kept otherwise.
func (t transaction) rekeep(before, d dispatch) error {
	return errors.Join(t.unindex(before), t.keep(d))
}

// end is how an alert stops being owed.
func (t transaction) end(d dispatch, state ewgwatch.AlertState) error { return t.endAs(d, d, state) }

// endAs is end for an alert of which more has changed.
func (t transaction) endAs(before, d dispatch, state ewgwatch.AlertState) error {
	d.State, d.LeasedUntil = state, time.Time{}
	if d.ended = (time.Time{}); state != ewgwatch.Dead {
		d.ended = t.now()
	}
	return t.rekeep(before, d)
}

// index puts an alert where it is found by what is to be done with it.
func (t transaction) index(d dispatch) error {
	if b, key := d.indexed(); key != nil {
		return t.past(b).Put(key, nil)
	}
	return nil
}

func (t transaction) unindex(d dispatch) error {
	if b, key := d.indexed(); key != nil {
		return t.past(b).Delete(key)
	}
	return nil
}

// indexed returns nil for an alert that nothing is to be done with.
func (d dispatch) indexed() (bucket, []byte) {
	switch d.State {
	case ewgwatch.Owed:
		return alertsDueBucket, dueKey(d)
	case ewgwatch.Sent, ewgwatch.Replaced:
		return alertsPastBucket, endKey(d.ended, d.ID)
	}
	return "", nil
}

// dueKey is of when something is to be done with an alert that is owed.
func dueKey(d dispatch) []byte {
	due := slices.MaxFunc([]time.Time{d.DueAt, d.LeasedUntil, d.RetryAt}, time.Time.Compare)
	return slices.Concat(hashOf(string(d.Channel.Kind)+"\x00"+d.Channel.To), endKey(due, d.ID))
}

// abandon removes the alerts of a subscriber that were not sent.
func (t transaction) abandon(subscription string) error {
	var gone []dispatch
	err := t.past(alertsBucket).ForEach(func(k, v []byte) error {
		d, err := decodeDispatch(v)
		if err != nil {
			return fmt.Errorf("alert %s: %w", k, err)
		}
		if d.Subscription == subscription && (d.State == ewgwatch.Owed || d.State == ewgwatch.Dead) {
			gone = append(gone, d)
		}
		return nil
	})
	for _, d := range gone {
		err = errors.Join(err, t.unindex(d), t.past(alertsBucket).Delete([]byte(d.ID)))
	}
	return err
}

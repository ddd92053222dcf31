package store

import (
	"bytes"
	"errors"
	"time"

	"ewgwatch"
)

// freeLeases ends the leases of whoever had the database before, who can settle none
// of them any more: it was killed. The attempt that each lease began counts, and what
// it was begun for goes behind what is due and was not tried, so that an alert that
// kills who sends it holds up no other.
func (s *Store) freeLeases() error {
	now := s.options.Now()
	err := s.change(func(t transaction) error {
		leased, err := t.leased(now)
		if err == nil && len(leased) == 0 {
			return errNothing
		}
		for _, d := range leased {
			before := d
			d.LeasedUntil = now
			err = errors.Join(err, t.rekeep(before, d))
		}
		return err
	})
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
}

// leased returns the alerts that somebody has at now.
func (t transaction) leased(now time.Time) (leased []dispatch, err error) {
	late := timeKey(now)
	err = t.past(alertsDueBucket).ForEach(func(k, _ []byte) error {
		if len(k) <= hashSize+8 || bytes.Compare(k[hashSize:hashSize+8], late) < 0 {
			return nil
		}
		d, known, err := t.alert(string(k[hashSize+8:]))
		if err == nil && known && d.State == ewgwatch.Owed && d.LeasedUntil.After(now) {
			leased = append(leased, d)
		}
		return err
	})
	return leased, err
}

package store

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"ewgwatch"
)

// FreeLeases ends all leases at now and returns how many there were: for who has just
// opened the database to send what is owed, since nobody else can have an alert then
// but a process that was killed. The attempt that each lease began counts, and what it
// was tried for goes behind what is due and was not tried: an alert that kills who
// sends it holds up no other.
func (s *Store) FreeLeases(now time.Time) (freed int, err error) {
	if err := s.writable(); err != nil {
		return 0, err
	}
	err = s.change(func(t transaction) error {
		leased, err := t.leased(now)
		for _, d := range leased {
			before := d
			d.LeasedUntil = now
			err = errors.Join(err, t.rekeep(before, d))
		}
		if freed = len(leased); freed == 0 && err == nil {
			return errNothing
		}
		return err
	})
	if err != nil && !errors.Is(err, errNothing) {
		return 0, fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return freed, nil
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

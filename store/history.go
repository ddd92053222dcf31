package store

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"ewgwatch"
)

// amend changes a known finding and keeps what it was until then, so that it can
// be told what was believed on any day. at is when the change came to be known.
func (t transaction) amend(key []byte, at time.Time, change func(f *ewgwatch.Finding)) error {
	findings := t.table(findingsBucket)
	old := bytes.Clone(findings.Get(key))
	f, err := decodeFinding(old, t.revisions)
	if err != nil {
		return fmt.Errorf("finding %x: %w", key, err)
	}
	before := f
	change(&f)
	if bytes.Equal(t.encode(f), t.encode(before)) {
		return nil
	}
	if f.ChangedAt = at; !at.After(before.ChangedAt) { // one thing after another, also where the clock went back
		f.ChangedAt = before.ChangedAt.Add(1)
	}
	if err := t.table(historyBucket).Put(historyKey(key, f.ChangedAt), old); err != nil {
		return err
	}
	return errors.Join(findings.Put(key, t.encode(f)), t.believe(before, f))
}

// historyKey is of what a finding was until a moment. Its findings' IDs keep
// what belongs together.
func historyKey(finding []byte, until time.Time) []byte {
	return append(bytes.Clone(finding[8:]), timeKey(until)...)
}

// asOf returns the record of a finding as it stood at a moment, given how it
// stands now; nil where it was not known yet.
func asOf(l look, key, now []byte, at time.Time) ([]byte, error) {
	found, changed, err := timesOf(now)
	switch {
	case err != nil:
		return nil, err
	case found.After(at):
		return nil, nil
	case !changed.After(at):
		return now, nil
	}
	id := key[8:]
	l.rows(historyBucket, historyKey(key, at.Add(1)), func(k, v []byte) bool {
		if now = nil; bytes.HasPrefix(k, id) {
			now = v
		}
		return false
	})
	if now == nil {
		return nil, fmt.Errorf("%w: what it was until %s is not kept", ErrDamaged, changed.Format(time.RFC3339))
	}
	return now, nil
}

// timesOf reads of a finding when it was found and when it last changed.
func timesOf(record []byte) (found, changed time.Time, err error) {
	f := readRecord(string(record))
	for f.next() {
		switch f.tag {
		case 2:
			found = f.time()
		case 25:
			changed = f.time()
		}
	}
	if changed.IsZero() {
		changed = found
	}
	return found, changed, f.err
}

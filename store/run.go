package store

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"ewgwatch"
)

// BeginRun keeps a run that begins. One that is killed stays as it is here,
// without an end. It refuses an ID that is known already.
func (s *Store) BeginRun(run ewgwatch.Run) error { return s.keepRun(run, false, nil) }

// EndRun keeps how a run ended, and the healths that changed with it in the same
// transaction, so that they agree. It refuses a run that was not begun.
func (s *Store) EndRun(run ewgwatch.Run, healths ...ewgwatch.Health) error {
	return s.keepRun(run, true, healths)
}

func (s *Store) keepRun(run ewgwatch.Run, begun bool, healths []ewgwatch.Health) error {
	return s.putRun(run, func(t transaction) error {
		switch known := t.table(runsBucket).Get([]byte(run.ID)) != nil; {
		case known && !begun:
			return errors.New("it was begun before")
		case !known && begun:
			return errors.New("it was not begun")
		}
		return putHealths(t, run.ID, healths)
	})
}

// PutRun keeps a run as it is given, whatever was known of it.
func (s *Store) PutRun(run ewgwatch.Run) error {
	return s.putRun(run, func(transaction) error { return nil })
}

func (s *Store) putRun(run ewgwatch.Run, with func(t transaction) error) error {
	if err := s.writable(); err != nil {
		return err
	}
	err := s.change(func(t transaction) error {
		if err := with(t); err != nil {
			return err
		}
		return t.table(runsBucket).Put([]byte(run.ID), encodeRun(run))
	})
	if err != nil {
		return fmt.Errorf("write %s: run %q: %w", s.path, run.ID, pathless(err))
	}
	return nil
}

// runChunk is how many runs one read transaction looks at: each may hold the
// coverage of some hundred sources.
const runChunk = 20

// Runs returns every run, the oldest first. An error ends it.
func (s *Store) Runs(ctx context.Context) iter.Seq2[ewgwatch.Run, error] {
	return func(yield func(ewgwatch.Run, error) bool) {
		for from := []byte{0}; from != nil; {
			runs, next, err := s.runsFrom(ctx, from)
			if err != nil {
				yield(ewgwatch.Run{}, fmt.Errorf("read %s: %w", s.path, err))
				return
			}
			for _, run := range runs {
				if !yield(run, nil) {
					return
				}
			}
			from = next
		}
	}
}

func (s *Store) runsFrom(ctx context.Context, from []byte) (runs []ewgwatch.Run, next []byte, err error) {
	every := func([]byte) bool { return true }
	next, err = s.chunk(runsBucket, from, runChunk, every, func(_ look, k, v []byte) error {
		run, err := decodeRun(v)
		if err != nil {
			return fmt.Errorf("run %s: %w", k, err)
		}
		runs = append(runs, run)
		return ctx.Err()
	})
	return runs, next, err
}

func encodeRun(r ewgwatch.Run) []byte {
	w := newRecord()
	w.text(1, r.ID)
	w.time(2, r.StartedAt)
	w.time(3, r.EndedAt)
	w.text(4, r.Version)
	w.text(5, r.Rules)
	w.flag(6, r.Complete)
	for _, c := range r.Coverage {
		w.bytes(7, encodeCoverage(c))
	}
	return w.buf
}

func decodeRun(data []byte) (r ewgwatch.Run, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			r.ID = f.value
		case 2:
			r.StartedAt = f.time()
		case 3:
			r.EndedAt = f.time()
		case 4:
			r.Version = f.value
		case 5:
			r.Rules = f.value
		case 6:
			r.Complete = f.flag()
		case 7:
			var c ewgwatch.Coverage
			f.record(func(in *fields) { in.coverage(&c) })
			r.Coverage = append(r.Coverage, c)
		}
	}
	return r, f.err
}

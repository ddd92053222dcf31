package store

import (
	"context"
	"fmt"
	"iter"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// PutRun keeps a run: once when it begins, without an end, and once when it
// ends. A run that was killed stays without an end.
func (s *Store) PutRun(run ewgwatch.Run) error {
	err := s.db.Update(func(tx *bolt.Tx) error { return runsBucket.in(tx).Put([]byte(run.ID), encodeRun(run)) })
	if err != nil {
		return fmt.Errorf("write %s: run %s: %w", s.path, run.ID, err)
	}
	return nil
}

// Runs returns every run, the oldest first.
func (s *Store) Runs(ctx context.Context) iter.Seq2[ewgwatch.Run, error] {
	return func(yield func(ewgwatch.Run, error) bool) {
		var runs []ewgwatch.Run
		err := s.db.View(func(tx *bolt.Tx) error {
			return runsBucket.in(tx).ForEach(func(k, v []byte) error {
				run, err := decodeRun(v)
				if err != nil {
					return fmt.Errorf("run %s: %w", k, err)
				}
				runs = append(runs, run)
				return ctx.Err()
			})
		})
		for _, run := range runs {
			if !yield(run, nil) {
				return
			}
		}
		if err != nil {
			yield(ewgwatch.Run{}, fmt.Errorf("read %s: %w", s.path, err))
		}
	}
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

func decodeRun(data []byte) (ewgwatch.Run, error) {
	f, err := parseRecord(data)
	if err != nil {
		return ewgwatch.Run{}, err
	}
	r := ewgwatch.Run{ID: f.text(1), StartedAt: f.time(2), EndedAt: f.time(3), Version: f.text(4), Rules: f.text(5), Complete: f.flag(6)}
	f.each(7, func(in *fields) { r.Coverage = append(r.Coverage, decodeCoverage(in)) })
	return r, f.err
}

func encodeCoverage(c ewgwatch.Coverage) []byte {
	w := newRecord()
	w.text(1, c.Source)
	w.text(2, c.Name)
	w.text(3, string(c.State))
	for _, s := range c.Covers {
		w.text(4, string(s))
	}
	w.number(5, int64(c.Discovered))
	for _, o := range ewgwatch.Outcomes() {
		if n := c.Outcomes[o]; n != 0 {
			inner := newRecord()
			inner.text(1, string(o))
			inner.number(2, int64(n))
			w.bytes(6, inner.buf)
		}
	}
	w.number(7, int64(c.Articles))
	w.number(8, int64(c.OnTopic))
	w.number(9, int64(c.Undated))
	w.number(10, int64(c.Findings))
	w.text(11, string(c.Reach))
	w.text(12, c.Why)
	return w.buf
}

func decodeCoverage(f *fields) ewgwatch.Coverage {
	c := ewgwatch.Coverage{
		Source: f.text(1), Name: f.text(2), State: ewgwatch.State(f.text(3)), Discovered: int(f.number(5)), Articles: int(f.number(7)),
		OnTopic: int(f.number(8)), Undated: int(f.number(9)), Findings: int(f.number(10)), Reach: ewgwatch.Reach(f.text(11)), Why: f.text(12),
	}
	for _, s := range f.texts(4) {
		c.Covers = append(c.Covers, ewgwatch.State(s))
	}
	f.each(6, func(in *fields) {
		if c.Outcomes == nil {
			c.Outcomes = map[ewgwatch.Outcome]int{}
		}
		c.Outcomes[ewgwatch.Outcome(in.text(1))] = int(in.number(2))
	})
	return c
}

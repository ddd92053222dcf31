package store

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// Query says which findings are wanted. Empty fields ask for nothing.
type Query struct {
	Since  time.Time // found at or after
	Until  time.Time // found before
	State  ewgwatch.State
	Stance ewgwatch.Stance
	Event  string // Event.ID
	Source string // Source.ID
	Lang   string
	Status ewgwatch.Status
}

// chunk is how many findings one read transaction looks at.
const chunk = 5000

// Findings returns the findings asked for in the order in which they were
// found, those of one second by ID. What is found while it runs is left out.
// It reads in short transactions, so that a slow consumer holds up nobody.
func (s *Store) Findings(ctx context.Context, q Query) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		from, last, err := s.bounds(q)
		for err == nil && from != nil {
			if err = ctx.Err(); err != nil {
				break
			}
			var found []ewgwatch.Finding
			found, from, err = s.read(q, from, last)
			for _, f := range found {
				if !yield(f, nil) {
					return
				}
			}
		}
		if err != nil {
			yield(ewgwatch.Finding{}, fmt.Errorf("read %s: %w", s.path, err))
		}
	}
}

// bounds fixes the first and last key of a query; from is nil where there is
// nothing to read.
func (s *Store) bounds(q Query) (from, last []byte, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		end, _ := findingsBucket.in(tx).Cursor().Last()
		if end != nil {
			from, last = timeKey(q.Since), bytes.Clone(end)
		}
		return nil
	})
	return from, last, err
}

// read takes one chunk and returns the key to go on from, nil at the end.
func (s *Store) read(q Query, from, last []byte) (found []ewgwatch.Finding, next []byte, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		join := newJoin(tx)
		c := findingsBucket.in(tx).Cursor()
		k, v := c.Seek(from)
		for seen := 0; k != nil && bytes.Compare(k, last) <= 0 && !q.beyond(k); k, v = c.Next() {
			if seen++; seen > chunk {
				next = bytes.Clone(k)
				return nil
			}
			f, err := decodeFinding(v)
			if err != nil {
				return fmt.Errorf("finding %x: %w", k, err)
			}
			if !q.wants(f) {
				continue
			}
			if f, err = join.complete(f); err != nil {
				return err
			}
			found = append(found, f)
		}
		return nil
	})
	return found, next, err
}

func (q Query) beyond(key []byte) bool {
	return !q.Until.IsZero() && bytes.Compare(key[:8], timeKey(q.Until)) >= 0
}

func (q Query) wants(f ewgwatch.Finding) bool {
	return (q.State == "" || f.State == q.State) && (q.Stance == "" || f.Stance == q.Stance) &&
		(q.Event == "" || f.Event.ID == q.Event) && (q.Source == "" || f.Source.ID == q.Source) &&
		(q.Lang == "" || f.Lang == q.Lang) && (q.Status == "" || f.Status == q.Status)
}

// join completes findings with the events and sources they refer to.
type join struct {
	tx      *bolt.Tx
	events  map[string]ewgwatch.Event
	sources map[string]ewgwatch.Source
}

func newJoin(tx *bolt.Tx) *join {
	return &join{tx: tx, events: map[string]ewgwatch.Event{}, sources: map[string]ewgwatch.Source{}}
}

func (j *join) complete(f ewgwatch.Finding) (ewgwatch.Finding, error) {
	var err error
	if f.Event, err = lookUp(j.events, f.Event, f.Event.ID, eventsBucket.in(j.tx), decodeEvent); err != nil {
		return f, fmt.Errorf("event %q: %w", f.Event.ID, err)
	}
	if f.Source, err = lookUp(j.sources, f.Source, f.Source.ID, sourcesBucket.in(j.tx), decodeSource); err != nil {
		return f, fmt.Errorf("source %q: %w", f.Source.ID, err)
	}
	return f, nil
}

// lookUp reads a record once a transaction; bare is what is known without it.
func lookUp[T any](seen map[string]T, bare T, id string, b *bolt.Bucket, decode func([]byte) (T, error)) (T, error) {
	if v, ok := seen[id]; ok || id == "" {
		if ok {
			return v, nil
		}
		return bare, nil
	}
	data := b.Get([]byte(id))
	if data == nil {
		return bare, nil
	}
	v, err := decode(data)
	if err == nil {
		seen[id] = v
	}
	return v, err
}

// Visit returns the latest visit to a URL; false where there was none.
func (s *Store) Visit(url string) (v ewgwatch.Visit, known bool, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		data := visitsBucket.in(tx).Get(hashOf(url))
		if data == nil {
			return nil
		}
		known = true
		v, err = decodeVisit(data)
		return err
	})
	if err != nil {
		return v, false, fmt.Errorf("read %s: visit %s: %w", s.path, url, err)
	}
	return v, known, nil
}

// Visits returns the latest visit to every URL known of a source, in no
// particular order.
func (s *Store) Visits(source string) (visits []ewgwatch.Visit, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		prefix := sourcePrefix(source)
		c := bySourceBucket.in(tx).Cursor()
		for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			v, err := decodeVisit(visitsBucket.in(tx).Get(k[len(prefix):]))
			if err != nil {
				return err
			}
			visits = append(visits, v)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: visits of %s: %w", s.path, source, err)
	}
	return visits, nil
}

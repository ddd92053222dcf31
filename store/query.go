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
	Since     time.Time        // found at or after
	Until     time.Time        // found before
	Published [2]ewgwatch.Date // the first and the last day, both included; a zero one sets no bound. A date that is not known is within no bounds, a month or year where it overlaps
	State     ewgwatch.State
	Stance    ewgwatch.Stance
	Event     string // Event.ID
	Source    string // Source.ID
	Lang      string
	Status    ewgwatch.Status
	OnEvent   bool      // tied to an event
	AsOf      time.Time // as believed then; zero for now
}

// Findings returns the findings asked for in the order in which they were
// found, those of one instant by ID. The last one there at the start is the last
// one returned. It reads in short transactions, so that a slow consumer holds up
// nobody; the file may be written meanwhile, and a finding that is changed before
// it is reached is returned as changed. An error ends it.
func (s *Store) Findings(ctx context.Context, q Query) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		r := reader{store: s, query: q, events: map[string]ewgwatch.Event{}, sources: map[string]ewgwatch.Source{}}
		err := r.bound()
		for err == nil && r.from != nil {
			if err = ctx.Err(); err != nil {
				break
			}
			err = r.read()
			for _, f := range r.found {
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

// reader is a query under way. Events and sources are looked up once.
type reader struct {
	store      *Store
	query      Query
	from, last []byte // keys; from is nil at the end
	until      []byte // the first key that was found too late; nil for none
	found      []ewgwatch.Finding
	events     map[string]ewgwatch.Event
	sources    map[string]ewgwatch.Source
}

// bound fixes the first and the last key.
func (r *reader) bound() error {
	return r.store.view(func(tx *bolt.Tx) error {
		if end, _ := findingsBucket.in(tx).Cursor().Last(); end != nil {
			r.from, r.last = timeKey(r.query.Since), bytes.Clone(end)
		}
		if !r.query.Until.IsZero() {
			r.until = timeKey(r.query.Until)
		}
		return nil
	})
}

// read replaces found by the findings of the next chunk.
func (r *reader) read() (err error) {
	r.found = r.found[:0]
	r.from, err = r.store.chunk(findingsBucket, r.from, chunkSize, r.within, func(tx *bolt.Tx, k, v []byte) error {
		f, err := decodeFinding(v)
		if err != nil {
			return fmt.Errorf("finding %x: %w", k, err)
		}
		if !r.query.wants(f.Finding) {
			return nil
		}
		if err := r.complete(tx, &f.Finding); err != nil {
			return fmt.Errorf("finding %s: %w", f.ID, err)
		}
		r.found = append(r.found, f.Finding)
		return nil
	})
	return err
}

func (r *reader) within(key []byte) bool {
	return bytes.Compare(key, r.last) <= 0 && (r.until == nil || bytes.Compare(key, r.until) < 0)
}

func (q Query) wants(f ewgwatch.Finding) bool {
	return (q.State == "" || f.State == q.State) && (q.Stance == "" || f.Stance == q.Stance) &&
		(q.Event == "" || f.Event.ID == q.Event) && (q.Source == "" || f.Source.ID == q.Source) &&
		(q.Lang == "" || f.Lang == q.Lang) && (q.Status == "" || f.Status == q.Status) &&
		(!q.OnEvent || f.Event.ID != "") && q.within(f.Published.Date)
}

func (q Query) within(day ewgwatch.Date) bool {
	first, last := q.Published[0], q.Published[1]
	if day.IsZero() {
		return first.IsZero() && last.IsZero()
	}
	return (first.IsZero() || !day.Last().Before(first.First())) && (last.IsZero() || !last.Last().Before(day.First()))
}

// complete puts event and source in the place of their IDs.
func (r *reader) complete(tx *bolt.Tx, f *ewgwatch.Finding) (err error) {
	if f.Event.ID != "" {
		if f.Event, err = lookUp(r.events, f.Event.ID, eventsBucket.in(tx), decodeEvent); err != nil {
			return err
		}
	}
	if f.Source.ID != "" {
		f.Source, err = lookUp(r.sources, f.Source.ID, sourcesBucket.in(tx), decodeSource)
	}
	return err
}

func lookUp[T any](seen map[string]T, id string, b *bolt.Bucket, decode func([]byte) (T, error)) (T, error) {
	if v, ok := seen[id]; ok {
		return v, nil
	}
	v, err := decode(b.Get([]byte(id)))
	if err != nil {
		return v, fmt.Errorf("%q it refers to: %w", id, err)
	}
	seen[id] = v
	return v, nil
}

package store

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"sync/atomic"
	"time"

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
//
// Asked as of a moment it returns what was found until then, as it was believed
// then; of events it says what was known of them then, of sources what is known now.
func (s *Store) Findings(ctx context.Context, q Query) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		c := completer{store: s, asOf: q.AsOf, events: map[string]ewgwatch.Event{}, sources: map[string]ewgwatch.Source{}}
		for f, err := range s.bare(ctx, q, c.complete) {
			if err != nil {
				yield(ewgwatch.Finding{}, fmt.Errorf("read %s: %w", s.path, err))
				return
			}
			if !yield(f, nil) {
				return
			}
		}
	}
}

// bare returns the findings asked for, each with nothing of its event and source but
// the IDs before complete had it.
func (s *Store) bare(ctx context.Context, q Query, complete func(*ewgwatch.Finding) error) iter.Seq2[ewgwatch.Finding, error] {
	if s.owner != nil {
		return s.owner.findings(ctx, q, complete)
	}
	return func(yield func(ewgwatch.Finding, error) bool) {
		r := reader{store: s, query: q, complete: complete, keys: firstChunk, rows: firstChunk, revisions: &revisions{}}
		if err := r.bound(); err != nil {
			yield(ewgwatch.Finding{}, err)
			return
		}
		for c := range r.ahead(ctx) {
			for _, f := range c.found {
				if !yield(f, nil) {
					return
				}
			}
			if c.err != nil {
				yield(ewgwatch.Finding{}, c.err)
				return
			}
		}
	}
}

// firstChunk is how many keys the first transaction of a query looks at, and how many
// findings the first that finds any returns, so that the first finding comes at once.
const firstChunk = 250

// mostRows is how many findings one transaction returns at the most: two times as many
// are in memory at once, at about 2 KB each.
const mostRows = 1000

// reader is a query under way.
type reader struct {
	store      *Store
	query      Query
	complete   func(*ewgwatch.Finding) error
	keys, rows int    // at the most in the next transaction: looked at, and found
	from, last []byte // keys of findings, behind that of a state where there is one; from is nil at the end
	until      []byte // the first that was found too late; nil for none
	found      []ewgwatch.Finding
	spare      [2][]ewgwatch.Finding // one is filled while the other is dealt with
	revisions  *revisions
	stopped    atomic.Bool // nobody wants more
}

// chunk is what one transaction found.
type chunk struct {
	found []ewgwatch.Finding
	err   error
}

// ahead reads chunk by chunk, the next one while the last is dealt with. What a
// chunk holds is void after the one behind it was taken.
func (r *reader) ahead(ctx context.Context) iter.Seq[chunk] {
	return func(yield func(chunk) bool) {
		chunks, stop, stopped := make(chan chunk), make(chan struct{}), make(chan struct{})
		defer func() { r.stopped.Store(true); close(stop); <-stopped }()
		go func() {
			defer close(stopped)
			defer close(chunks)
			for r.from != nil {
				c := chunk{err: ctx.Err()}
				if c.err == nil {
					c.err = r.read()
					c.found = r.found
				}
				select {
				case chunks <- c:
				case <-stop:
					return
				}
				if c.err != nil {
					return
				}
			}
		}()
		for c := range chunks {
			if err := ctx.Err(); err != nil {
				c = chunk{err: err}
			}
			if !yield(c) {
				return
			}
		}
	}
}

// bound fixes the first and the last key.
func (r *reader) bound() error {
	return r.store.look(func(l look) error {
		if end := l.last(findingsBucket); end != nil {
			r.from, r.last = append(r.prefix(), timeKey(r.query.Since)...), bytes.Clone(end)
		}
		if until := r.query.found(); !until.IsZero() {
			r.until = timeKey(until)
		}
		return nil
	})
}

// found is the time before which the wanted findings were found.
func (q Query) found() time.Time {
	if q.AsOf.IsZero() || !q.Until.IsZero() && q.Until.Before(q.AsOf) {
		return q.Until
	}
	return q.AsOf.Add(1)
}

// prefix is what stands before a finding's key in the index that is read.
func (r *reader) prefix() []byte {
	if r.query.State == "" {
		return nil
	}
	return statePrefix(r.query.State)
}

// read replaces found by the findings of the next chunk.
func (r *reader) read() (err error) {
	r.spare[0], r.spare[1] = r.spare[1], r.found
	r.found = r.spare[0][:0]
	rows, each := findingsBucket, r.row
	if r.query.State != "" {
		rows, each = byStateBucket, r.indexed
	}
	seen := 0
	more := func() bool { seen++; return seen <= r.keys && len(r.found) < r.rows && !r.stopped.Load() }
	r.from, err = r.store.stretch(rows, r.from, more, r.within, each)
	r.keys = min(4*r.keys, chunkSize)
	if len(r.found) > 0 {
		r.rows = min(4*r.rows, mostRows)
	}
	for i := range r.found {
		if err := r.complete(&r.found[i]); err != nil {
			r.found = r.found[:i]
			return err
		}
	}
	return err
}

func (r *reader) within(key []byte) bool {
	key, ok := bytes.CutPrefix(key, r.prefix())
	return ok && bytes.Compare(key, r.last) <= 0 && (r.until == nil || bytes.Compare(key, r.until) < 0)
}

// indexed is row for what the index by state leads to.
func (r *reader) indexed(l look, k, day []byte) error {
	if !r.query.within(dateOf(day)) {
		return nil
	}
	key := k[len(r.prefix()):]
	record := l.get(findingsBucket, key)
	if record == nil {
		return fmt.Errorf("%w: %s leads to no finding: %x", ErrDamaged, byStateBucket, k)
	}
	return r.row(l, key, record)
}

// row keeps a finding that is wanted.
func (r *reader) row(l look, k, v []byte) (err error) {
	if at := r.query.AsOf; !at.IsZero() {
		if v, err = asOf(l, k, v, at); err != nil {
			return fmt.Errorf("finding %x: %w", k, err)
		}
	}
	if v == nil {
		return nil
	}
	r.revisions.in = l
	f, err := decodeFinding(v, r.revisions)
	if err != nil {
		return fmt.Errorf("finding %x: %w", k, err)
	}
	if r.query.wants(f) {
		r.found = append(r.found, f)
	}
	return nil
}

// completer puts events and sources in the place of their IDs. Each is looked up
// once.
type completer struct {
	store   *Store
	asOf    time.Time
	events  map[string]ewgwatch.Event
	sources map[string]ewgwatch.Source
}

func (c *completer) event(data []byte) (ewgwatch.Event, error) { return decodeEventAsOf(data, c.asOf) }

func (c *completer) complete(f *ewgwatch.Finding) (err error) {
	if f.Event.ID != "" {
		if f.Event, err = lookUp(c.store, c.events, f.Event.ID, eventsBucket, c.event); err != nil {
			return fmt.Errorf("finding %s: %w", f.ID, err)
		}
	}
	if f.Source.ID != "" {
		if f.Source, err = lookUp(c.store, c.sources, f.Source.ID, sourcesBucket, decodeSource); err != nil {
			return fmt.Errorf("finding %s: %w", f.ID, err)
		}
	}
	return nil
}

func lookUp[T any](s *Store, seen map[string]T, id string, b bucket, decode func([]byte) (T, error)) (v T, err error) {
	if v, ok := seen[id]; ok {
		return v, nil
	}
	err = s.look(func(l look) error { v, err = decode(l.get(b, []byte(id))); return err })
	if err != nil {
		return v, fmt.Errorf("%q it refers to: %w", id, err)
	}
	seen[id] = v
	return v, nil
}

func (q Query) wants(f ewgwatch.Finding) bool {
	return (q.State == "" || f.State == q.State) && (q.Stance == "" || f.Stance == q.Stance) &&
		(q.Event == "" || f.Event.ID == q.Event) && (q.Source == "" || f.Source.ID == q.Source) &&
		(q.Lang == "" || f.Lang == q.Lang) && (q.Status == "" || f.Status == q.Status) &&
		(!q.OnEvent || f.Event.ID != "") && q.within(f.Published.Date)
}

func (q Query) within(day ewgwatch.Date) bool {
	since, until := q.Published[0], q.Published[1]
	if day.IsZero() {
		return since.IsZero() && until.IsZero()
	}
	first, last := span(day)
	earliest, _ := span(since)
	_, latest := span(until)
	return (since.IsZero() || last >= earliest) && (until.IsZero() || first <= latest)
}

// span returns the first and the last day that a date can mean, as numbers like
// 20230914: a month is looked for among all rows of a state. Every month has 31 days
// here, which still stand before the first of the next.
func span(d ewgwatch.Date) (first, last int) {
	year, month := 10000*d.Year, 100*int(d.Month)
	switch {
	case d.Month == 0:
		return year + 101, year + 1231
	case d.Day == 0:
		return year + month + 1, year + month + 31
	}
	return year + month + d.Day, year + month + d.Day
}

package store

import (
	"context"
	"fmt"
	"iter"
	"time"

	"ewgwatch"
)

// Sources returns every source that a reading came of, as last seen, by ID. An
// error ends it.
func (s *Store) Sources(ctx context.Context) iter.Seq2[ewgwatch.Source, error] {
	return known(ctx, s, sourcesBucket, decodeSource)
}

// Events returns every event that a finding was tied to, by ID. An error ends it.
func (s *Store) Events(ctx context.Context) iter.Seq2[ewgwatch.Event, error] {
	return s.EventsAsOf(ctx, time.Time{})
}

// EventsAsOf is Events with each as it was described at a moment, or now where that is
// zero. Those that were told of later are among them.
func (s *Store) EventsAsOf(ctx context.Context, asOf time.Time) iter.Seq2[ewgwatch.Event, error] {
	return known(ctx, s, eventsBucket, func(data []byte) (ewgwatch.Event, error) { return decodeEventAsOf(data, asOf) })
}

// known returns every row of a bucket, a chunk a transaction.
func known[T any](ctx context.Context, s *Store, b bucket, decode func([]byte) (T, error)) iter.Seq2[T, error] {
	return within(ctx, s, b, []byte{0}, func([]byte) bool { return true }, decode)
}

// within returns the rows of a bucket from a key on, as long as it wants their
// keys.
func within[T any](ctx context.Context, s *Store, b bucket, from []byte, wants func(key []byte) bool, decode func([]byte) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var chunk []T
		each := func(_ look, k, v []byte) error {
			row, err := decode(v)
			if err != nil {
				return fmt.Errorf("%s %q: %w", b, k, err)
			}
			chunk = append(chunk, row)
			return ctx.Err()
		}
		for next := from; next != nil; {
			var err error
			chunk = chunk[:0]
			if next, err = s.chunk(b, next, healthChunk, wants, each); err != nil {
				var none T
				yield(none, fmt.Errorf("read %s: %w", s.path, err))
				return
			}
			for _, row := range chunk {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

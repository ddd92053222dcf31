package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"
)

// What becomes of alerts is not told to the journal, but for subscriptions: a
// database that is made again from the archive owes nothing and has told nothing,
// and nothing that it holds is news. Where the old database is still there, its
// alerts are taken from it.

// rememberAlerts makes room for subscriptions and alerts, which older schemas did
// not keep.
func rememberAlerts(tx *bolt.Tx, _ time.Time) error {
	for _, b := range append(alertHistory(), subscriptionsBucket) {
		if _, err := tx.CreateBucketIfNotExists([]byte(b)); err != nil {
			return err
		}
	}
	return nil
}

// alertHistory lists what no journal is told of.
func alertHistory() []bucket {
	return []bucket{changesBucket, toldBucket, alertsBucket, alertsDueBucket, alertsPastBucket, receiptsBucket, marksBucket}
}

func (b bucket) untold() bool { return slices.Contains(alertHistory(), b) }

// past is the table of a bucket that the journal is not told of.
func (t transaction) past(b bucket) rows { return b.in(t.Tx) }

// takeAlerts puts the history of alerts that another database has into one that
// has none. Changes are read before the alerts that may come of them while that one
// is written to, so that nothing is lost between them; the indexes are made anew.
func takeAlerts(ctx context.Context, tx *bolt.Tx, from *Store) error {
	if err := rememberAlerts(tx, time.Time{}); err != nil {
		return err
	}
	t := transaction{Tx: tx}
	for _, b := range []bucket{changesBucket, toldBucket, alertsBucket, receiptsBucket, marksBucket} {
		if err := t.takeAll(ctx, b, from); err != nil {
			return fmt.Errorf("take %s: %w", b, err)
		}
	}
	return t.past(alertsBucket).ForEach(func(k, v []byte) error {
		a, err := decodeDispatch(v)
		if err != nil {
			return fmt.Errorf("alert %s: %w", k, err)
		}
		return t.index(a)
	})
}

// takeAll puts every row of a bucket of another database.
func (t transaction) takeAll(ctx context.Context, b bucket, from *Store) (err error) {
	into := t.past(b)
	every := func([]byte) bool { return true }
	for next := []byte{0}; next != nil && err == nil; {
		next, err = from.chunk(b, next, chunkSize, every, func(_ look, k, v []byte) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return into.Put(bytes.Clone(k), bytes.Clone(v))
		})
	}
	return err
}

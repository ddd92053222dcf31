package store

import (
	"bytes"
	"context"
	"errors"
	"time"

	bolt "go.etcd.io/bbolt"
)

// salvage gives the database at path the rows that another one has and it lacks,
// and returns how many. Rows are never removed from a database, so that what
// either has is right; only subscriptions are, and one comes back where the journal
// lacks its end. The journal then begins anew. The history of alerts, which is in no
// journal, is taken too and not counted.
func salvage(ctx context.Context, path string, from *Store) (taken int, err error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second, InitialMmapSize: mapSize(), FreelistType: bolt.FreelistMapType})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.Update(func(tx *bolt.Tx) error {
		for _, about := range buckets() {
			if bucket(about.Name).untold() {
				continue
			}
			n, err := lacking(ctx, tx, from, bucket(about.Name))
			if err != nil {
				return err
			}
			taken += n
		}
		if err := takeAlerts(ctx, tx, from); err != nil {
			return err
		}
		if taken == 0 {
			return nil
		}
		return metaBucket.in(tx).Delete([]byte(headKey))
	})
	return taken, err
}

// lacking puts the rows of one bucket that are lacking. Of an article the later
// number of revisions holds, of equal ones the longer list, as the revisions and
// findings themselves are taken too.
func lacking(ctx context.Context, tx *bolt.Tx, from *Store, b bucket) (taken int, err error) {
	if _, err := tx.CreateBucketIfNotExists([]byte(b)); err != nil || b == metaBucket {
		return 0, err
	}
	rows := b.in(tx)
	every := func([]byte) bool { return true }
	for next := []byte{0}; next != nil && err == nil; {
		next, err = from.chunk(b, next, chunkSize, every, func(_ look, k, v []byte) error {
			have := rows.Get(k)
			if have != nil && (b != articlesBucket || bytes.Compare(have, v) >= 0) {
				return ctx.Err()
			}
			taken++
			return rows.Put(bytes.Clone(k), bytes.Clone(v))
		})
	}
	return taken, err
}

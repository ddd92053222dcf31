package store

import (
	"fmt"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"
)

var (
	schemaKey = []byte("schema")
	madeKey   = []byte("made")
)

// migrations bring a file from schema i to schema i+1. The list only grows.
var migrations = []func(*bolt.Tx, time.Time) error{
	makeBuckets,
}

func makeBuckets(tx *bolt.Tx, now time.Time) error {
	for _, b := range buckets {
		if _, err := tx.CreateBucketIfNotExists([]byte(b.name)); err != nil {
			return err
		}
	}
	return metaBucket.in(tx).Put(madeKey, []byte(now.UTC().Format(time.RFC3339)))
}

// migrate runs what is missing, all in one transaction.
func (s *Store) migrate() error {
	err := s.db.Update(func(tx *bolt.Tx) error {
		have, err := schemaOf(tx)
		if err != nil {
			return err
		}
		if have > len(migrations) {
			return fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, have, len(migrations))
		}
		if have == len(migrations) {
			return nil
		}
		for _, step := range migrations[have:] {
			if err := step(tx, s.options.Now()); err != nil {
				return err
			}
		}
		return metaBucket.in(tx).Put(schemaKey, []byte(strconv.Itoa(len(migrations))))
	})
	if err != nil {
		return fmt.Errorf("open %s: %w", s.path, err)
	}
	return nil
}

// checkSchema holds a file opened read-only against what this program reads.
func (s *Store) checkSchema(tx *bolt.Tx) error {
	have, err := schemaOf(tx)
	switch {
	case err != nil:
		return fmt.Errorf("open %s: %w", s.path, err)
	case have > len(migrations):
		return fmt.Errorf("open %s: %w: schema %d, this program knows %d", s.path, ErrNewer, have, len(migrations))
	case have < len(migrations):
		return fmt.Errorf("open %s: schema %d is old; open it once for writing, with a crawl, to bring it up to %d", s.path, have, len(migrations))
	}
	return nil
}

func schemaOf(tx *bolt.Tx) (int, error) {
	meta := tx.Bucket([]byte(metaBucket.name))
	if meta == nil {
		return 0, nil
	}
	n, err := strconv.Atoi(string(meta.Get(schemaKey)))
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%w: schema %q", ErrDamaged, meta.Get(schemaKey))
	}
	return n, nil
}

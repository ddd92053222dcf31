package store

import (
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// Check reads the whole file and reports everything that does not hold: pages
// bbolt finds damaged, records that do not decode, and indexes that disagree
// with what they point to. It returns nil for a sound file.
func (s *Store) Check() error {
	var wrong []error
	err := s.db.View(func(tx *bolt.Tx) error {
		for err := range tx.Check() {
			wrong = append(wrong, err)
		}
		wrong = append(wrong, checkFindings(tx)...)
		wrong = append(wrong, checkVisits(tx)...)
		return nil
	})
	if err := errors.Join(append(wrong, err)...); err != nil {
		return fmt.Errorf("check %s: %w", s.path, err)
	}
	return nil
}

func checkFindings(tx *bolt.Tx) []error {
	var wrong []error
	count := 0
	_ = findingsBucket.in(tx).ForEach(func(k, v []byte) error {
		count++
		f, err := decodeFinding(v)
		id := k[8:]
		switch {
		case err != nil:
			wrong = append(wrong, fmt.Errorf("finding %x: %w", k, err))
		case string(findingIDsBucket.in(tx).Get(id)) != string(k[:8]):
			wrong = append(wrong, fmt.Errorf("finding %s: not in %s", f.ID, findingIDsBucket.name))
		case !has(byArticleBucket.in(tx), append(hashOf(f.URL), id...)):
			wrong = append(wrong, fmt.Errorf("finding %s: not in %s", f.ID, byArticleBucket.name))
		}
		return nil
	})
	for _, index := range []bucket{findingIDsBucket, byArticleBucket} {
		if n := index.in(tx).Stats().KeyN; n != count {
			wrong = append(wrong, fmt.Errorf("%s has %d keys for %d findings", index.name, n, count))
		}
	}
	return wrong
}

func checkVisits(tx *bolt.Tx) []error {
	var wrong []error
	_ = bySourceBucket.in(tx).ForEach(func(k, _ []byte) error {
		if len(k) < hashSize || visitsBucket.in(tx).Get(k[len(k)-hashSize:]) == nil {
			wrong = append(wrong, fmt.Errorf("%s points to no visit: %x", bySourceBucket.name, k))
		}
		return nil
	})
	return wrong
}

func has(b *bolt.Bucket, key []byte) bool {
	k, _ := b.Cursor().Seek(key)
	return string(k) == string(key)
}

// BucketStats describes one bucket.
type BucketStats struct {
	Name, About string
	Keys        int
	Bytes       int // in use, keys and values with their headers
}

// Stats describes every bucket.
func (s *Store) Stats() ([]BucketStats, error) {
	var all []BucketStats
	err := s.db.View(func(tx *bolt.Tx) error {
		for _, b := range buckets {
			stats := b.in(tx).Stats()
			all = append(all, BucketStats{b.name, b.about, stats.KeyN, stats.LeafInuse + stats.BranchInuse})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", s.path, err)
	}
	return all, nil
}

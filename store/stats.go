package store

import (
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// BucketStats describes one bucket of the file.
type BucketStats struct {
	Name  string `json:"name"`
	About string `json:"about"` // one line: what is under which key
	Keys  int    `json:"keys"`
	Bytes int    `json:"bytes"` // in use: keys and values with their headers, free space in pages not counted
}

// Stats describes every bucket. It reads the whole file.
func (s *Store) Stats() ([]BucketStats, error) {
	if s.owner != nil {
		return s.owner.stats()
	}
	all := buckets()
	err := s.view(func(tx *bolt.Tx) error {
		for i := range all {
			stats := bucket(all[i].Name).in(tx).Stats()
			all[i].Keys = stats.KeyN
			all[i].Bytes = stats.LeafInuse + stats.BranchInuse + stats.InlineBucketInuse
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", s.path, err)
	}
	return all, nil
}

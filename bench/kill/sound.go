package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/store"
)

// sound checks the database and reads the capture of every finding.
func sound(data string) error {
	s, err := store.Open(context.Background(), filepath.Join(data, "findings.db"), store.Options{ReadOnly: true})
	if errors.Is(err, fs.ErrNotExist) || err != nil && strings.Contains(err.Error(), "nothing was ever kept") {
		return nil // killed before there was anything
	}
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Check(); err != nil {
		return err
	}
	read := map[ewgwatch.Capture]bool{}
	for f, err := range s.Findings(context.Background(), store.Query{}) {
		if err != nil {
			return err
		}
		if read[f.Capture] {
			continue
		}
		read[f.Capture] = true
		if _, err := archive.Read(filepath.Join(data, "archive"), f.Capture); err != nil {
			return fmt.Errorf("evidence of %s: %w", f.ID, err)
		}
	}
	return nil
}

// findings returns what may be compared of every finding, by its ID: not when it
// was found, nor where its evidence lies.
func findings(data string) (map[string]string, error) {
	s, err := store.Open(context.Background(), filepath.Join(data, "findings.db"), store.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	all := map[string]string{}
	for f, err := range s.Findings(context.Background(), store.Query{}) {
		if err != nil {
			return nil, err
		}
		if all[f.ID] != "" {
			return nil, fmt.Errorf("finding %s is there twice", f.ID)
		}
		f.FoundAt, f.ChangedAt, f.Capture.File, f.Capture.Offset = time.Time{}, time.Time{}, "", 0
		all[f.ID] = fmt.Sprintf("%+v", f)
	}
	return all, nil
}

// rebuilds makes the database again from the archive and compares every row.
func rebuilds(ctx context.Context, data string) error {
	again, dir := filepath.Join(data, "again.db"), filepath.Join(data, "archive")
	done, err := store.Rebuild(ctx, again, store.Journal{
		Entries: archive.Entries(ctx, dir),
		Block:   func(c ewgwatch.Capture) ([]byte, error) { return archive.Entry(dir, c) },
	}, nil)
	if err != nil {
		return err
	}
	want, err := rows(filepath.Join(data, "findings.db"))
	if err != nil {
		return err
	}
	have, err := rows(again)
	if err != nil {
		return err
	}
	if !maps.Equal(want, have) {
		return fmt.Errorf("the rebuilt differs: %d rows, %d in the original; %+v", len(have), len(want), done)
	}
	return nil
}

func rows(path string) (map[string]string, error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	err = db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error { all[fmt.Sprintf("%s %x", name, k)] = string(v); return nil })
		})
	})
	return all, errors.Join(err, db.Close())
}

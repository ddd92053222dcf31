package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Backups lie in a folder beside the database, named by the time they were taken.
const (
	backupDir    = "backups"
	backupPrefix = "findings-"
	backupSuffix = ".db"
	backupTime   = "20060102T150405Z"
)

// openBackup opens the newest backup in the place of the database.
func (s *Store) openBackup(ctx context.Context) error {
	all := Backups(s.path)
	if len(all) == 0 {
		return errors.New("there is no backup")
	}
	original := s.path
	s.path, s.taken = all[len(all)-1].Path, all[len(all)-1].Taken
	if err := s.lock(ctx); err != nil {
		s.path, s.taken = original, time.Time{}
		return err
	}
	return nil
}

// copyTo copies the database as it stands, whole and found to be sound or not at
// all. It is one long look, during which a file that is written meanwhile grows.
func (s *Store) copyTo(ctx context.Context, path string, sound func(ctx context.Context, path string) error) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".copy-*") // 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, removed(part.Name())) }()
	err = s.view(func(tx *bolt.Tx) error { _, err := tx.WriteTo(part); return err })
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	if err := sound(ctx, part.Name()); err != nil {
		return fmt.Errorf("the copy: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := os.Rename(part.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func removed(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncDir makes the entries of a folder durable, where the system can.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	if err := dir.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

// Snapshot reports whether a backup is read in the place of a database that
// another process holds without answering, and when it was taken.
func (s *Store) Snapshot() (taken time.Time, is bool) { return s.taken, !s.taken.IsZero() }

package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

// compactSize is about how many bytes one transaction copies.
const compactSize = 32 << 20

// Compact writes the database at path anew without the free space in it, and
// returns its size before and after. The new file takes the place of the old one
// only after every row of both was found to be the same; killed before, it leaves
// the old one as it was. A process that holds it is not disturbed: [ErrHeld].
func Compact(ctx context.Context, path string) (before, after int64, err error) {
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	fresh := path + ".compacting"
	if err := removed(fresh); err != nil {
		return 0, 0, err
	}
	err = s.compactTo(ctx, fresh)
	if err != nil {
		return 0, 0, errors.Join(fmt.Errorf("compact %s: %w", path, err), removed(fresh))
	}
	if before, err = size(path); err != nil {
		return 0, 0, err
	}
	if after, err = size(fresh); err != nil {
		return before, 0, err
	}
	return before, after, errors.Join(os.Rename(fresh, path), syncDir(filepath.Dir(path)))
}

func size(path string) (int64, error) {
	at, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return at.Size(), nil
}

func (s *Store) compactTo(ctx context.Context, path string) error {
	to, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second, NoSync: true, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return err
	}
	err = errors.Join(bolt.Compact(to, s.db, compactSize), to.Sync(), to.Close())
	if err != nil {
		return err
	}
	if err := sound(ctx, path); err != nil {
		return err
	}
	copied, err := Open(ctx, path, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer copied.Close()
	have, err := copied.digest()
	if err != nil {
		return err
	}
	want, err := s.digest()
	if err == nil && !bytes.Equal(want, have) {
		err = errors.New("the new file does not hold what the old one does")
	}
	return err
}

// digest is a SHA-256 over every row.
func (s *Store) digest() ([]byte, error) {
	all := sha256.New()
	err := s.view(func(tx *bolt.Tx) error {
		for _, about := range buckets() {
			err := bucket(about.Name).raw(tx).ForEach(func(k, v []byte) error {
				var lengths []byte
				for _, part := range [][]byte{[]byte(about.Name), k, v} {
					lengths = binary.AppendUvarint(lengths, uint64(len(part)))
				}
				for _, part := range [][]byte{lengths, []byte(about.Name), k, v} {
					all.Write(part)
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return all.Sum(nil), err
}

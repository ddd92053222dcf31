package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// lock opens the file and locks it. It asks for the lock again and again, so
// that ctx can end the wait.
func (s *Store) lock(ctx context.Context) error {
	start, told := time.Now(), s.options.Waiting == nil
	for {
		err := s.open(min(200*time.Millisecond, s.options.Wait))
		waited := time.Since(start)
		switch holder := s.holder(); {
		case !errors.Is(err, bolterrors.ErrTimeout):
			return s.explain(err)
		case ctx.Err() != nil:
			return ctx.Err()
		case waited < s.options.Wait:
		case holder != nobody:
			return heldError{s.path, holder, s.options.Wait}
		case waited >= s.options.Patience:
			return heldError{s.path, holder, max(s.options.Wait, s.options.Patience)}
		case !told:
			s.options.Waiting()
			told = true
		}
	}
}

func (s *Store) open(wait time.Duration) (err error) {
	var file *os.File
	keep := func(name string, flag int, mode os.FileMode) (*os.File, error) {
		var err error
		file, err = os.OpenFile(name, flag, mode)
		return file, err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = errors.Join(damage(r), unlock(file))
		}
	}()
	s.db, err = bolt.Open(s.path, 0o600, &bolt.Options{
		Timeout: wait, ReadOnly: s.options.ReadOnly, InitialMmapSize: mapSize(), FreelistType: bolt.FreelistMapType, OpenFile: keep,
		PreLoadFreelist: true, // its damage is found here and not in the middle of a check
	})
	return err
}

// mapSize is the address space taken for the file. It costs no memory; without
// it a file that outgrows its map makes the writer wait for every reader. On
// Windows the file itself would grow to it.
func mapSize() int {
	size := int64(8) << 30
	if runtime.GOOS == "windows" || size > math.MaxInt {
		return 0
	}
	return int(size)
}

// explain tells damage from what the system refuses. bbolt has several errors
// for the first, not all of them exported.
func (s *Store) explain(err error) error {
	var errno syscall.Errno
	var path *fs.PathError
	switch {
	case err == nil, errors.Is(err, ErrDamaged):
		return err
	case s.options.ReadOnly && isEmpty(s.path):
		return errEmpty
	case errors.As(err, &errno), errors.As(err, &path):
		return err
	}
	return fmt.Errorf("%w: %w", ErrDamaged, err)
}

var errEmpty = errors.New("the file is empty: nothing was ever kept in it")

func isEmpty(path string) bool {
	at, err := os.Stat(path)
	return err == nil && at.Mode().IsRegular() && at.Size() == 0
}

// checkLength refuses a file that was cut off. Reading behind its end would be
// a fault of the memory map.
func (s *Store) checkLength(tx *bolt.Tx) error {
	at, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	if want := tx.Size(); at.Size() < want {
		return fmt.Errorf("%w: it is cut off: want %d bytes, have %d", ErrDamaged, want, at.Size())
	}
	return nil
}

// pathless drops the path that the bare error of a file operation repeats.
func pathless(err error) error {
	if at, ok := err.(*fs.PathError); ok { //nolint:errorlint // one that is wrapped says more than its path
		return at.Err
	}
	return err
}

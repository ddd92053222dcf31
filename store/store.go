package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

var (
	// ErrHeld is returned by Open when another process has the file open and
	// did not let go in time.
	ErrHeld = errors.New("database is held")
	// ErrDamaged is returned by Open when the file is no database that can be
	// read. The file is left as it is.
	ErrDamaged = errors.New("database is damaged")
	// ErrNewer is returned by Open when a newer program wrote the file. The
	// file is left as it is.
	ErrNewer = errors.New("database is newer than this program")
)

// Options says how to open a store. The zero value opens it for writing.
type Options struct {
	ReadOnly     bool             // several readers may share the file, no writer
	Wait         time.Duration    // for another process to let go; 5 s by default
	BeforeCommit func() error     // called before every commit of readings; its error fails them. The archive's fsync goes here
	Now          func() time.Time // time.Now by default
}

// Store is one open database.
type Store struct {
	db      *bolt.DB
	path    string
	options Options
	puts    chan put
	stopped chan struct{}
}

// Open opens the database at path, making file and folder (for their owner
// only) where they are missing, unless it is opened read-only.
func Open(ctx context.Context, path string, options Options) (*Store, error) {
	if options.Wait == 0 {
		options.Wait = 5 * time.Second
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	s := &Store{path: path, options: options, puts: make(chan put), stopped: make(chan struct{})}
	if err := s.prepareFolder(); err != nil {
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		return nil, err
	}
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	if !options.ReadOnly {
		go s.write()
	}
	return s, nil
}

func (s *Store) prepareFolder() error {
	if s.options.ReadOnly {
		if _, err := os.Stat(s.path); err != nil {
			return fmt.Errorf("open %s: %w", s.path, pathless(err))
		}
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return fmt.Errorf("open %s: %w", s.path, err)
	}
	return nil
}

// pathless drops the path that the error of a file operation repeats.
func pathless(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// mapSize is the address space taken for the file. It costs no memory; without
// it a file that outgrows its map makes the writer wait for every reader.
func mapSize() int {
	if runtime.GOOS == "windows" || ^uint(0)>>32 == 0 {
		return 0
	}
	return 8 << 30
}

// open asks for the lock again and again, so that ctx can end the wait. bbolt
// panics on some damaged files.
func (s *Store) open(ctx context.Context) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("open %s: %w: %v", s.path, ErrDamaged, r)
		}
	}()
	deadline := time.Now().Add(s.options.Wait)
	for {
		s.db, err = bolt.Open(s.path, 0o600, &bolt.Options{
			Timeout: min(200*time.Millisecond, s.options.Wait), ReadOnly: s.options.ReadOnly, InitialMmapSize: mapSize(),
			FreelistType: bolt.FreelistMapType, PreLoadFreelist: !s.options.ReadOnly,
		})
		switch {
		case err == nil:
			return nil
		case errors.Is(err, bolterrors.ErrTimeout) && ctx.Err() == nil && time.Now().Before(deadline):
			continue
		case errors.Is(err, bolterrors.ErrTimeout):
			return fmt.Errorf("open %s: %w: %s; waited %s", s.path, ErrHeld, s.holder(), s.options.Wait)
		case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
			return fmt.Errorf("open %s: %w: %w", s.path, ErrDamaged, err)
		}
		return fmt.Errorf("open %s: %w", s.path, pathless(err))
	}
}

// prepare checks the schema and, for a writer, makes what is missing and says
// who holds the file.
func (s *Store) prepare() error {
	if s.options.ReadOnly {
		return s.db.View(func(tx *bolt.Tx) error { return s.checkSchema(tx) })
	}
	if err := s.migrate(); err != nil {
		return err
	}
	return s.own()
}

// Close waits for the readings under way, closes the file and lets go of it.
// No Put may come after it.
func (s *Store) Close() error {
	if s.options.ReadOnly {
		return s.db.Close()
	}
	close(s.puts)
	<-s.stopped
	return errors.Join(s.disown(), s.db.Close())
}

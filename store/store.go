package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

var (
	// ErrHeld is returned by Open when another process has the file open and
	// did not let go in time.
	ErrHeld = errors.New("database is held")
	// ErrDamaged is returned by Open when the file is no database that can be
	// read, which it leaves as it is, and by everything else that comes upon
	// damage later.
	ErrDamaged = errors.New("database is damaged")
	// ErrNewer is returned by Open when a newer program wrote the file. The
	// file is left as it is.
	ErrNewer = errors.New("database is newer than this program")
)

// Options says how to open a store. The zero value opens it for writing.
type Options struct {
	Answer       bool                     // answer readers on a socket beside the file while it is open for writing
	ReadOnly     bool                     // several readers may share the file, no writer
	Wait         time.Duration            // for another process to let go; 5 s by default
	Patience     time.Duration            // for processes that only read, where that is longer: an export ends by itself
	Waiting      func()                   // told once that it is such a process that is waited for
	Journal      func(entry []byte) error // told of every change before its commit, so that the database can be made again; nil for none
	BeforeCommit func() error             // called after that; its error fails the commit. The archive's fsync goes here
	Changes      bool                     // keep changes of belief for subscribers from the start, see [Store.Hear]
	Now          func() time.Time         // time.Now by default
}

// Store is one open database. It may be used from several goroutines.
type Store struct {
	db      *bolt.DB
	owner   *owner    // the process that answers in the place of db; nil where db is open
	answers *answerer // readers, in turn; nil where nobody is answered
	taken   time.Time // of the backup that is read in the place of a database that is held
	path    string
	options Options

	puts    chan *put
	closing chan struct{} // closed by Close
	stopped chan struct{} // closed by the writer when it has ended
	close   func() error  // closes once
	heard   atomic.Bool   // changes of belief are kept

	writing sync.Mutex                // guards what follows
	broken  error                     // of the write transaction after which nothing is written
	events  map[string]ewgwatch.Event // as last given and kept, by ID
}

// Open opens the database at path, making file and folder (for their owner
// only) where they are missing, unless it is opened read-only. ctx ends the
// wait for another process and nothing else.
func Open(ctx context.Context, path string, options Options) (*Store, error) {
	if options.Wait == 0 {
		options.Wait = 5 * time.Second
		if options.ReadOnly {
			options.Wait = 2 * time.Second
		}
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	s := &Store{path: path, options: options, puts: make(chan *put), closing: make(chan struct{}), stopped: make(chan struct{})}
	s.close = sync.OnceValue(s.shut)
	s.heard.Store(options.Changes)
	if err := s.start(ctx); err != nil {
		var held heldError
		if errors.As(err, &held) {
			return nil, held
		}
		return nil, fmt.Errorf("open %s: %w", path, pathless(err))
	}
	return s, nil
}

func (s *Store) start(ctx context.Context) error {
	if s.options.ReadOnly {
		close(s.stopped)
		return s.read(ctx)
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	if err := s.lock(ctx); err != nil {
		return err
	}
	if err := s.prepare(); err != nil {
		return errors.Join(err, s.release())
	}
	if err := s.hold(ctx); err != nil {
		return errors.Join(err, s.letGo())
	}
	go s.write()
	return nil
}

// hold makes it known who has the database, and begins what goes with that.
func (s *Store) hold(ctx context.Context) error {
	if err := s.begin(); err != nil {
		return err
	}
	if err := s.freeLeases(); err != nil {
		return err
	}
	if err := s.answer(ctx); err != nil {
		return fmt.Errorf("answer readers: %w", err)
	}
	return s.own()
}

// letGo undoes hold and closes the file.
func (s *Store) letGo() error {
	var err error
	if s.answers != nil {
		err = s.answers.stop()
	}
	return errors.Join(err, s.disown(), s.release())
}

// read opens the database for reading: through the process that holds it, the
// file itself, or the newest backup while it is held by one that does not answer.
func (s *Store) read(ctx context.Context) (err error) {
	if s.owner, err = ask(ctx, s.path, s.options.Wait); !errors.Is(err, errNoOwner) {
		return err
	}
	held := s.lock(ctx)
	if errors.Is(held, ErrHeld) {
		if s.owner, err = ask(ctx, s.path, s.options.Wait); !errors.Is(err, errNoOwner) { // it may just have begun
			return err
		}
		if err := s.openBackup(ctx); err != nil {
			return held
		}
	} else if held != nil {
		return held
	}
	if err := s.prepare(); err != nil {
		return errors.Join(err, s.release())
	}
	return nil
}

// Close waits for the commit under way, closes the file and lets go of it. A
// Put that comes later, or that still waits for its turn, gets an error.
func (s *Store) Close() error { return s.close() }

func (s *Store) shut() error {
	close(s.closing)
	<-s.stopped
	if s.owner != nil {
		s.owner.close()
		return nil
	}
	end := s.letGo
	if s.options.ReadOnly {
		end = s.release
	}
	if err := end(); err != nil {
		return fmt.Errorf("close %s: %w", s.path, pathless(err))
	}
	return nil
}

// release closes the file, but for one that is broken: bbolt may wait for ever
// for a lock that a panic left behind. The end of the process closes it.
func (s *Store) release() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.broken != nil {
		return nil
	}
	return s.db.Close()
}

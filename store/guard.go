package store

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
)

// bbolt trusts what it finds in the file: a damaged page makes it panic, and one
// that was cut off makes the memory map fault. All transactions go through view
// and update, which turn both into [ErrDamaged].

func (s *Store) view(fn func(*bolt.Tx) error) (err error) {
	if s.owner != nil {
		return heldError{path: s.path, holder: s.holder()}
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = damage(r)
		}
	}()
	return s.db.View(fn)
}

// update refuses to go on once a transaction has panicked: rolling it back may
// have panicked too and left bbolt's lock behind.
func (s *Store) update(fn func(*bolt.Tx) error) (err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.broken != nil {
		return s.broken
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			s.broken = damage(r)
			err = s.broken
		}
	}()
	if err := s.db.Update(fn); err != nil {
		clear(s.events) // of what was not kept
		return err
	}
	return nil
}

// still is view while nobody writes: bbolt checks a file against the free pages
// that it has now, not those of the transaction.
func (s *Store) still(fn func(*bolt.Tx) error) error {
	if s.options.ReadOnly {
		return s.view(fn)
	}
	var result error
	rollBack := errors.New("nothing is to be written")
	err := s.update(func(tx *bolt.Tx) error { result = fn(tx); return rollBack })
	if errors.Is(err, rollBack) {
		return result
	}
	return err
}

// damage puts what bbolt panicked with into words.
func damage(panicked any) error {
	if fault, ok := panicked.(runtime.Error); ok {
		return fmt.Errorf("%w: a page is missing or makes no sense (%w)", ErrDamaged, fault)
	}
	return fmt.Errorf("%w: %v", ErrDamaged, panicked)
}

// chunkSize is how many keys one read transaction looks at. A long one makes the
// file grow, a short one costs more than it reads.
const chunkSize = 5000

// chunk gives each the keys of a bucket from one on, as long as within holds,
// but no more than limit of them: all in one short look. It returns the key to go
// on from, nil at the end. What each is given is void after it returns.
func (s *Store) chunk(b bucket, from []byte, limit int, within func(key []byte) bool, each func(l look, k, v []byte) error) (next []byte, err error) {
	seen := 0
	return s.stretch(b, from, func() bool { seen++; return seen <= limit }, within, each)
}

// stretch is chunk that goes on as long as more holds, which is asked before each key.
func (s *Store) stretch(b bucket, from []byte, more func() bool, within func(key []byte) bool, each func(l look, k, v []byte) error) (next []byte, err error) {
	err = s.look(func(l look) (failed error) {
		l.rows(b, from, func(k, v []byte) bool {
			switch {
			case !within(k):
				return false
			case !more():
				next = bytes.Clone(k)
				return false
			}
			failed = each(l, k, v)
			return failed == nil
		})
		return failed
	})
	return next, err
}

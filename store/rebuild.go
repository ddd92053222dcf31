package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// Journal is what an archive kept of what [Options.Journal] was told.
type Journal struct {
	// Entries yields every entry, in any order. An error beside none says what
	// is damaged; what follows it may be whole.
	Entries iter.Seq2[ewgwatch.Entry, error]
	// Block returns one of them again.
	Block func(ewgwatch.Capture) ([]byte, error)
}

// Rebuilt says what a database was made of.
type Rebuilt struct {
	Entries int       // that make it up
	Passed  int       // that are of no part of it: their commit failed, was overtaken by a kill or undone by a restore
	Gaps    []Gap     // what is missing
	Damaged []error   // what of the journal could not be read
	Until   time.Time // of the last entry
	Rows    int       // taken from the database beside it, as the journal lacks them
}

// Whole reports whether nothing is missing.
func (r Rebuilt) Whole() bool { return len(r.Gaps) == 0 && len(r.Damaged) == 0 }

// ErrNoJournal is returned by Rebuild where the archive holds no entry to begin
// from.
var ErrNoJournal = errors.New("the archive holds no journal to rebuild from")

// Rebuild makes the database anew at path, where no file may be, as it was after
// the last entry of the journal. What is damaged there is passed over and told
// of; what beside, an open database or nil, has more than the journal is taken
// from it, so that damage to one of the two loses nothing. Where it fails no file
// is left.
func Rebuild(ctx context.Context, path string, journal Journal, beside *Store) (done Rebuilt, err error) {
	chain, err := done.survey(ctx, journal)
	if err != nil {
		return done, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return done, err
	}
	made, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return done, err
	}
	if err := made.Close(); err != nil {
		return done, err
	}
	err = replay(ctx, path, chain, journal.Block)
	if err == nil && beside != nil {
		done.Rows, err = salvage(ctx, path, beside)
	}
	if err != nil {
		return done, errors.Join(fmt.Errorf("rebuild %s: %w", path, pathless(err)), os.Remove(path))
	}
	return done, nil
}

// survey reads the journal once and finds its chain.
func (r *Rebuilt) survey(ctx context.Context, journal Journal) ([]link, error) {
	var all []link
	for e, err := range journal.Entries {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		l := link{}
		if err == nil {
			l, err = readLink(e)
		}
		switch {
		case errors.Is(err, ErrNewer):
			return nil, err
		case err != nil:
			r.Damaged = append(r.Damaged, err)
		default:
			all = append(all, l)
		}
	}
	var chain []link
	if chain, r.Gaps = chainOf(all); len(chain) == 0 {
		return nil, errors.Join(append([]error{ErrNoJournal}, r.Damaged...)...)
	}
	r.Entries, r.Passed, r.Until = len(chain), len(all)-len(chain), chain[len(chain)-1].at
	return chain, nil
}

// replaySize is how many entries share a commit of a replay, unless they are
// large.
const replaySize = 200

// replay applies a chain to an empty file.
func replay(ctx context.Context, path string, chain []link, block func(ewgwatch.Capture) ([]byte, error)) (err error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{
		Timeout: time.Second, InitialMmapSize: mapSize(), FreelistType: bolt.FreelistMapType, NoSync: true, // the file counts for nothing before its end
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for rest := chain; len(rest) > 0 && err == nil; {
		some := rest[:min(replaySize, len(rest))]
		rest = rest[len(some):]
		err = db.Update(func(tx *bolt.Tx) error { return applyAll(ctx, tx, some, block) })
	}
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error { return finish(tx, chain[len(chain)-1]) })
	return errors.Join(err, db.Sync())
}

// finish says which entry was the last, and adds what every database has, in
// case the beginning of the journal is missing.
func finish(tx *bolt.Tx, last link) error {
	for _, about := range buckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(about.Name)); err != nil {
			return err
		}
	}
	meta := metaBucket.in(tx)
	if meta.Get([]byte(schemaKey)) == nil {
		if err := meta.Put([]byte(schemaKey), []byte(strconv.Itoa(last.schema))); err != nil {
			return err
		}
	}
	return meta.Put([]byte(headKey), last.bytes())
}

func applyAll(ctx context.Context, tx *bolt.Tx, some []link, block func(ewgwatch.Capture) ([]byte, error)) error {
	for _, l := range some {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		entry, err := block(l.where)
		if err == nil {
			err = apply(tx, entry)
		}
		if err != nil {
			return fmt.Errorf("entry %d of the journal: %w", l.number, err)
		}
	}
	return nil
}

// apply does again what a commit did.
func apply(tx *bolt.Tx, entry []byte) (err error) {
	var into rows
	var key []byte
	f := readRecord(string(entry))
	for f.next() && err == nil {
		switch value := []byte(f.value); f.tag {
		case entryBase:
			err = empty(tx)
		case entryTable, entryBucket:
			if _, err = tx.CreateBucketIfNotExists(value); err == nil {
				into = bucket(value).in(tx)
			}
		case entryKey:
			key = value
		case entryValue:
			err = onto(into, func() error { return into.Put(key, value) })
		case entryGone:
			err = onto(into, func() error { return into.Delete(value) })
		}
	}
	return errors.Join(f.err, err)
}

func onto(into rows, do func() error) error {
	if into.bucket == nil {
		return fmt.Errorf("%w: a row without a bucket", errRecord)
	}
	return do()
}

// empty removes every bucket: a chain begins with everything there is.
func empty(tx *bolt.Tx) error {
	var names [][]byte
	err := tx.ForEach(func(name []byte, _ *bolt.Bucket) error { names = append(names, bytes.Clone(name)); return nil })
	for _, name := range names {
		err = errors.Join(err, tx.DeleteBucket(name))
	}
	return err
}

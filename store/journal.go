package store

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// The journal is how the database is made again from the archive. Each commit
// writes one entry, or several where it is large, before it counts: the rows it
// puts and removes, and the SHA-256 of the entry before. An entry whose commit
// failed, or was overtaken by a kill, is not in the chain of the entry that
// follows, and so is passed over.

// headKey is where the database keeps which entry was its last.
const headKey = "journal"

// head names the last entry of a database.
type head struct {
	number uint64 // from 1
	sum    [sha256.Size]byte
	at     time.Time // never before that of the entry before it
}

const headSize = 8 + sha256.Size + 8

func headOf(tx *bolt.Tx) (h head, ok bool) {
	b := metaBucket.in(tx).Get([]byte(headKey))
	if len(b) != headSize {
		return head{}, false
	}
	h.number = binary.BigEndian.Uint64(b)
	copy(h.sum[:], b[8:])
	h.at = time.Unix(0, int64(binary.BigEndian.Uint64(b[8+sha256.Size:]))).UTC()
	return h, true
}

func (h head) bytes() []byte {
	b := binary.BigEndian.AppendUint64(make([]byte, 0, headSize), h.number)
	return binary.BigEndian.AppendUint64(append(b, h.sum[:]...), uint64(h.at.UnixNano()))
}

// maxEvents is how many events are remembered as they were last given.
const maxEvents = 10_000

// change is update for all that the journal is told of.
func (s *Store) change(fn func(t transaction) error) error {
	return s.update(func(tx *bolt.Tx) error {
		if s.events == nil || len(s.events) > maxEvents {
			s.events = map[string]ewgwatch.Event{}
		}
		t := transaction{
			Tx: tx, now: s.options.Now, changes: &changes{untold: s.options.Journal == nil}, revisions: &revisions{in: direct{tx}},
			events: s.events, heard: s.heard.Load(),
		}
		if err := fn(t); err != nil {
			return err
		}
		if err := s.tell(t); err != nil {
			return err
		}
		return s.settle()
	})
}

// settle makes durable what the commit under way relies on.
func (s *Store) settle() error {
	if s.options.BeforeCommit == nil {
		return nil
	}
	return s.options.BeforeCommit()
}

// tell writes the entries of a transaction. A change without a journal ends the
// chain: the next writer that has one begins another.
func (s *Store) tell(t transaction) (err error) {
	meta := metaBucket.in(t.Tx)
	last, chained := headOf(t.Tx)
	parts := t.changes.parts
	switch {
	case !t.changes.any:
		return nil
	case s.options.Journal == nil || !chained:
		return meta.Delete([]byte(headKey))
	}
	for i, part := range parts {
		if last, err = s.append(last, part.buf, i < len(parts)-1); err != nil {
			return err
		}
	}
	return meta.Put([]byte(headKey), last.bytes())
}

// append writes one entry after the last one; more says that the commit goes on
// in the next.
func (s *Store) append(last head, rows []byte, more bool) (head, error) {
	next := head{number: last.number + 1, at: s.options.Now().UTC()}
	if last.number > 0 && !next.at.After(last.at) {
		next.at = last.at.Add(1) // the clock went back
	}
	w := newRecord()
	w.number(entryNumber, int64(next.number))
	if last.number > 0 {
		w.bytes(entryPrev, last.sum[:])
	}
	w.time(entryAt, next.at)
	w.number(entrySchema, int64(len(migrations())))
	w.buf = append(w.buf, rows...)
	w.flag(entryMore, more)
	next.sum = sha256.Sum256(w.buf)
	if err := s.options.Journal(w.buf); err != nil {
		return head{}, fmt.Errorf("journal: %w", err)
	}
	return next, nil
}

// begin writes the first entries of a chain, with everything there is, unless
// the database has one.
func (s *Store) begin() error {
	if s.options.Journal == nil {
		return nil
	}
	chained := false
	if err := s.view(func(tx *bolt.Tx) error { _, chained = headOf(tx); return nil }); err != nil || chained {
		return err
	}
	return s.update(func(tx *bolt.Tx) error {
		last, err := s.base(tx)
		if err != nil {
			return err
		}
		if err := s.settle(); err != nil {
			return err
		}
		return metaBucket.in(tx).Put([]byte(headKey), last.bytes())
	})
}

// base writes everything there is, a part at a time.
func (s *Store) base(tx *bolt.Tx) (last head, err error) {
	c := &changes{parts: []*writer{tables()}}
	for _, about := range buckets() {
		if bucket(about.Name).untold() {
			continue
		}
		err := bucket(about.Name).in(tx).ForEach(func(k, v []byte) (err error) {
			c.put(bucket(about.Name), k, v)
			if len(c.parts) > 1 {
				last, err = s.append(last, c.parts[0].buf, true)
				c.parts = c.parts[1:]
			}
			return err
		})
		if err != nil {
			return head{}, err
		}
	}
	return s.append(last, c.parts[0].buf, false)
}

// tables begins a chain: it names the buckets that are to be there.
func tables() *writer {
	w := &writer{}
	w.flag(entryBase, true)
	for _, about := range buckets() {
		w.item(entryTable, about.Name)
	}
	return w
}

package store

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// maxWrong is how many mistakes Check lists before it only counts.
const maxWrong = 20

// Check reads the whole file and reports what does not hold: pages bbolt finds
// damaged, records that do not decode, and indexes that disagree with what they
// point to. It returns nil for a sound file, else an ErrDamaged that lists the
// first twenty mistakes. Nothing is written meanwhile.
func (s *Store) Check() error {
	var c checker
	err := s.still(func(tx *bolt.Tx) error {
		for _, sound := range []func(*bolt.Tx) error{s.checkLength, checkLayout, c.walk} {
			if err := sound(tx); err != nil {
				return err
			}
		}
		for err := range tx.Check() {
			c.wrong("%w", err)
		}
		if c.count > 0 {
			return nil // the rest would walk over damaged pages
		}
		if err := c.sums(tx); err != nil || c.count > 0 {
			return err
		}
		c.tx, c.revisions = tx, &revisions{in: direct{tx}}
		c.meta()
		return errors.Join(c.findings(), c.history(), c.visits(), c.articles(), c.records(), c.reviews(), c.amendments(), c.outbox(), c.receipts(), c.told(), c.numbered())
	})
	if err != nil {
		c.wrong("%w", err)
	}
	if c.count == 0 {
		return nil
	}
	if more := c.count - len(c.list); more > 0 {
		c.list = append(c.list, fmt.Errorf("and %d more", more))
	}
	return fmt.Errorf("check %s: %w: %w", s.path, ErrDamaged, errors.Join(c.list...))
}

type checker struct {
	tx        *bolt.Tx
	revisions *revisions
	count     int
	list      []error
	touched   int // so that no byte is read in vain, and left out by the compiler
}

func (c *checker) wrong(format string, args ...any) {
	if c.count++; c.count <= maxWrong {
		c.list = append(c.list, fmt.Errorf(format, args...))
	}
}

// keys compares an index with the number of what it points to. Where each of
// these is in the index, equal numbers mean that nothing else is.
func (c *checker) keys(index bucket, want int, of string) {
	if n := index.in(c.tx).Stats().KeyN; n != want {
		c.wrong("%s has %d keys for %d %s", index, n, want, of)
	}
}

// meta holds what the file says of itself against what it can say.
func (c *checker) meta() {
	meta := metaBucket.in(c.tx)
	if made := meta.Get([]byte(madeKey)); made != nil {
		if _, err := time.Parse(time.RFC3339, string(made)); err != nil {
			c.wrong("%s: made %q", metaBucket, made)
		}
	}
	if head := meta.Get([]byte(headKey)); head != nil && len(head) != headSize {
		c.wrong("%s: the last entry of the journal is %x", metaBucket, head)
	}
}

func (c *checker) findings() error {
	count := 0
	err := findingsBucket.in(c.tx).ForEach(func(k, v []byte) error {
		count++
		f, err := decodeFinding(v, c.revisions)
		if err != nil || len(k) != 8+hashSize {
			c.wrong("finding %x: %v", k, err)
			return nil
		}
		c.finding(k, f)
		return nil
	})
	c.keys(findingIDsBucket, count, "findings")
	c.keys(byStateBucket, count, "findings")
	return err
}

func (c *checker) finding(key []byte, f ewgwatch.Finding) {
	id := key[8:]
	if want, err := idBytes(f.ID); err != nil || !bytes.Equal(key, findingKey(f.FoundAt, want)) {
		c.wrong("finding %s found %s: is kept as %x", f.ID, f.FoundAt, key)
	}
	if !bytes.Equal(findingIDsBucket.in(c.tx).Get(id), key[:8]) {
		c.wrong("finding %s: not in %s", f.ID, findingIDsBucket)
	}
	if !bytes.Equal(byStateBucket.in(c.tx).Get(stateKey(f.State, key)), dayOf(f.Published.Date)) {
		c.wrong("finding %s: not in %s", f.ID, byStateBucket)
	}
	if r := f.Review; !r.IsZero() && !has(reviewsBucket.in(c.tx), reviewKey(id, r.By, r.At)) {
		c.wrong("finding %s: the word of %q that holds is not kept", f.ID, r.By)
	}
	switch article := articleRow(articlesBucket.in(c.tx).Get(hashOf(f.URL))); {
	case article == nil:
		c.wrong("finding %s: its article %s is not kept", f.ID, f.URL)
	case !article.has(id):
		c.wrong("finding %s: its article %s does not list it", f.ID, f.URL)
	}
	if f.Event.ID != "" && !has(eventsBucket.in(c.tx), []byte(f.Event.ID)) {
		c.wrong("finding %s: its event %q is not kept", f.ID, f.Event.ID)
	}
	if f.Source.ID != "" && !has(sourcesBucket.in(c.tx), []byte(f.Source.ID)) {
		c.wrong("finding %s: its source %q is not kept", f.ID, f.Source.ID)
	}
}

// history holds what findings were against what they are.
func (c *checker) history() error {
	return historyBucket.in(c.tx).ForEach(func(k, v []byte) error {
		f, err := decodeFinding(v, c.revisions)
		id, badID := idBytes(f.ID)
		switch {
		case err != nil || badID != nil || len(k) != hashSize+8 || !bytes.HasPrefix(k, id):
			c.wrong("history %x: of %q: %v", k, f.ID, err)
		case !has(findingsBucket.in(c.tx), findingKey(f.FoundAt, id)):
			c.wrong("history of finding %s: it is not kept", f.ID)
		}
		return nil
	})
}

// reviews holds the words of analysts against the findings they are of.
func (c *checker) reviews() error {
	return reviewsBucket.in(c.tx).ForEach(func(k, v []byte) error {
		r, err := decodeReview(k, v)
		switch {
		case err != nil:
			c.wrong("%w", err)
		case !has(findingIDsBucket.in(c.tx), k[:hashSize]):
			c.wrong("review of %s by %q: the finding is not kept", r.Finding, r.By)
		}
		return nil
	})
}

func (c *checker) visits() error {
	err := visitsBucket.in(c.tx).ForEach(func(k, v []byte) error {
		visit, err := decodeVisit(v)
		switch {
		case err != nil:
			c.wrong("visit %x: %w", k, err)
		case !bytes.Equal(k, hashOf(visit.URL)):
			c.wrong("visit %s: is kept as %x", visit.URL, k)
		case !has(bySourceBucket.in(c.tx), sourceKey(visit.Source, visit.URL)):
			c.wrong("visit %s: not in %s", visit.URL, bySourceBucket)
		}
		return nil
	})
	return errors.Join(err, bySourceBucket.in(c.tx).ForEach(func(k, _ []byte) error {
		if len(k) < hashSize || !has(visitsBucket.in(c.tx), k[len(k)-hashSize:]) {
			c.wrong("%s points to no visit: %x", bySourceBucket, k)
		}
		return nil
	}))
}

// articles holds every article against its revisions, from 1 to the latest.
func (c *checker) articles() error {
	revisions, listed := 0, 0
	err := articlesBucket.in(c.tx).ForEach(func(k, v []byte) error {
		row := articleRow(v)
		if len(k) != hashSize || !row.whole() {
			c.wrong("article %x: its row is %x", k, v)
			return nil
		}
		latest := row.number()
		revisions += latest
		listed += len(row.ids()) / hashSize
		for number := 1; number <= latest; number++ {
			r, err := decodeRevision(revisionsBucket.in(c.tx).Get(revisionKey(k, number)))
			if err != nil || r.Number != number || !bytes.Equal(k, hashOf(r.URL)) {
				c.wrong("article %x: revision %d of %d: %s: %v", k, number, latest, r.URL, err)
				break // a damaged number may be a very great one
			}
		}
		return nil
	})
	c.keys(revisionsBucket, revisions, "revisions of articles")
	c.keys(findingsBucket, listed, "findings that articles list")
	return err
}

// records holds what is kept under its own ID against it.
func (c *checker) records() error {
	each := func(b bucket, id func(v []byte) (string, error)) error {
		return b.in(c.tx).ForEach(func(k, v []byte) error {
			if have, err := id(v); err != nil || have != string(k) {
				c.wrong("%s: %q is kept as %q: %v", b, have, k, err)
			}
			return nil
		})
	}
	return errors.Join(
		each(sourcesBucket, func(v []byte) (string, error) { s, err := decodeSource(v); return s.ID, err }),
		each(eventsBucket, func(v []byte) (string, error) { e, err := decodeEvent(v); return e.ID, err }),
		each(runsBucket, func(v []byte) (string, error) { r, err := decodeRun(v); return r.ID, err }),
		each(hostsBucket, func(v []byte) (string, error) { h, err := decodeWishes(v); return string(hashOf(h.Name)), err }),
		each(healthBucket, func(v []byte) (string, error) { h, err := decodeHealth(v); return h.Source, err }),
		each(subscriptionsBucket, func(v []byte) (string, error) { s, err := decodeSubscription(v); return s.Name, err }))
}

// sums lists the rows that are not what was written.
func (c *checker) sums(tx *bolt.Tx) error {
	for _, about := range buckets() {
		r := bucket(about.Name).in(tx)
		err := r.bucket.ForEach(func(k, v []byte) error {
			if _, ok := r.open(k, v); !ok {
				c.wrong("%w", r.damaged(k))
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func has(r rows, key []byte) bool { return r.Get(key) != nil }

package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// put is one reading on its way to the writer.
type put struct {
	reading ewgwatch.Reading
	done    chan<- putResult
}

type putResult struct {
	kept ewgwatch.Kept
	err  error
}

// maxBatch is how many readings share a commit at the most.
const maxBatch = 1000

// Put keeps what one visit yielded, all of it or none of it, and returns after
// the commit. Several callers may put at once; those that wait together share
// a commit. An error means that the store failed and the run should end.
//
// A visit that read nothing keeps what is known of the last good one. A reading
// without an article touches no finding.
func (s *Store) Put(ctx context.Context, reading ewgwatch.Reading) (ewgwatch.Kept, error) {
	for _, f := range reading.Findings {
		if _, err := idBytes(f.ID); err != nil {
			return ewgwatch.Kept{}, fmt.Errorf("put %s: %w", reading.Visit.URL, err)
		}
	}
	done := make(chan putResult, 1)
	select {
	case s.puts <- put{reading, done}:
	case <-ctx.Done():
		return ewgwatch.Kept{}, ctx.Err()
	}
	result := <-done // the writer always answers, and soon
	return result.kept, result.err
}

// write commits readings until the store is closed.
func (s *Store) write() {
	defer close(s.stopped)
	for first := range s.puts {
		batch := s.gather(first)
		kept, err := s.commit(batch)
		for i, p := range batch {
			if err != nil {
				p.done <- putResult{err: err}
				continue
			}
			p.done <- putResult{kept: kept[i]}
		}
	}
}

// gather adds the readings of everybody who waits already.
func (s *Store) gather(first put) []put {
	batch := []put{first}
	for len(batch) < maxBatch {
		select {
		case p, ok := <-s.puts:
			if !ok {
				return batch
			}
			batch = append(batch, p)
		default:
			return batch
		}
	}
	return batch
}

func (s *Store) commit(batch []put) ([]ewgwatch.Kept, error) {
	kept := make([]ewgwatch.Kept, len(batch))
	if s.options.BeforeCommit != nil {
		if err := s.options.BeforeCommit(); err != nil {
			return nil, err
		}
	}
	err := s.db.Update(func(tx *bolt.Tx) error {
		for i, p := range batch {
			t := transaction{tx, s.options.Now}
			var err error
			if kept[i], err = t.put(p.reading); err != nil {
				return fmt.Errorf("put %s: %w", p.reading.Visit.URL, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return kept, nil
}

func (t transaction) put(r ewgwatch.Reading) (ewgwatch.Kept, error) {
	if err := t.visit(r.Visit); err != nil || r.Article == nil {
		return ewgwatch.Kept{}, err
	}
	if err := t.source(r.Article.Source); err != nil {
		return ewgwatch.Kept{}, err
	}
	change, err := t.article(*r.Article, r.Visit)
	if err != nil {
		return ewgwatch.Kept{}, err
	}
	kept := ewgwatch.Kept{Article: change}
	said := map[string]bool{}
	for _, f := range r.Findings {
		said[f.ID] = true
		isNew, err := t.finding(f)
		if err != nil {
			return ewgwatch.Kept{}, err
		}
		if isNew {
			kept.Findings++
		}
	}
	kept.Withdrawn, err = t.withdraw(r.Article.URL, said)
	return kept, err
}

// visit keeps a visit; a failed one inherits what the last good one knew.
func (t transaction) visit(v ewgwatch.Visit) error {
	bucket := visitsBucket.in(t.Tx)
	v.FirstSeen = v.At
	if old := bucket.Get(hashOf(v.URL)); old != nil {
		before, err := decodeVisit(old)
		if err != nil {
			return fmt.Errorf("visit %s: %w", v.URL, err)
		}
		v.FirstSeen = before.FirstSeen
		if !v.Outcome.HasBody() {
			v.BodySHA256, v.ReadAt, v.Capture = before.BodySHA256, before.ReadAt, before.Capture
			v.ETag, v.LastModified = before.ETag, before.LastModified
		}
	}
	if err := bucket.Put(hashOf(v.URL), encodeVisit(v)); err != nil {
		return err
	}
	return bySourceBucket.in(t.Tx).Put(sourceKey(v.Source, v.URL), nil)
}

func (t transaction) source(s ewgwatch.Source) error {
	return putChanged(sourcesBucket.in(t.Tx), []byte(s.ID), encodeSource(s))
}

// putChanged writes only what differs, so that a night without news hardly
// touches the file.
func putChanged(b *bolt.Bucket, key, value []byte) error {
	if len(key) == 0 || bytes.Equal(b.Get(key), value) {
		return nil
	}
	return b.Put(key, value)
}

// article keeps a revision where title, text or date differ from the latest.
func (t transaction) article(a ewgwatch.Article, v ewgwatch.Visit) (ewgwatch.ArticleChange, error) {
	sum := sha256.Sum256([]byte(a.Text))
	next := revision{
		URL: a.URL, Number: 1, Title: a.Title, TextSHA256: hex.EncodeToString(sum[:]), Lang: a.Lang, Published: a.Published,
		Source: a.Source.ID, Capture: a.Capture, FirstSeen: v.At, LastSeen: v.At,
	}
	change := ewgwatch.ArticleNew
	if old := articlesBucket.in(t.Tx).Get(hashOf(a.URL)); old != nil {
		before, err := decodeRevision(old)
		if err != nil {
			return "", fmt.Errorf("article %s: %w", a.URL, err)
		}
		if before.TextSHA256 == next.TextSHA256 && before.Title == next.Title && before.Published.String() == next.Published.String() {
			return ewgwatch.ArticleSame, nil
		}
		next.Number, change = before.Number+1, ewgwatch.ArticleRevision
	}
	record := encodeRevision(next)
	return change, errors.Join(articlesBucket.in(t.Tx).Put(hashOf(a.URL), record), revisionsBucket.in(t.Tx).Put(revisionKey(a.URL, next.Number), record))
}

// finding keeps a finding that is not known, and makes one that was withdrawn
// current again. It reports whether it was not known.
func (t transaction) finding(f ewgwatch.Finding) (bool, error) {
	id, err := idBytes(f.ID)
	if err != nil {
		return false, err
	}
	if f.Event.ID != "" {
		if err := putChanged(eventsBucket.in(t.Tx), []byte(f.Event.ID), encodeEvent(f.Event)); err != nil {
			return false, err
		}
	}
	if at := findingIDsBucket.in(t.Tx).Get(id); at != nil {
		return false, t.refresh(append(bytes.Clone(at), id...), f)
	}
	if f.FoundAt.IsZero() {
		f.FoundAt = t.now()
	}
	f.Status = ewgwatch.Current
	return true, errors.Join(
		findingsBucket.in(t.Tx).Put(findingKey(f.FoundAt, id), encodeFinding(f)),
		findingIDsBucket.in(t.Tx).Put(id, timeKey(f.FoundAt)),
		byArticleBucket.in(t.Tx).Put(append(hashOf(f.URL), id...), nil))
}

// refresh brings what today's reading says of a known finding up to date. When
// it was found, its first capture and an analyst's verdict stay.
func (t transaction) refresh(key []byte, f ewgwatch.Finding) error {
	bucket := findingsBucket.in(t.Tx)
	known, err := decodeFinding(bucket.Get(key))
	if err != nil {
		return fmt.Errorf("finding %s: %w", f.ID, err)
	}
	f.FoundAt, f.Capture, f.Status = known.FoundAt, known.Capture, known.Status
	if f.Status == ewgwatch.Withdrawn {
		f.Status = ewgwatch.Current
	}
	return putChanged(bucket, key, encodeFinding(f))
}

// withdraw marks the current findings of an article that it no longer yields.
func (t transaction) withdraw(url string, said map[string]bool) (int, error) {
	prefix := hashOf(url)
	bucket := findingsBucket.in(t.Tx)
	withdrawn := 0
	c := byArticleBucket.in(t.Tx).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		id := k[len(prefix):]
		key := append(bytes.Clone(findingIDsBucket.in(t.Tx).Get(id)), id...)
		f, err := decodeFinding(bucket.Get(key))
		if err != nil {
			return 0, fmt.Errorf("finding f_%x: %w", id, err)
		}
		if said[f.ID] || f.Status != ewgwatch.Current {
			continue
		}
		f.Status = ewgwatch.Withdrawn
		if err := bucket.Put(key, encodeFinding(f)); err != nil {
			return 0, err
		}
		withdrawn++
	}
	return withdrawn, nil
}

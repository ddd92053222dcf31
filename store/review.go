package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// rememberReviews makes room for the words of analysts, which schema 8 did not
// keep.
func rememberReviews(tx *bolt.Tx, _ time.Time) error {
	_, err := tx.CreateBucketIfNotExists([]byte(reviewsBucket))
	return err
}

// PutReviews keeps what analysts say of findings, all or none of it. Every word
// is kept beside those before it, but for one that its analyst said last. Those of
// holding become the word that holds of their finding, and set its status; of what
// the machine read nothing changes. It returns how many words were new. A finding
// that is not known is an error.
//
// What holds stays through later crawls. A rejected finding is rejected for good.
// One that is accepted or corrected is withdrawn only when the words of its quote
// are gone from its page, as the machine may have learnt to read them otherwise;
// when they return, so does its status.
func (s *Store) PutReviews(words, holding []ewgwatch.Review) (added int, err error) {
	if err := s.writable(); err != nil {
		return 0, err
	}
	err = s.change(func(t transaction) error {
		added = 0
		for _, r := range words {
			isNew, err := t.say(r)
			if err != nil {
				return fmt.Errorf("review of %s by %q: %w", r.Finding, r.By, err)
			}
			if isNew {
				added++
			}
		}
		for _, r := range holding {
			if err := t.hold(r); err != nil {
				return fmt.Errorf("review of %s by %q: %w", r.Finding, r.By, err)
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return added, nil
}

// say keeps a word, unless it is what its analyst said last.
func (t transaction) say(r ewgwatch.Review) (bool, error) {
	id, err := idBytes(r.Finding)
	switch {
	case err != nil:
		return false, err
	case r.By == "" || !r.Ruling.Valid():
		return false, fmt.Errorf("want a name and a ruling, have %q and %q", r.By, r.Ruling)
	case !has(findingIDsBucket.in(t.Tx), id):
		return false, errors.New("no such finding is kept")
	}
	last, err := t.lastWord(id, r.By)
	if err != nil || last.Agrees(r) && last.Why == r.Why {
		return false, err
	}
	if r.At.IsZero() {
		r.At = t.now()
	}
	if !r.At.After(last.At) { // one thing after another, also where the clock went back
		r.At = last.At.Add(1)
	}
	return true, t.table(reviewsBucket).Put(reviewKey(id, r.By, r.At), encodeReview(r))
}

// lastWord is the latest of an analyst on a finding; zero where there is none.
func (t transaction) lastWord(id []byte, by string) (r ewgwatch.Review, err error) {
	prefix := reviewPrefix(id, by)
	c := reviewsBucket.in(t.Tx).Cursor()
	for k, v := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = c.Next() {
		if r, err = decodeReview(k, v); err != nil {
			return r, err
		}
	}
	return r, nil
}

// hold makes a word the one that holds.
func (t transaction) hold(r ewgwatch.Review) error {
	id, err := idBytes(r.Finding)
	if err != nil {
		return err
	}
	said, err := t.lastWord(id, r.By) // with the time at which it is kept
	if err != nil {
		return err
	}
	if !said.Agrees(r) || said.Why != r.Why {
		return errors.New("what is to hold was not said")
	}
	return t.amend(t.keyOf(id), t.now(), func(f *ewgwatch.Finding) {
		f.Status = ruled(said, f.Status != ewgwatch.Withdrawn && t.stillSaid(*f))
		f.Review = said
	})
}

// stillSaid reports whether the latest revision of a finding's page says it, as
// far as that is known.
func (t transaction) stillSaid(f ewgwatch.Finding) bool {
	if f.Status != ewgwatch.Rejected || f.LastRevision == 0 {
		return true
	}
	row := articleRow(t.table(articlesBucket).Get(hashOf(f.URL)))
	return row == nil || f.LastRevision == row.number()
}

// ruled is the status of a finding: what the word that holds makes of it, given
// whether its page still says it.
func ruled(r ewgwatch.Review, said bool) ewgwatch.Status {
	switch {
	case r.Ruling == ewgwatch.Reject:
		return ewgwatch.Rejected
	case !said:
		return ewgwatch.Withdrawn
	case r.Ruling == ewgwatch.Correct:
		return ewgwatch.Corrected
	}
	return ewgwatch.Current
}

// wording is the words of an article as quotes are compared, made where they are
// needed.
type wording struct {
	article *ewgwatch.Article
	words   string
}

func (w *wording) has(quote string) bool {
	if w.words == "" {
		w.words = " " + ewgwatch.NormaliseQuote(w.article.Title+"\n"+w.article.Text) + " "
	}
	return strings.Contains(w.words, " "+ewgwatch.NormaliseQuote(quote)+" ")
}

// gone reports whether a finding that today's reading does not yield is to be
// withdrawn.
func (w *wording) gone(f *ewgwatch.Finding) bool {
	switch f.Status {
	case ewgwatch.Current, ewgwatch.Corrected:
		return f.Review.IsZero() || !w.has(f.Quote)
	}
	return false
}

// Reviews returns every word that analysts said, ordered by finding, then by
// analyst, then by time. An error ends it.
func (s *Store) Reviews(ctx context.Context) iter.Seq2[ewgwatch.Review, error] {
	return func(yield func(ewgwatch.Review, error) bool) {
		for from := []byte{0}; from != nil; {
			reviews, next, err := s.reviewsFrom(ctx, from)
			for _, r := range reviews {
				if !yield(r, nil) {
					return
				}
			}
			if err != nil {
				yield(ewgwatch.Review{}, fmt.Errorf("read %s: %w", s.path, err))
				return
			}
			from = next
		}
	}
}

func (s *Store) reviewsFrom(ctx context.Context, from []byte) (reviews []ewgwatch.Review, next []byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	next, err = s.chunk(reviewsBucket, from, chunkSize, func([]byte) bool { return true }, func(_ look, k, v []byte) error {
		r, err := decodeReview(k, v)
		reviews = append(reviews, r)
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	return reviews, next, nil
}

// reviewKey keeps together what is said of one finding, and of that what one
// analyst says.
func reviewKey(id []byte, by string, at time.Time) []byte {
	return append(reviewPrefix(id, by), timeKey(at)...)
}

func reviewPrefix(id []byte, by string) []byte {
	return append(bytes.Clone(id), hashOf(by)...)
}

// The finding and its analyst are known by the key, and by the finding that holds a
// word.
func encodeReview(r ewgwatch.Review) []byte {
	w := newRecord()
	w.text(1, string(r.Ruling))
	w.text(2, string(r.State))
	w.text(3, string(r.Stance))
	w.text(4, r.Event)
	w.text(5, r.By)
	w.text(6, r.Why)
	w.time(7, r.At)
	return w.buf
}

func decodeReview(key, data []byte) (r ewgwatch.Review, err error) {
	f := readRecord(string(data))
	for f.next() {
		f.review(&r)
	}
	if f.err == nil && (len(key) != 2*hashSize+8 || !bytes.Equal(key, reviewKey(key[:hashSize], r.By, r.At))) {
		f.err = fmt.Errorf("%w: a review by %q is kept as another", ErrDamaged, r.By)
	}
	if f.err != nil {
		return ewgwatch.Review{}, fmt.Errorf("review %x: %w", key, f.err)
	}
	r.Finding = "f_" + hex.EncodeToString(key[:hashSize])
	return r, nil
}

func (f *fields) review(r *ewgwatch.Review) {
	switch f.tag {
	case 1:
		r.Ruling = ewgwatch.Ruling(f.value)
	case 2:
		r.State = ewgwatch.State(f.value)
	case 3:
		r.Stance = ewgwatch.Stance(f.value)
	case 4:
		r.Event = f.value
	case 5:
		r.By = f.value
	case 6:
		r.Why = f.value
	case 7:
		r.At = f.time()
	}
}

package store

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"ewgwatch"
)

// finding keeps a finding that is not known and refreshes one that is. It
// reports whether it was not known.
func (t transaction) finding(f ewgwatch.Finding, in *revised, at time.Time) (bool, error) {
	id, err := idBytes(f.ID)
	if err != nil {
		return false, err
	}
	if err := t.event(f.Event, at); err != nil {
		return false, err
	}
	if f.Source.ID != in.Source {
		if err := t.source(f.Source); err != nil {
			return false, err
		}
	}
	if in.row.has(id) {
		return false, t.refresh(t.keyOf(id), f, in.Number, at)
	}
	if f.FoundAt.IsZero() {
		f.FoundAt = t.now()
	}
	f.Status, f.ChangedAt = ewgwatch.Current, f.FoundAt
	f.FirstRevision, f.LastRevision = in.Number, in.Number
	key := findingKey(f.FoundAt, id)
	in.row = append(in.row, id...)
	return true, errors.Join(
		t.table(findingsBucket).Put(key, in.encode(f)),
		t.table(findingIDsBucket).Put(id, timeKey(f.FoundAt)),
		t.table(byStateBucket).Put(stateKey(f.State, key), dayOf(f.Published.Date)),
		t.found(f))
}

// refresh brings a known finding up to date. What proves it stays as it was
// first read, because the offsets of its quote hold in its first capture only;
// how it is understood is what today's reading says. An analyst's verdict stays.
func (t transaction) refresh(key []byte, f ewgwatch.Finding, revision int, at time.Time) error {
	return t.amend(key, at, func(known *ewgwatch.Finding) {
		known.Event, known.Planned, known.Rule, known.Confidence, known.Via = f.Event, f.Planned, f.Rule, f.Confidence, f.Via
		known.EventScore = f.EventScore
		if known.Status == ewgwatch.Withdrawn {
			known.Status = ruled(known.Review, true)
		}
		known.LastRevision = revision
	})
}

// withdraw marks the findings of an article that are not said any more.
func (t transaction) withdraw(in revised, text *wording, said map[string]bool, at time.Time) (withdrawn int, err error) {
	for ids := in.row.ids(); len(ids) >= hashSize; ids = ids[hashSize:] {
		id := ids[:hashSize]
		err := t.amend(t.keyOf(id), at, func(f *ewgwatch.Finding) {
			if !said[f.ID] && text.gone(f) {
				f.Status = ewgwatch.Withdrawn
				withdrawn++
			}
		})
		if err != nil {
			return 0, fmt.Errorf("finding f_%x: %w", id, err)
		}
	}
	return withdrawn, nil
}

// keyOf is the key of a finding that is known.
func (t transaction) keyOf(id []byte) []byte {
	return append(bytes.Clone(t.table(findingIDsBucket).Get(id)), id...)
}

// encode encodes a finding as briefly as can be: where its article's revision
// says the same of title, date and evidence, as it does unless the rules of
// reading have changed since, they are not said twice.
func (t transaction) encode(f ewgwatch.Finding) []byte {
	key := hashOf(f.URL)
	r, err := t.revisions.at(revisionKey(key, f.FirstRevision))
	if err != nil {
		return encodeFinding(f, nil)
	}
	return revised{key: key, revision: r}.encode(f)
}

// revised is the revision of an article that now holds, with the article's key
// and row.
type revised struct {
	key []byte
	row articleRow
	revision
}

func (r revised) encode(f ewgwatch.Finding) []byte {
	if !r.proves(f) {
		return encodeFinding(f, nil)
	}
	return encodeFinding(f, r.key)
}

// proves reports whether a revision says all of a finding that is said of its
// article.
func (r revision) proves(f ewgwatch.Finding) bool {
	f.Published.At = f.Published.At.UTC()
	return f.URL == r.URL && f.Title == r.Title && f.Lang == r.Lang && f.Published == r.Published && f.Source.ID == r.Source && f.Capture == r.Capture &&
		f.Wire == r.Wire && slices.Equal(f.Sketch, r.Sketch)
}

// A finding refers to its event and source by their IDs; an event without an
// ID is kept in the finding itself. One that shares what its article's revision
// says refers to that by the article's key, which is nil for one that does not.
func encodeFinding(f ewgwatch.Finding, article []byte) []byte {
	w := newRecord()
	if id, err := idBytes(f.ID); err == nil {
		w.bytes(41, id)
	} else {
		w.text(1, f.ID)
	}
	w.time(2, f.FoundAt)
	w.text(3, string(f.State))
	w.text(4, string(f.Stance))
	w.flag(5, f.Planned)
	w.text(6, f.Event.ID)
	w.text(7, f.Quote)
	w.number(8, int64(f.QuoteStart))
	w.number(9, int64(f.QuoteEnd))
	w.text(10, f.Rule)
	w.fraction(11, f.Confidence)
	w.text(12, f.Via)
	w.text(13, string(f.Status))
	if article != nil {
		w.bytes(40, article)
	} else {
		w.text(14, f.URL)
		w.text(15, f.Title)
		w.text(16, f.Lang)
		w.published(17, f.Published)
		w.text(18, f.Source.ID)
		w.capture(19, f.Capture)
		w.text(28, f.Wire)
		w.sketch(29, f.Sketch)
	}
	w.number(20, int64(f.FirstRevision))
	w.number(21, int64(f.LastRevision))
	if f.Event.ID == "" && f.Event != (ewgwatch.Event{}) {
		w.bytes(22, encodeEvent(f.Event))
	}
	w.number(23, int64(f.QuotePage))
	w.flag(24, f.Backfilled)
	if !f.ChangedAt.Equal(f.FoundAt) {
		w.time(25, f.ChangedAt)
	}
	if !f.Review.IsZero() {
		w.bytes(26, encodeReview(f.Review))
	}
	w.fraction(27, f.EventScore)
	return w.buf
}

// decodeFinding decodes one, with the revisions of articles that it may refer to;
// nil where no record refers to any.
func decodeFinding[T string | []byte](data T, articles *revisions) (k ewgwatch.Finding, err error) {
	var article string
	f := readRecord(string(data))
	for f.next() {
		switch {
		case f.tag == 40:
			article = f.value
		case f.tag <= 13 || f.tag == 41:
			f.claim(&k)
		default:
			f.evidence(&k)
		}
	}
	if f.err == nil && article != "" {
		f.err = articles.prove(&k, article)
	}
	if k.Event.ID != "" {
		k.Event = ewgwatch.Event{ID: k.Event.ID} // the rest stands in its own bucket
	}
	if k.ChangedAt.IsZero() {
		k.ChangedAt = k.FoundAt
	}
	if k.Review.Finding = k.ID; k.Review.IsZero() {
		k.Review = ewgwatch.Review{}
	}
	return k, f.err
}

// claim reads the fields that say what is claimed.
func (f *fields) claim(k *ewgwatch.Finding) {
	switch f.tag {
	case 1:
		k.ID = f.value
	case 2:
		k.FoundAt = f.time()
	case 3:
		k.State = ewgwatch.State(f.value)
	case 4:
		k.Stance = ewgwatch.Stance(f.value)
	case 5:
		k.Planned = f.flag()
	case 6:
		k.Event.ID = f.value
	case 7:
		k.Quote = f.value
	case 8:
		k.QuoteStart = int(f.number())
	case 9:
		k.QuoteEnd = int(f.number())
	case 10:
		k.Rule = f.value
	case 11:
		k.Confidence = f.fraction()
	case 12:
		k.Via = f.value
	case 13:
		k.Status = ewgwatch.Status(f.value)
	case 41:
		k.ID = "f_" + hex.EncodeToString([]byte(f.value))
	}
}

// evidence reads the fields that say where it is claimed.
func (f *fields) evidence(k *ewgwatch.Finding) {
	switch f.tag {
	case 14:
		k.URL = f.value
	case 15:
		k.Title = f.value
	case 16:
		k.Lang = f.value
	case 17:
		k.Published = f.published()
	case 18:
		k.Source.ID = f.value
	case 19:
		k.Capture = f.capture()
	case 20:
		k.FirstRevision = int(f.number())
	case 21:
		k.LastRevision = int(f.number())
	case 22:
		f.record(func(in *fields) { in.event(&k.Event) })
	case 23:
		k.QuotePage = int(f.number())
	case 24:
		k.Backfilled = f.flag()
	case 25:
		k.ChangedAt = f.time()
	case 26:
		f.record(func(in *fields) { in.review(&k.Review) })
	case 27:
		k.EventScore = f.fraction()
	case 28:
		k.Wire = f.value
	case 29:
		k.Sketch = f.sketch()
	}
}

package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"iter"

	"ewgwatch"
)

// Changes returns the changes of belief of which nobody has decided yet who is to
// hear of them, in the order of their commits. Each is kept in the transaction that
// made it, where somebody is to hear of it (see [Store.Hear]), until a plan says that it is dealt with:
// what is never decided stays. An error ends it.
//
// No change is a finding that was found while the past was read, nor one that
// other rules find in what was archived.
func (s *Store) Changes(ctx context.Context) iter.Seq2[ewgwatch.Change, error] {
	return known(ctx, s, changesBucket, decodeChange)
}

// Hear says whether there is somebody to hear of changes of belief from now on. Where
// there is nobody they are not kept, as they would only pile up.
func (s *Store) Hear(somebody bool) { s.heard.Store(somebody) }

// found keeps that a finding was found.
func (t transaction) found(f ewgwatch.Finding) error {
	if f.Backfilled || t.again {
		return nil
	}
	return t.news(ewgwatch.Change{Kind: ewgwatch.FindingFound, Finding: f.ID})
}

// believe keeps what a finding that changed means to somebody who was told of it.
func (t transaction) believe(before, after ewgwatch.Finding) error {
	if !t.heard {
		return nil
	}
	c := ewgwatch.Change{Kind: changeOf(before, after), Finding: after.ID}
	if c.Kind == "" {
		return nil
	}
	if stands(before) {
		c.Was = before.Believed().Claim()
	}
	return t.news(c)
}

// changeOf returns "" where both are believed alike.
func changeOf(before, after ewgwatch.Finding) ewgwatch.ChangeKind {
	did, does := stands(before), stands(after)
	was, is := before.Believed().Claim(), after.Believed().Claim()
	ruled := !before.Review.Agrees(after.Review)
	switch {
	case after.Status == ewgwatch.Rejected && before.Status != ewgwatch.Rejected:
		return ewgwatch.FindingRejected
	case did && !does:
		return ewgwatch.FindingWithdrawn
	case !does:
		return ""
	case ruled && (was != is || after.Status == ewgwatch.Corrected):
		return ewgwatch.FindingCorrected
	case !did:
		return ewgwatch.FindingReturned
	case was != is:
		return ewgwatch.FindingMoved
	}
	return ""
}

func stands(f ewgwatch.Finding) bool {
	return f.Status == ewgwatch.Current || f.Status == ewgwatch.Corrected
}

// moved keeps that a run brought a source into another state, unless that is kept
// of it already.
func (t transaction) moved(h ewgwatch.Health, run string) error {
	transition, changed := h.Changed(run)
	if !changed || !t.heard {
		return nil
	}
	if data := t.table(healthBucket).Get([]byte(h.Source)); data != nil {
		before, err := decodeHealth(data)
		if err != nil {
			return err
		}
		if last, known := before.Changed(run); known && last.To == transition.To {
			return nil
		}
	}
	return t.news(ewgwatch.Change{Kind: ewgwatch.SourceMoved, Source: h.Source, Transition: transition})
}

// news keeps a change. Its number was never given before, also where those of all
// that came before it are dealt with: a plan that is put again deals with none but
// its own.
func (t transaction) news(c ewgwatch.Change) error {
	if !t.heard {
		return nil
	}
	changes := t.past(changesBucket)
	number, err := changes.bucket.NextSequence()
	if err != nil {
		return err
	}
	if last, _ := changes.Cursor().Last(); len(last) == 8 && binary.BigEndian.Uint64(last) >= number { // taken from another database
		number = binary.BigEndian.Uint64(last) + 1
		if err := changes.bucket.SetSequence(number); err != nil {
			return err
		}
	}
	c.Number, c.At = number, t.now()
	return changes.Put(changeKey(number), encodeChange(c))
}

// dealt removes the changes up to a number.
func (t transaction) dealt(upto uint64) error {
	changes := t.past(changesBucket)
	c := changes.Cursor()
	var keys [][]byte
	for k, _ := c.First(); len(k) == 8 && binary.BigEndian.Uint64(k) <= upto; k, _ = c.Next() {
		keys = append(keys, k)
	}
	for _, k := range keys {
		if err := changes.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

func changeKey(number uint64) []byte { return binary.BigEndian.AppendUint64(nil, number) }

// numbered holds changes against the numbers they are kept by.
func (c *checker) numbered() error {
	return changesBucket.in(c.tx).ForEach(func(k, v []byte) error {
		change, err := decodeChange(v)
		if err != nil || !bytes.Equal(k, changeKey(change.Number)) {
			c.wrong("%s: %d is kept as %x: %v", changesBucket, change.Number, k, err)
		}
		return nil
	})
}

func encodeChange(c ewgwatch.Change) []byte {
	w := newRecord()
	w.number(1, int64(c.Number))
	w.time(2, c.At)
	w.text(3, string(c.Kind))
	w.text(4, c.Finding)
	w.text(5, c.Source)
	w.inner(6, encodeTransition(c.Transition))
	w.inner(7, encodeClaim(c.Was))
	return w.buf
}

func decodeChange(data []byte) (c ewgwatch.Change, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			c.Number = uint64(f.number())
		case 2:
			c.At = f.time()
		case 3:
			c.Kind = ewgwatch.ChangeKind(f.value)
		case 4:
			c.Finding = f.value
		case 5:
			c.Source = f.value
		case 6:
			c.Transition = f.transition()
		case 7:
			c.Was = f.claimed()
		}
	}
	if f.err != nil {
		return c, fmt.Errorf("change %d: %w", c.Number, f.err)
	}
	return c, nil
}

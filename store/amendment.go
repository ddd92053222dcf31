package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

const amendmentsBucket bucket = "amendments"

// rememberAmendments makes room for what analysts change of events, which earlier
// schemas did not keep.
func rememberAmendments(tx *bolt.Tx, _ time.Time) error {
	_, err := tx.CreateBucketIfNotExists([]byte(amendmentsBucket))
	return err
}

// PutAmendment keeps an amendment behind those that are kept, and returns it with its
// number and the time. One that cannot follow them is refused, see
// [ewgwatch.CheckAmendment], and so is the split of a finding that is not kept. None
// is ever changed or removed: what is undone stays beside its undoing.
func (s *Store) PutAmendment(a ewgwatch.Amendment) (ewgwatch.Amendment, error) {
	if err := s.writable(); err != nil {
		return ewgwatch.Amendment{}, err
	}
	var kept ewgwatch.Amendment
	err := s.change(func(t transaction) (err error) {
		kept, err = t.amendment(a)
		return err
	})
	if err != nil {
		return ewgwatch.Amendment{}, fmt.Errorf("write %s: %s: %w", s.path, a.Kind, pathless(err))
	}
	return kept, nil
}

func (t transaction) amendment(a ewgwatch.Amendment) (ewgwatch.Amendment, error) {
	var list []ewgwatch.Amendment
	err := amendmentsBucket.in(t.Tx).ForEach(func(k, v []byte) error {
		before, err := decodeAmendment(k, v)
		list = append(list, before)
		return err
	})
	if err != nil {
		return a, err
	}
	a.Number, a.At = 1, t.now().UTC()
	if len(list) > 0 {
		last := list[len(list)-1]
		a.Number = last.Number + 1
		if !a.At.After(last.At) { // one thing after another, also where the clock went back
			a.At = last.At.Add(1)
		}
	}
	if err := ewgwatch.CheckAmendment(list, a); err != nil {
		return a, err
	}
	for _, finding := range a.Findings {
		if id, err := idBytes(finding); err != nil || !has(findingIDsBucket.in(t.Tx), id) {
			return a, fmt.Errorf("want a finding that is kept, have %.60q", finding)
		}
	}
	return a, t.table(amendmentsBucket).Put(amendmentKey(a.Number), encodeAmendment(a))
}

// Amendments returns everything that was ever amended, the undone and the undoing
// too, in the order of the numbers. An error ends it.
func (s *Store) Amendments(ctx context.Context) iter.Seq2[ewgwatch.Amendment, error] {
	return func(yield func(ewgwatch.Amendment, error) bool) {
		for from := []byte{0}; from != nil; {
			amendments, next, err := s.amendmentsFrom(ctx, from)
			for _, a := range amendments {
				if !yield(a, nil) {
					return
				}
			}
			if err != nil {
				yield(ewgwatch.Amendment{}, fmt.Errorf("read %s: %w", s.path, err))
				return
			}
			from = next
		}
	}
}

func (s *Store) amendmentsFrom(ctx context.Context, from []byte) (amendments []ewgwatch.Amendment, next []byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	next, err = s.chunk(amendmentsBucket, from, chunkSize, func([]byte) bool { return true }, func(_ look, k, v []byte) error {
		a, err := decodeAmendment(k, v)
		if err == nil {
			amendments = append(amendments, a)
		}
		return err
	})
	return amendments, next, err
}

// amendments holds the amendments against their numbers and their findings.
func (c *checker) amendments() error {
	want := 1
	return amendmentsBucket.in(c.tx).ForEach(func(k, v []byte) error {
		a, err := decodeAmendment(k, v)
		switch {
		case err != nil:
			c.wrong("%w", err)
		case a.Number != want:
			c.wrong("amendment %d: want number %d", a.Number, want)
		}
		want = max(want, a.Number) + 1
		for _, finding := range a.Findings {
			if id, err := idBytes(finding); err != nil || !has(findingIDsBucket.in(c.tx), id) {
				c.wrong("amendment %d: its finding %q is not kept", a.Number, finding)
			}
		}
		return nil
	})
}

func amendmentKey(number int) []byte { return binary.BigEndian.AppendUint64(nil, uint64(number)) }

func encodeAmendment(a ewgwatch.Amendment) []byte {
	w := newRecord()
	w.number(1, int64(a.Number))
	w.time(2, a.At)
	w.text(3, a.By)
	w.text(4, a.Why)
	w.text(5, string(a.Kind))
	w.text(6, a.Event)
	w.text(7, a.Into)
	w.text(8, a.Name)
	for _, finding := range a.Findings {
		w.item(9, finding)
	}
	w.number(10, int64(a.Undoes))
	return w.buf
}

func decodeAmendment(key, data []byte) (a ewgwatch.Amendment, err error) {
	f := readRecord(string(data))
	for f.next() {
		f.amendment(&a)
	}
	if f.err == nil && !bytes.Equal(key, amendmentKey(a.Number)) {
		f.err = fmt.Errorf("%w: amendment %d is kept as another", ErrDamaged, a.Number)
	}
	if f.err != nil {
		return ewgwatch.Amendment{}, fmt.Errorf("amendment %x: %w", key, f.err)
	}
	return a, nil
}

func (f *fields) amendment(a *ewgwatch.Amendment) {
	switch f.tag {
	case 1:
		a.Number = int(f.number())
	case 2:
		a.At = f.time()
	case 3:
		a.By = f.value
	case 4:
		a.Why = f.value
	case 5:
		a.Kind = ewgwatch.AmendmentKind(f.value)
	case 6:
		a.Event = f.value
	case 7:
		a.Into = f.value
	case 8:
		a.Name = f.value
	case 9:
		a.Findings = append(a.Findings, f.value)
	case 10:
		a.Undoes = int(f.number())
	}
}

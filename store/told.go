package store

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"strings"

	"ewgwatch"
)

// Told returns what a subscriber knows, in no order that means anything. An error
// ends it.
func (s *Store) Told(ctx context.Context, subscription string) iter.Seq2[ewgwatch.Told, error] {
	prefix := toldPrefix(subscription)
	return within(ctx, s, toldBucket, prefix, func(k []byte) bool { return bytes.HasPrefix(k, prefix) }, decodeTold)
}

// inform keeps what a subscriber knows once a plan is carried out.
func (t transaction) inform(told ewgwatch.Told) error {
	if err := checkName(told.Subscription); err != nil {
		return fmt.Errorf("told: %w", err)
	}
	return t.past(toldBucket).Put(toldKey(told), encodeTold(told))
}

// untell removes all that a subscriber was told.
func (t transaction) untell(subscription string) error {
	told, prefix := t.past(toldBucket), toldPrefix(subscription)
	var keys [][]byte
	c := told.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		keys = append(keys, k)
	}
	for _, k := range keys {
		if err := told.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

func toldPrefix(subscription string) []byte { return append([]byte(subscription), 0) }

func toldKey(t ewgwatch.Told) []byte {
	claim := strings.Join([]string{string(t.Claim.State), t.Claim.Event, string(t.Claim.Stance)}, "\x00")
	return append(toldPrefix(t.Subscription), hashOf(claim)...)
}

// told holds what subscribers know against what it is kept by.
func (c *checker) told() error {
	return toldBucket.in(c.tx).ForEach(func(k, v []byte) error {
		if t, err := decodeTold(v); err != nil || !bytes.Equal(k, toldKey(t)) {
			c.wrong("%s: what %q knows is kept as %x: %v", toldBucket, t.Subscription, k, err)
		}
		return nil
	})
}

func encodeTold(t ewgwatch.Told) []byte {
	w := newRecord()
	w.text(1, t.Subscription)
	w.inner(2, encodeClaim(t.Claim))
	w.number(3, int64(t.Voices))
	w.flag(4, t.Contradicted)
	w.flag(5, t.TakenBack)
	w.text(6, t.Thread)
	w.time(7, t.At)
	w.flag(8, t.Planned)
	return w.buf
}

func decodeTold(data []byte) (t ewgwatch.Told, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			t.Subscription = f.value
		case 2:
			t.Claim = f.claimed()
		case 3:
			t.Voices = int(f.number())
		case 4:
			t.Contradicted = f.flag()
		case 5:
			t.TakenBack = f.flag()
		case 6:
			t.Thread = f.value
		case 7:
			t.At = f.time()
		case 8:
			t.Planned = f.flag()
		}
	}
	return t, f.err
}

func encodeClaim(c ewgwatch.Claim) []byte {
	w := newRecord()
	w.text(1, string(c.State))
	w.text(2, c.Event)
	w.text(3, string(c.Stance))
	return w.buf
}

func (f *fields) claimed() (c ewgwatch.Claim) {
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			c.State = ewgwatch.State(in.value)
		case 2:
			c.Event = in.value
		case 3:
			c.Stance = ewgwatch.Stance(in.value)
		}
	})
	return c
}

package store

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"time"

	"ewgwatch"
)

// keepSent is how long an alert is remembered after it was sent, so that it is not
// made again. Its receipt stays.
const keepSent = 90 * 24 * time.Hour

// Receipts returns the receipts of what was sent at a time or later, the oldest
// first. An error ends it.
func (s *Store) Receipts(ctx context.Context, since time.Time) iter.Seq2[ewgwatch.Receipt, error] {
	return within(ctx, s, receiptsBucket, timeKey(since), func([]byte) bool { return true }, decodeReceipt)
}

// receive keeps a receipt. Two of one alert at one instant are kept both.
func (t transaction) receive(r ewgwatch.Receipt) error {
	if r.At.IsZero() {
		r.At = t.now()
	}
	receipts := t.past(receiptsBucket)
	for has(receipts, endKey(r.At, r.Alert)) {
		r.At = r.At.Add(1)
	}
	return receipts.Put(endKey(r.At, r.Alert), encodeReceipt(r))
}

// endKey orders what is over by the time, then by the alert.
func endKey(at time.Time, id string) []byte { return append(timeKey(at), id...) }

// maxForgotten is how many alerts are forgotten in one transaction.
const maxForgotten = 500

// forget removes alerts that were sent long ago.
func (t transaction) forget() error {
	until, c := timeKey(t.now().Add(-keepSent)), t.past(alertsPastBucket).Cursor()
	var keys []string
	for k, _ := c.First(); k != nil && string(k) < string(until) && len(keys) < maxForgotten; k, _ = c.Next() {
		keys = append(keys, string(k))
	}
	for _, k := range keys {
		if err := errors.Join(t.past(alertsBucket).Delete([]byte(k[8:])), t.past(alertsPastBucket).Delete([]byte(k))); err != nil {
			return err
		}
	}
	return nil
}

func encodeReceipt(r ewgwatch.Receipt) []byte {
	w := newRecord()
	w.text(1, r.Alert)
	w.text(2, r.Subscription)
	w.text(3, string(r.Kind))
	w.text(4, r.To)
	w.time(5, r.At)
	w.number(6, int64(r.Attempts))
	w.text(7, r.Response)
	w.sum(8, 9, r.SHA256)
	w.text(10, r.Subject)
	return w.buf
}

func decodeReceipt(data []byte) (r ewgwatch.Receipt, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			r.Alert = f.value
		case 2:
			r.Subscription = f.value
		case 3:
			r.Kind = ewgwatch.ChannelKind(f.value)
		case 4:
			r.To = f.value
		case 5:
			r.At = f.time()
		case 6:
			r.Attempts = int(f.number())
		case 7:
			r.Response = f.value
		case 8:
			r.SHA256 = f.sum()
		case 9:
			r.SHA256 = f.value
		case 10:
			r.Subject = f.value
		}
	}
	return r, f.err
}

// receipts holds each against what it is kept by.
func (c *checker) receipts() error {
	return receiptsBucket.in(c.tx).ForEach(func(k, v []byte) error {
		if r, err := decodeReceipt(v); err != nil || !bytes.Equal(k, endKey(r.At, r.Alert)) {
			c.wrong("%s: that of %q is kept as %x: %v", receiptsBucket, r.Alert, k, err)
		}
		return nil
	})
}

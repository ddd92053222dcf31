package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"
)

// A record is a version byte and then fields: tag, length and bytes, tag and
// length as unsigned varints. Fields with their zero value are left out. A
// reader skips tags it does not know, so that an older program can read what a
// newer one wrote; a tag is never given another meaning.
const recordVersion = 1

var errRecord = errors.New("damaged record")

type writer struct{ buf []byte }

func newRecord() *writer { return &writer{buf: []byte{recordVersion}} }

func (w *writer) bytes(tag uint64, b []byte) {
	if len(b) == 0 {
		return
	}
	w.buf = binary.AppendUvarint(w.buf, tag)
	w.buf = binary.AppendUvarint(w.buf, uint64(len(b)))
	w.buf = append(w.buf, b...)
}

func (w *writer) text(tag uint64, s string) { w.bytes(tag, []byte(s)) }

func (w *writer) number(tag uint64, n int64) {
	if n != 0 {
		w.bytes(tag, binary.AppendVarint(nil, n))
	}
}

func (w *writer) flag(tag uint64, b bool) {
	if b {
		w.number(tag, 1)
	}
}

func (w *writer) fraction(tag uint64, f float64) { w.number(tag, int64(math.Float64bits(f))) }

// time keeps the instant to the nanosecond, in UTC.
func (w *writer) time(tag uint64, t time.Time) {
	if !t.IsZero() {
		w.bytes(tag, binary.AppendVarint(binary.AppendVarint(nil, t.Unix()), int64(t.Nanosecond())))
	}
}

// fields is a record taken apart; a field given twice holds its last bytes,
// lists holds all of them.
type fields struct {
	last  map[uint64][]byte
	lists map[uint64][][]byte
	err   error
}

// parseRecord takes a record apart. The fields point into data.
func parseRecord(data []byte) (*fields, error) {
	if len(data) == 0 || data[0] != recordVersion {
		return nil, fmt.Errorf("%w: unknown version", errRecord)
	}
	f := &fields{last: map[uint64][]byte{}, lists: map[uint64][][]byte{}}
	for data = data[1:]; len(data) > 0; {
		tag, n := binary.Uvarint(data)
		if n <= 0 {
			return nil, fmt.Errorf("%w: bad tag", errRecord)
		}
		length, m := binary.Uvarint(data[n:])
		if m <= 0 || length > uint64(len(data)-n-m) {
			return nil, fmt.Errorf("%w: bad length of field %d", errRecord, tag)
		}
		value := data[n+m : n+m+int(length)]
		f.last[tag] = value
		f.lists[tag] = append(f.lists[tag], value)
		data = data[n+m+int(length):]
	}
	return f, nil
}

func (f *fields) text(tag uint64) string { return string(f.last[tag]) }

func (f *fields) texts(tag uint64) []string {
	var all []string
	for _, b := range f.lists[tag] {
		all = append(all, string(b))
	}
	return all
}

func (f *fields) number(tag uint64) int64 {
	b, ok := f.last[tag]
	if !ok {
		return 0
	}
	v, n := binary.Varint(b)
	if n != len(b) {
		f.err = fmt.Errorf("%w: field %d is no number", errRecord, tag)
	}
	return v
}

func (f *fields) flag(tag uint64) bool        { return f.number(tag) != 0 }
func (f *fields) fraction(tag uint64) float64 { return math.Float64frombits(uint64(f.number(tag))) }

func (f *fields) time(tag uint64) time.Time {
	b, ok := f.last[tag]
	if !ok {
		return time.Time{}
	}
	seconds, n := binary.Varint(b)
	if n <= 0 {
		f.err = fmt.Errorf("%w: field %d is no time", errRecord, tag)
		return time.Time{}
	}
	nanos, m := binary.Varint(b[n:])
	if m <= 0 || nanos < 0 || nanos > 999_999_999 {
		f.err = fmt.Errorf("%w: field %d is no time", errRecord, tag)
		return time.Time{}
	}
	return time.Unix(seconds, nanos).UTC()
}

// each parses every value of a field that holds records.
func (f *fields) each(tag uint64, read func(*fields)) {
	for _, b := range f.lists[tag] {
		inner, err := parseRecord(b)
		if err != nil {
			f.err = err
			return
		}
		read(inner)
		if inner.err != nil {
			f.err = inner.err
		}
	}
}

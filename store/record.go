package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"strings"
	"time"
)

// A record is a version byte and then fields: tag, length and bytes, tag and
// length as unsigned varints. Fields with their zero value are left out. A
// reader skips tags it does not know, so that an older program can read what a
// newer one wrote; a tag is never given another meaning.
const recordVersion = 1

var errRecord = fmt.Errorf("%w: bad record", ErrDamaged)

type writer struct{ buf []byte }

func newRecord() *writer {
	return &writer{buf: append(make([]byte, 0, 512), recordVersion)}
}

func (w *writer) bytes(tag uint64, b []byte) {
	if len(b) > 0 {
		w.block(tag, b)
	}
}

func (w *writer) text(tag uint64, s string) {
	if s != "" {
		w.item(tag, s)
	}
}

// inner is a record in a record, left out where it says nothing.
func (w *writer) inner(tag uint64, record []byte) {
	if len(record) > 1 {
		w.block(tag, record)
	}
}

// block is bytes, also where there are none.
func (w *writer) block(tag uint64, b []byte) {
	w.head(tag, len(b))
	w.buf = append(w.buf, b...)
}

// item is an entry of a list, which an empty one is too.
func (w *writer) item(tag uint64, s string) {
	w.head(tag, len(s))
	w.buf = append(w.buf, s...)
}

func (w *writer) head(tag uint64, length int) {
	w.buf = binary.AppendUvarint(w.buf, tag)
	w.buf = binary.AppendUvarint(w.buf, uint64(length))
}

// sum keeps a SHA-256 in lower-case hex as its bytes, anything else as text under
// a tag of its own.
func (w *writer) sum(tag, asText uint64, s string) {
	var b [sha256.Size]byte
	if n, err := decodeHex(b[:], s); err != nil || n != len(b) || strings.ToLower(s) != s {
		w.text(asText, s)
		return
	}
	w.bytes(tag, b[:])
}

func decodeHex(b []byte, s string) (int, error) {
	if len(s) != 2*len(b) {
		return 0, hex.ErrLength
	}
	return hex.Decode(b, []byte(s))
}

func (w *writer) number(tag uint64, n int64) {
	if n != 0 {
		var b [binary.MaxVarintLen64]byte
		w.bytes(tag, b[:binary.PutVarint(b[:], n)])
	}
}

// number is the text of one, for a list of them.
func number(n int64) string { return string(binary.AppendVarint(nil, n)) }

func (w *writer) flag(tag uint64, b bool) {
	if b {
		w.number(tag, 1)
	}
}

func (w *writer) fraction(tag uint64, f float64) { w.number(tag, int64(math.Float64bits(f))) }

// time keeps the instant to the nanosecond, in UTC.
func (w *writer) time(tag uint64, t time.Time) {
	if !t.IsZero() {
		var b [2 * binary.MaxVarintLen64]byte
		n := binary.PutVarint(b[:], t.Unix())
		n += binary.PutVarint(b[n:], int64(t.Nanosecond()))
		w.bytes(tag, b[:n])
	}
}

// fields walks through a record. It works on a string, of which the texts it
// gives are parts: copying a record out of a transaction costs one allocation,
// and no length found in it is believed before it is compared with what is there.
type fields struct {
	rest  string
	tag   uint64
	value string
	err   error
}

func readRecord(data string) *fields {
	if data == "" || data[0] != recordVersion {
		return &fields{err: fmt.Errorf("%w: unknown version", errRecord)}
	}
	return &fields{rest: data[1:]}
}

// next goes to the next field; false at the end and at the first mistake.
func (f *fields) next() bool {
	if f.err != nil || f.rest == "" {
		return false
	}
	tag, rest, ok := uvarint(f.rest)
	length, rest, sized := uvarint(rest)
	if !ok || !sized || length > uint64(len(rest)) {
		f.err = fmt.Errorf("%w: field %d runs over its end", errRecord, tag)
		return false
	}
	f.tag, f.value, f.rest = tag, rest[:length], rest[length:]
	return true
}

func (f *fields) wrong(want string) {
	f.err = fmt.Errorf("%w: field %d is no %s", errRecord, f.tag, want)
}

func (f *fields) sum() string { return hex.EncodeToString([]byte(f.value)) }

func (f *fields) number() int64 {
	n, rest, ok := varint(f.value)
	if !ok || rest != "" {
		f.wrong("number")
	}
	return n
}

func (f *fields) flag() bool        { return f.number() != 0 }
func (f *fields) fraction() float64 { return math.Float64frombits(uint64(f.number())) }

func (f *fields) time() time.Time {
	seconds, rest, ok := varint(f.value)
	nanos, rest, whole := varint(rest)
	if !ok || !whole || rest != "" || nanos < 0 || nanos >= 1e9 {
		f.wrong("time")
		return time.Time{}
	}
	return time.Unix(seconds, nanos).UTC()
}

// record reads a field that is a record itself.
func (f *fields) record(each func(in *fields)) {
	in := readRecord(f.value)
	for in.next() {
		each(in)
	}
	if in.err != nil && f.err == nil {
		f.err = fmt.Errorf("field %d: %w", f.tag, in.err)
	}
}

// uvarint is [binary.Uvarint] on a string, and returns what is behind it.
func uvarint(s string) (n uint64, rest string, ok bool) {
	for i := 0; i < len(s) && i < binary.MaxVarintLen64; i++ {
		b := s[i]
		if i == binary.MaxVarintLen64-1 && b > 1 {
			return 0, s, false // over 64 bits
		}
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			return n, s[i+1:], true
		}
	}
	return 0, s, false
}

func varint(s string) (n int64, rest string, ok bool) {
	u, rest, ok := uvarint(s)
	return int64(u>>1) ^ -int64(u&1), rest, ok
}

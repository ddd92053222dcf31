package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"time"

	bolt "go.etcd.io/bbolt"
)

// rows is a bucket whose every value ends in a checksum: bbolt has none for its
// pages, and would give a byte that went bad for what was written. The CRC-32C
// covers the name of the bucket, the key and the value, so that a row that strayed
// is found too. A row that does not hold panics, as a damaged page does, and is
// told by view and update in the same way.
type rows struct {
	bucket *bolt.Bucket
	name   bucket
	begun  uint32 // the checksum of the name
}

// sumSize is the length of a checksum.
const sumSize = 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func newRows(b *bolt.Bucket, name bucket) rows {
	return rows{bucket: b, name: name, begun: crc32.Checksum([]byte(name), castagnoli)}
}

func (r rows) sum(key, value []byte) uint32 {
	return crc32.Update(crc32.Update(r.begun, castagnoli, key), castagnoli, value)
}

// bare reports whether a row has no checksum: the number of the schema, which
// every version of the program must be able to read.
func (r rows) bare(key []byte) bool { return r.name == metaBucket && string(key) == schemaKey }

// seal returns a value as it is kept.
func (r rows) seal(key, value []byte) []byte {
	if r.bare(key) {
		return value
	}
	return binary.BigEndian.AppendUint32(value[:len(value):len(value)], r.sum(key, value))
}

// open undoes seal; ok is false where the row is damaged.
func (r rows) open(key, kept []byte) (value []byte, ok bool) {
	at := len(kept) - sumSize
	switch {
	case r.bare(key):
		return kept, true
	case at < 0:
		return nil, false
	}
	return kept[:at:at], binary.BigEndian.Uint32(kept[at:]) == r.sum(key, kept[:at])
}

func (r rows) opened(key, kept []byte) []byte {
	if kept == nil {
		return nil
	}
	value, ok := r.open(key, kept)
	if !ok {
		panic(r.damaged(key))
	}
	return value
}

func (r rows) damaged(key []byte) error {
	return fmt.Errorf("%s: the row %x is not what was written", r.name, key)
}

// Get is [bolt.Bucket.Get].
func (r rows) Get(key []byte) []byte { return r.opened(key, r.bucket.Get(key)) }

// Put is [bolt.Bucket.Put].
func (r rows) Put(key, value []byte) error { return r.bucket.Put(key, r.seal(key, value)) }

// Delete is [bolt.Bucket.Delete].
func (r rows) Delete(key []byte) error { return r.bucket.Delete(key) }

// ForEach is [bolt.Bucket.ForEach].
func (r rows) ForEach(each func(k, v []byte) error) error {
	return r.bucket.ForEach(func(k, v []byte) error { return each(k, r.opened(k, v)) })
}

// Stats is [bolt.Bucket.Stats].
func (r rows) Stats() bolt.BucketStats { return r.bucket.Stats() }

// Cursor is [bolt.Bucket.Cursor].
func (r rows) Cursor() cursor { return cursor{r.bucket.Cursor(), r} }

// cursor is a [bolt.Cursor] that checks what it gives.
type cursor struct {
	at *bolt.Cursor
	of rows
}

func (c cursor) checked(k, v []byte) (key, value []byte) { return k, c.of.opened(k, v) }

// First is [bolt.Cursor.First].
func (c cursor) First() (key, value []byte) { return c.checked(c.at.First()) }

// Last is [bolt.Cursor.Last].
func (c cursor) Last() (key, value []byte) { return c.checked(c.at.Last()) }

// Next is [bolt.Cursor.Next].
func (c cursor) Next() (key, value []byte) { return c.checked(c.at.Next()) }

// Seek is [bolt.Cursor.Seek].
func (c cursor) Seek(key []byte) (k, v []byte) { return c.checked(c.at.Seek(key)) }

// sumsKey is where a database says that its rows have checksums, so that a number
// of the schema that went bad does not lead to their getting others.
const sumsKey = "checksums"

// sumRows gives every row its checksum. Schema 7 had none.
func sumRows(tx *bolt.Tx, _ time.Time) error {
	if metaBucket.raw(tx).Get([]byte(sumsKey)) != nil {
		return fmt.Errorf("%w: its schema is not what was written", ErrDamaged)
	}
	for _, about := range buckets() {
		if tx.Bucket([]byte(about.Name)) == nil {
			continue // a later schema has it
		}
		if err := bucket(about.Name).in(tx).sealAll(); err != nil {
			return err
		}
	}
	return metaBucket.in(tx).Put([]byte(sumsKey), []byte("CRC-32C"))
}

func (r rows) sealAll() error {
	var keys [][]byte
	collect := func(k, _ []byte) error { keys = append(keys, bytes.Clone(k)); return nil }
	if err := r.bucket.ForEach(collect); err != nil {
		return err
	}
	for _, k := range keys {
		if err := r.Put(k, bytes.Clone(r.bucket.Get(k))); err != nil {
			return err
		}
	}
	return nil
}

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

const hashSize = 16

// hashOf names a URL in keys, which bbolt limits in length.
func hashOf(url string) []byte {
	sum := sha256.Sum256([]byte(url))
	return sum[:hashSize:hashSize]
}

func sourceKey(source, url string) []byte {
	return append(sourcePrefix(source), hashOf(url)...)
}

func sourcePrefix(source string) []byte { return append([]byte(source), 0) }

func revisionKey(article []byte, number int) []byte {
	return append(article[:hashSize:hashSize], revisionNumber(number)...)
}

func revisionNumber(number int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(number)) }

// findingKey orders findings by the time they were found, then by ID.
func findingKey(found time.Time, id []byte) []byte {
	return append(timeKey(found), id...)
}

// timeKey is the nanoseconds since 1970, 0 before it, the greatest number after
// 2262.
func timeKey(t time.Time) []byte {
	var n int64
	switch {
	case t.After(time.Unix(0, math.MaxInt64)):
		n = math.MaxInt64
	case t.After(time.Unix(0, 0)):
		n = t.UnixNano()
	}
	return binary.BigEndian.AppendUint64(make([]byte, 0, 8+hashSize), uint64(n))
}

// idBytes turns a finding's ID into the 16 bytes it is made of.
func idBytes(id string) ([]byte, error) {
	text, ok := strings.CutPrefix(id, "f_")
	b, err := hex.DecodeString(text)
	if !ok || err != nil || len(b) != hashSize || text != strings.ToLower(text) {
		return nil, fmt.Errorf("want a finding ID (f_ and 32 lower-case hex digits), have %q", id)
	}
	return b, nil
}

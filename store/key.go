package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

const hashSize = 16

// hashOf names a URL in keys, which bbolt limits in length.
func hashOf(url string) []byte {
	sum := sha256.Sum256([]byte(url))
	return sum[:hashSize]
}

func sourceKey(source, url string) []byte {
	return append(sourcePrefix(source), hashOf(url)...)
}

func sourcePrefix(source string) []byte { return append([]byte(source), 0) }

func revisionKey(url string, number int) []byte {
	return binary.BigEndian.AppendUint32(hashOf(url), uint32(number))
}

// findingKey orders findings by the time they were found, then by ID.
func findingKey(found time.Time, id []byte) []byte {
	return append(timeKey(found), id...)
}

func timeKey(t time.Time) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(max(t.Unix(), 0)))
}

// idBytes turns a finding's ID into the 16 bytes it is made of.
func idBytes(id string) ([]byte, error) {
	text, ok := strings.CutPrefix(id, "f_")
	b, err := hex.DecodeString(text)
	if !ok || err != nil || len(b) != hashSize {
		return nil, fmt.Errorf("want a finding ID (f_ and 32 hex digits), have %q", id)
	}
	return b, nil
}

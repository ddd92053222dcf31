package archive

import (
	"fmt"
	"io"
)

// id is a random UUID (RFC 9562, version 4).
type id [16]byte

func newID(random io.Reader) (id, error) {
	var i id
	if _, err := io.ReadFull(random, i[:]); err != nil {
		return id{}, fmt.Errorf("random bytes for a record id: %w", err)
	}
	i[6] = i[6]&0x0f | 0x40
	i[8] = i[8]&0x3f | 0x80
	return i, nil
}

// uri is the id as the standard's WARC-Record-ID wants it, in angle brackets.
func (i id) uri() string {
	return fmt.Sprintf("<urn:uuid:%x-%x-%x-%x-%x>", i[:4], i[4:6], i[6:8], i[8:10], i[10:])
}

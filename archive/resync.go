package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math"
)

// seeker is what can be read again from anywhere, as a file can.
type seeker interface {
	io.ReadSeeker
	io.ReaderAt
}

// magic begins every gzip member (RFC 1952, 2.3.1).
var magic = []byte{0x1f, 0x8b, 8}

const (
	ahead = 4 << 10 // of a member, compressed, that tell how a record begins
	begin = 512     // of a record, which hold the session
)

// resync goes to the next member of the session after one that could not be
// read, and says which bytes lie between. Where there is none, or the file cannot
// be read again, it gives back what it was given.
func (m *members) resync(lost Record, cause error) (Record, error) {
	if m.in.again == nil {
		return lost, cause
	}
	next, err := m.find(lost.Offset + 1)
	if err != nil {
		return lost, cause
	}
	if _, err := m.in.again.Seek(next, io.SeekStart); err != nil {
		return lost, cause
	}
	m.in.r.Reset(m.in.again)
	m.in.n, m.lost = next, false
	lost.Length = next - lost.Offset
	return lost, fmt.Errorf("offset %d: %d bytes are %w: %s", lost.Offset, lost.Length, ErrDamaged, within(cause))
}

// within is the text of an error in a record, without the record's offset.
func within(err error) string {
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	if errors.Is(err, ErrTorn) {
		return "a record does not end"
	}
	return err.Error()
}

// find returns where the first member of the session at or after an offset
// begins, or io.EOF.
func (m *members) find(from int64) (int64, error) {
	in := bufio.NewReaderSize(io.NewSectionReader(m.in.again, from, math.MaxInt64-from), 64<<10)
	var zip gzip.Reader
	for at := from; ; {
		window, err := in.Peek(ahead)
		if len(window) < len(magic) {
			return 0, err // never nil: the window is short
		}
		i := bytes.Index(window, magic)
		switch {
		case i < 0:
			i = len(window) - len(magic) + 1
		case i == 0 && m.session.begins(beginning(&zip, window)):
			return at, nil
		case i == 0:
			i = 1
		}
		n, _ := in.Discard(i)
		at += int64(n)
	}
}

// beginning is what the first bytes of a member hold.
func beginning(zip *gzip.Reader, member []byte) string {
	if zip.Reset(bytes.NewReader(member)) != nil {
		return ""
	}
	text := make([]byte, begin)
	n, _ := io.ReadFull(zip, text)
	return string(text[:n])
}

package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
)

// ErrTorn is returned by [Records], [Tail] and [Read] where the file ends inside
// a record: its writer was killed or lost power. What comes before is whole.
var ErrTorn = errors.New("the file ends inside a record")

// ErrDamaged is yielded by [Records] for bytes that hold no record that can be
// read, with whole records behind them.
var ErrDamaged = errors.New("damaged")

// MaxBlock is the largest block of a record, in bytes, that is written or read.
// It bounds what a gzip bomb in a foreign archive can cost.
const MaxBlock = 128 << 20

const maxHead = 16 << 20 // of a record or an HTTP message; net/http accepts 10 MiB of header

// Records yields every record of a WARC file of one gzip member a record, with
// its offset. A record is yielded only when its checksum holds. An error comes
// with a record that has only Offset, and Length where it is known: the bytes
// that it is about. After a record that is whole but wrong (its head cannot be
// read, a digest differs) the sequence goes on. After a damaged member it goes on
// at the next one that this package wrote, where r is a file or another
// [io.ReaderAt] that can seek; else, and where there is none, it ends: with
// [ErrTorn] at a torn tail, with another error at a damaged or oversized member.
func Records(r io.Reader) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		m := newMembers(r, 0)
		for {
			record, err := m.next()
			if err == io.EOF {
				return
			}
			if m.lost {
				record, err = m.resync(record, err)
			}
			if !yield(record, err) || m.lost {
				return
			}
		}
	}
}

// Tail returns the offset at which the last whole record of a WARC file ends,
// which is where to cut the file if err is [ErrTorn]. Any other error says what
// is damaged before it, and, where that is at the end, that more may follow.
func Tail(r io.Reader) (good int64, err error) {
	for record, flaw := range Records(r) {
		if record.Length == 0 {
			return good, flaw
		}
		good = record.Offset + record.Length
		if errors.Is(flaw, ErrDamaged) {
			err = flaw
		}
	}
	return good, err
}

// members reads the gzip members of a WARC file one by one.
type members struct {
	in      *source
	zip     gzip.Reader
	max     int64   // largest block
	lost    bool    // where the next member begins is not known
	session session // of the last record; "" before the first
}

func newMembers(r io.Reader, offset int64) *members {
	m := &members{in: &source{r: bufio.NewReaderSize(r, 64<<10), n: offset}, max: MaxBlock}
	m.in.again, _ = r.(seeker)
	return m
}

// next returns the next record, or io.EOF at the end of the file.
func (m *members) next() (Record, error) {
	start := m.in.n
	if _, err := m.in.r.Peek(1); err == io.EOF {
		return Record{}, io.EOF
	}
	record, err := m.record()
	record.Offset = start
	if !m.lost {
		record.Length = m.in.n - start
	}
	if err != nil {
		return Record{Offset: start, Length: record.Length}, fmt.Errorf("offset %d: %w", start, err)
	}
	m.session = session(record.Fields.Get(sessionField))
	return record, nil
}

func (m *members) record() (Record, error) {
	if err := m.enter(); err != nil {
		m.lost = true
		return Record{}, err
	}
	stream := &stream{r: &m.zip}
	record, err := readRecord(stream, m.max)
	if leave := stream.leave(m.max); leave != nil {
		m.lost = true
		return Record{}, leave // says more than what reading tripped over because of it
	}
	return record, err
}

// enter reads the header of a member.
func (m *members) enter() error {
	magic, err := m.in.r.Peek(10)
	if len(bytes.Trim(magic, "\x00")) == 0 {
		return m.zeros()
	}
	if err != nil && err != io.EOF {
		return err
	}
	err = m.zip.Reset(m.in)
	m.zip.Multistream(false)
	switch err {
	case io.EOF, io.ErrUnexpectedEOF:
		return ErrTorn
	case gzip.ErrHeader:
		return errors.New("no gzip member begins here")
	}
	return err
}

// zeros judges a member that begins with zeros: after a power loss a file can be
// longer than what was written to it.
func (m *members) zeros() error {
	rest := make([]byte, 32<<10)
	for {
		n, err := m.in.Read(rest)
		if len(bytes.Trim(rest[:n], "\x00")) > 0 {
			return errors.New("no gzip member begins here")
		}
		if err == io.EOF {
			return ErrTorn
		}
		if err != nil {
			return err
		}
	}
}

// readRecord reads the one record of a member.
func readRecord(s *stream, limit int64) (Record, error) {
	s.limit = maxHead
	r := bufio.NewReader(s)
	record, err := newRecord(r)
	if err != nil {
		return Record{}, fmt.Errorf("record head: %w", err)
	}
	length, err := strconv.ParseInt(record.Fields.Get("Content-Length"), 10, 64)
	if err != nil || length < 0 || length > limit {
		return Record{}, fmt.Errorf("Content-Length %.40q: want 0 to %d", record.Fields.Get("Content-Length"), limit)
	}
	s.limit = length + slack
	block, err := io.ReadAll(io.LimitReader(r, length))
	if err != nil {
		return Record{}, err
	}
	if int64(len(block)) < length {
		return Record{}, fmt.Errorf("Content-Length says %d, the block has %d bytes", length, len(block))
	}
	if end, err := io.ReadAll(io.LimitReader(r, slack)); err != nil || string(end) != "\r\n\r\n" {
		return Record{}, errors.New("the record is not followed by two line ends and the end of its gzip member")
	}
	return record, record.open(block)
}

const slack = 16 // more than what may follow a block

// stream is what a member holds, uncompressed and limited.
type stream struct {
	r     io.Reader
	limit int64
	err   error // what r ended with
}

func (s *stream) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if s.limit <= 0 {
		return 0, io.EOF
	}
	n, err := s.r.Read(p[:min(int64(len(p)), s.limit)])
	s.limit -= int64(n)
	s.err = err
	return n, err
}

// leave reads to the end of the member, so that its checksum is checked and the
// next can be read. Its error means that neither could be done.
func (s *stream) leave(limit int64) error {
	s.limit = maxHead + limit
	if _, err := io.Copy(io.Discard, s); err != nil {
		return tornOr(err)
	}
	if s.err != io.EOF {
		return fmt.Errorf("the gzip member holds more than %d bytes", limit)
	}
	return nil
}

func tornOr(err error) error {
	if err == io.ErrUnexpectedEOF {
		return ErrTorn
	}
	return err
}

// source counts what was consumed of a file. It is an io.ByteReader, so gzip
// takes no byte past the end of a member.
type source struct {
	r     *bufio.Reader
	n     int64
	again seeker // what r reads; nil where it cannot be read again
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.n += int64(n)
	return n, err
}

func (s *source) ReadByte() (byte, error) {
	c, err := s.r.ReadByte()
	if err == nil {
		s.n++
	}
	return c, err
}

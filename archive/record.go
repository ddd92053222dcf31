package archive

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"strings"
	"time"
)

// Record is one record of a WARC file, written by this package or another
// program. The values it holds are foreign input.
type Record struct {
	Offset int64 // of its gzip member in the file
	Length int64 // of that member, in bytes

	Type   string               // "warcinfo", "request", "response", ...
	ID     string               // "urn:uuid:...", without angle brackets
	URL    string               // WARC-Target-URI; "" where there is none
	At     time.Time            // WARC-Date; zero where it is not given to the second
	Fields textproto.MIMEHeader // every named field; Get takes the standard's spelling

	StartLine string      // of the HTTP message: "HTTP/1.1 200 OK"; "" in records that hold none
	Header    http.Header // of the HTTP message; nil in records that hold none
	// Payload is the body of the HTTP message, its content coding intact and its
	// chunks undone; the whole block in records that hold none. Those of other
	// programs may be in another transfer coding, which Header then names.
	Payload []byte
	SHA256  string // of Payload, lower-case hex
}

// newRecord reads the head of a record: version and named fields.
func newRecord(r *bufio.Reader) (Record, error) {
	text := textproto.NewReader(r)
	line, err := text.ReadLine()
	if err != nil {
		return Record{}, err
	}
	if !strings.HasPrefix(line, "WARC/1.") {
		return Record{}, fmt.Errorf("want WARC/1.x, have %.40q", line)
	}
	fields, err := text.ReadMIMEHeader()
	if err != nil {
		return Record{}, err
	}
	at, _ := time.Parse(time.RFC3339Nano, fields.Get("WARC-Date"))
	return Record{
		Type:   fields.Get("WARC-Type"),
		ID:     unbracket(fields.Get("WARC-Record-ID")),
		URL:    unbracket(fields.Get("WARC-Target-URI")), // some versions of wget put it in brackets
		At:     at,
		Fields: fields,
	}, nil
}

func unbracket(uri string) string {
	return strings.TrimSuffix(strings.TrimPrefix(uri, "<"), ">")
}

// open reads the block into the record and checks its digests. Those in another
// algorithm than SHA-256 are not checked.
func (r *Record) open(block []byte) error {
	if err := checkDigest("block", r.Fields.Get("WARC-Block-Digest"), sha256.Sum256(block)); err != nil {
		return err
	}
	r.Payload = block
	if strings.HasPrefix(r.Fields.Get("Content-Type"), httpMessage) {
		if err := r.openMessage(block); err != nil {
			return fmt.Errorf("HTTP head: %w", err)
		}
	}
	sum := sha256.Sum256(r.Payload)
	r.SHA256 = hex.EncodeToString(sum[:])
	if r.Type != "response" && r.Type != "resource" || r.Header.Get("Transfer-Encoding") != "" {
		return nil // a digest of what is not here, or programs do not agree of what (iipc/warc-specifications issue 48)
	}
	return checkDigest("payload", r.Fields.Get("WARC-Payload-Digest"), sum)
}

// openMessage splits an HTTP message into its head and its payload.
func (r *Record) openMessage(block []byte) error {
	all := bytes.NewReader(block)
	buffered := bufio.NewReader(io.LimitReader(all, maxHead))
	text := textproto.NewReader(buffered)
	line, err := text.ReadLine()
	if err != nil {
		return err
	}
	header, err := text.ReadMIMEHeader()
	if err != nil {
		return err
	}
	r.StartLine, r.Header = line, http.Header(header)
	r.Payload = block[len(block)-all.Len()-buffered.Buffered():]
	if isChunked(r.StartLine, r.Header) {
		r.Payload, _ = unchunk(r.Payload)
	}
	return nil
}

// checkDigest compares a labelled digest with what the bytes have. Base16 and
// Base32, in either case, are both in use.
func checkDigest(of, labelled string, sum [sha256.Size]byte) error {
	label, value, _ := strings.Cut(labelled, ":")
	if label = strings.ToLower(label); label != "sha256" && label != "sha-256" {
		return nil
	}
	base32ed := strings.TrimRight(base32.StdEncoding.EncodeToString(sum[:]), "=")
	if strings.EqualFold(value, hex.EncodeToString(sum[:])) || strings.EqualFold(strings.TrimRight(value, "="), base32ed) {
		return nil
	}
	return fmt.Errorf("the SHA-256 of the %s is %x, the record says %.100q", of, sum, value)
}

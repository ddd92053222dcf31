package archive

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"ewgwatch"
)

const (
	version     = "WARC/1.1"
	conformsTo  = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
	warcFields  = "application/warc-fields"
	httpMessage = "application/http"
)

// field is one named field of a record's head, or of a warcinfo block. One with
// an empty value is not written.
type field struct{ name, value string }

// encoder turns what is to be archived into gzip members. What it returns is
// valid until its next call.
type encoder struct {
	members bytes.Buffer
	zip     *gzip.Writer
	session session
}

func newEncoder(of session) *encoder { return &encoder{zip: gzip.NewWriter(nil), session: of} }

// pair is a request record and the response record after it, or a resource
// record alone.
type pair struct {
	members  []byte
	response int64 // where in members the response or resource begins
	sum      [sha256.Size]byte
}

// encode encodes x with one id, or with both.
func (e *encoder) encode(x ewgwatch.Exchange, first, second id) (pair, error) {
	if x.Rendered {
		return e.resource(x, first)
	}
	return e.exchange(x, first, second)
}

// resource encodes what was made here and never came over the wire (6.4). Its
// payload is its block.
func (e *encoder) resource(x ewgwatch.Exchange, record id) (pair, error) {
	if err := checkResource(x); err != nil {
		return pair{}, err
	}
	e.members.Reset()
	p := pair{sum: sha256.Sum256(x.Body)}
	e.add(record, "resource", x.Header.Get("Content-Type"), []field{
		{"WARC-Date", date(x.At)},
		{"WARC-Target-URI", escapeURL(x.URL)},
		{"WARC-Payload-Digest", fmt.Sprintf("sha256:%x", p.sum)},
	}, x.Body)
	p.members = e.members.Bytes()
	return p, nil
}

// exchange encodes x. The request comes first, so that a torn tail may hold a
// request without its response but never the reverse.
func (e *encoder) exchange(x ewgwatch.Exchange, request, response id) (pair, error) {
	heads, err := headsOf(x)
	if err != nil {
		return pair{}, err
	}
	e.members.Reset()
	common := []field{
		{"WARC-Date", date(x.At)},
		{"WARC-Target-URI", escapeURL(x.URL)},
		{"WARC-IP-Address", address(x.RemoteIP)},
		{"WARC-Protocol", protocol(x.Proto, x.URL)},
	}
	e.add(request, "request", httpMessage+";msgtype=request",
		append(common[:len(common):len(common)], field{"WARC-Concurrent-To", response.uri()}), heads.request)
	p := pair{response: int64(e.members.Len()), sum: sha256.Sum256(x.Body)}
	e.add(response, "response", httpMessage+";msgtype=response", append(append(common, security(x.TLS)...),
		field{"WARC-Concurrent-To", request.uri()},
		field{"WARC-Payload-Digest", fmt.Sprintf("sha256:%x", p.sum)}), heads.response, x.Body)
	p.members = e.members.Bytes()
	return p, nil
}

// security tells what the connection was like. WARC-Protocol and
// WARC-Cipher-Suite are as other archivers write them; the standard has no
// fields for a certificate, so those are ours.
func security(s *ewgwatch.TLS) []field {
	if s == nil {
		return nil
	}
	return []field{
		{"WARC-Protocol", strings.ToLower(strings.Replace(s.Version, " ", "/", 1))},
		{"WARC-Cipher-Suite", s.CipherSuite},
		{"X-TLS-Certificate-SHA256", s.Certificate},
		{"X-TLS-Certificate-Subject", s.Subject},
		{"X-TLS-Certificate-Issuer", s.Issuer},
		{"X-TLS-Certificate-Validity", date(s.NotBefore) + "/" + date(s.NotAfter)},
	}
}

// warcinfo encodes the record that opens a file (6.2).
func (e *encoder) warcinfo(name string, at time.Time, record id, o Options) []byte {
	var block bytes.Buffer
	writeFields(&block, []field{
		{"software", o.Software},
		{"format", "WARC File Format 1.1"},
		{"conformsTo", conformsTo},
		{"operator", strings.Join(filled(o.Operator, o.Contact), ", ")},
		{"http-header-user-agent", o.UserAgent},
		{"robots", o.Robots},
	})
	e.members.Reset()
	e.add(record, "warcinfo", warcFields, []field{{"WARC-Date", date(at)}, {"WARC-Filename", name}}, block.Bytes())
	return e.members.Bytes()
}

func filled(values ...string) []string {
	var kept []string
	for _, value := range values {
		if value != "" {
			kept = append(kept, value)
		}
	}
	return kept
}

// add appends one record, a gzip member, whose block is made of these parts.
func (e *encoder) add(record id, kind, contentType string, fields []field, block ...[]byte) {
	digest, length := sha256.New(), 0
	for _, part := range block {
		digest.Write(part)
		length += len(part)
	}
	head := bytes.NewBufferString(version + "\r\n")
	writeFields(head, []field{{"WARC-Type", kind}, {"WARC-Record-ID", record.uri()}, {sessionField, string(e.session)}})
	writeFields(head, fields)
	writeFields(head, []field{
		{"WARC-Block-Digest", fmt.Sprintf("sha256:%x", digest.Sum(nil))},
		{"Content-Type", contentType},
		{"Content-Length", strconv.Itoa(length)},
	})
	head.WriteString("\r\n")

	// Neither writes nor Close can fail: what is below is memory.
	e.zip.Reset(&e.members)
	e.zip.Write(head.Bytes())
	for _, part := range block {
		e.zip.Write(part)
	}
	e.zip.Write([]byte("\r\n\r\n"))
	e.zip.Close()
}

func writeFields(b *bytes.Buffer, fields []field) {
	for _, f := range fields {
		if f.value != "" {
			b.WriteString(f.name + ": " + oneLine(f.value) + "\r\n")
		}
	}
}

// date is a WARC-Date: UTC, to the microsecond where it is known so well (5.4).
func date(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.999999Z") }

// address is a WARC-IP-Address, "" for what is none.
func address(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ""
	}
	return a.Unmap().WithZone("").String()
}

// protocol is a WARC-Protocol where the text of the message does not say it.
func protocol(proto, url string) string {
	switch {
	case !strings.HasPrefix(proto, "HTTP/2"):
		return ""
	case strings.HasPrefix(url, "http://"):
		return "h2c"
	}
	return "h2"
}

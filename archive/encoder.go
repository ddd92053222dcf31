package archive

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"net/netip"
	"slices"
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

// set is what is written of an exchange: a request and the response or revisit
// after it, or a resource alone, and the metadata of either.
type set struct {
	members  []byte
	response int64 // where in members the response, revisit or resource begins
	sum      [sha256.Size]byte
}

// encode encodes x with these ids: of what it is, of its request and of its
// metadata. original is what it revisits; nil where it brought something.
func (e *encoder) encode(x ewgwatch.Exchange, original *Record, ids [3]id) (set, error) {
	e.members.Reset()
	var s set
	var err error
	if x.Rendered {
		s, err = e.resource(x, ids[0])
	} else {
		s, err = e.exchange(x, original, ids[1], ids[0])
	}
	if err != nil {
		return set{}, err
	}
	e.metadata(x, s.sum, ids[2], ids[0])
	s.members = e.members.Bytes()
	return s, nil
}

// resource encodes what was made here and never came over the wire (6.4). Its
// payload is its block.
func (e *encoder) resource(x ewgwatch.Exchange, record id) (set, error) {
	if err := checkResource(x); err != nil {
		return set{}, err
	}
	s := set{sum: sha256.Sum256(x.Body)}
	e.add(record, "resource", x.Header.Get("Content-Type"), []field{
		{"WARC-Date", date(x.At)},
		{"WARC-Target-URI", escapeURL(x.URL)},
		{"WARC-Payload-Digest", fmt.Sprintf("sha256:%x", s.sum)},
	}, x.Body)
	return s, nil
}

// exchange encodes x. The request comes first, so that a torn tail may hold a
// request without its response but never the reverse.
func (e *encoder) exchange(x ewgwatch.Exchange, original *Record, request, response id) (set, error) {
	heads, err := headsOf(x)
	if err != nil {
		return set{}, err
	}
	common := []field{
		{"WARC-Date", date(x.At)},
		{"WARC-Target-URI", escapeURL(x.URL)},
		{"WARC-IP-Address", address(x.RemoteIP)},
		{"WARC-Protocol", protocol(x.Proto, x.URL)},
	}
	e.add(request, "request", httpMessage+";msgtype=request",
		append(common[:len(common):len(common)], field{"WARC-Concurrent-To", response.uri()}), heads.request)
	s := set{response: int64(e.members.Len()), sum: sha256.Sum256(x.Body)}
	common = append(append(common, security(x.TLS)...), field{"WARC-Concurrent-To", request.uri()})
	if original != nil {
		e.revisit(x, *original, response, common, heads.response)
		return s, nil
	}
	body := [][]byte{x.Body}
	if heads.chunked { // programs do not agree whether the digest is of the chunks; the metadata has that of what they hold
		body = chunk(x.Body)
	} else {
		common = append(common, field{"WARC-Payload-Digest", fmt.Sprintf("sha256:%x", s.sum)})
	}
	e.add(response, "response", httpMessage+";msgtype=response", common, append([][]byte{heads.response}, body...)...)
	return s, nil
}

// revisit encodes the head of an answer that brought what is archived already,
// or said that nothing changed (6.7).
func (e *encoder) revisit(x ewgwatch.Exchange, original Record, record id, fields []field, head []byte) {
	profile := "identical-payload-digest"
	if strings.HasPrefix(x.Status, "304") {
		profile = "server-not-modified"
	}
	e.add(record, "revisit", httpMessage+";msgtype=response", append(fields,
		field{"WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/" + profile},
		field{"WARC-Refers-To", "<" + original.ID + ">"},
		field{"WARC-Refers-To-Target-URI", escapeURL(original.URL)},
		field{"WARC-Refers-To-Date", date(original.At)},
		field{"WARC-Payload-Digest", "sha256:" + original.SHA256}), head)
}

// metadata encodes what is known of an exchange beside what came over the wire
// (6.6): what it was for, what robots.txt said, and whose certificate it was.
func (e *encoder) metadata(x ewgwatch.Exchange, sum [sha256.Size]byte, record, of id) {
	about := filledFields(append([]field{
		{"source", x.Source},
		{"role", string(x.Role)},
		{"outcome", string(x.Outcome)},
		{"robots", x.Robots},
	}, certificate(x.TLS)...))
	if len(about) == 0 {
		return
	}
	var block bytes.Buffer
	writeFields(&block, append(about, field{"payloadSHA256", fmt.Sprintf("%x", sum)}))
	e.add(record, "metadata", warcFields, []field{
		{"WARC-Date", date(x.At)},
		{"WARC-Target-URI", escapeURL(x.URL)},
		{"WARC-Concurrent-To", of.uri()},
	}, block.Bytes())
}

func filledFields(all []field) []field {
	return slices.DeleteFunc(all, func(f field) bool { return f.value == "" })
}

// security tells what the connection was like. WARC-Protocol and
// WARC-Cipher-Suite are as other archivers write them.
func security(s *ewgwatch.TLS) []field {
	if s == nil {
		return nil
	}
	return []field{
		{"WARC-Protocol", strings.ToLower(strings.Replace(s.Version, " ", "/", 1))},
		{"WARC-Cipher-Suite", s.CipherSuite},
	}
}

// certificate tells who the site proved to be. The standard has no names for
// that, so these are ours.
func certificate(s *ewgwatch.TLS) []field {
	if s == nil {
		return nil
	}
	return []field{
		{"tlsVersion", s.Version},
		{"tlsIssuer", s.Issuer},
		{"tlsSubject", s.Subject},
		{"tlsCertificateSHA256", s.Certificate},
		{"tlsValidity", date(s.NotBefore) + "/" + date(s.NotAfter)},
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

package ewgwatch

import (
	"net/http"
	"time"
)

// Capture says where the archived bytes behind a page are: a response record
// in a WARC file. The zero value means that nothing was archived; one with a hash
// and no file that the site asks for no copy to be offered ("noarchive").
type Capture struct {
	SHA256 string // of the payload as received (content coding intact), lower-case hex
	File   string // base name of the WARC file in the data folder's archive
	Offset int64  // byte offset of the record's gzip member in that file
}

// IsZero reports whether nothing was archived.
func (c Capture) IsZero() bool { return c.SHA256 == "" }

// TLS is what a secure connection was like. Names in it are the site's word.
type TLS struct {
	Version     string // "TLS 1.3"
	CipherSuite string // "TLS_AES_128_GCM_SHA256"
	Certificate string // SHA-256 of the site's certificate, lower-case hex
	Subject     string // of that certificate
	Issuer      string
	NotBefore   time.Time
	NotAfter    time.Time
}

// Exchange is one HTTP request and its answer, as a recorder archives it.
type Exchange struct {
	URL         string // absolute, as requested
	At          time.Time
	RemoteIP    string // of the server; "" where unknown
	Method      string
	RequestURI  string // path and query as sent
	RequestHead http.Header
	Proto       string // "HTTP/1.1", "HTTP/2.0"
	Status      string // "200 OK"
	Header      http.Header
	Body        []byte // payload as received, transfer coding undone, content coding intact

	// SentHead and ReceivedHead are the two heads as they came over the wire, up
	// to and with the empty line; nil where that is not known, and the fields above
	// say what they meant.
	SentHead, ReceivedHead []byte

	TLS     *TLS    // of the connection; nil without one
	Robots  string  // why robots.txt let it be sent, for a person; "" where unknown
	Source  string  // Source.ID it was made for; "" for none
	Role    Role    // of the page whose body this is; "" for what it took besides: scripts, redirects
	Outcome Outcome // of the visit; "" likewise

	// Revisits is what an earlier visit archived, where this one brought the same
	// bytes or the word that nothing changed; zero otherwise.
	Revisits Capture

	// Rendered says that Body never came over the wire: it is the document, in
	// UTF-8, that scripts made of what did. URL, At, Header's Content-Type and
	// Body are all that such an exchange has.
	Rendered bool
}

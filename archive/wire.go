package archive

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"net/textproto"
	"strings"

	"ewgwatch"
)

// wireHeads are the heads of an exchange as they came over the wire, where they
// are known and true of the payload: else a reader would take too much or too
// little for it.
func wireHeads(x ewgwatch.Exchange) (heads, bool) {
	if len(x.SentHead) == 0 || len(x.ReceivedHead) == 0 {
		return heads{}, false
	}
	line, header, err := parseHead(x.ReceivedHead)
	if err != nil {
		return heads{}, false
	}
	h := heads{request: x.SentHead, response: x.ReceivedHead, chunked: isChunked(line, header)}
	if _, coded := header["Transfer-Encoding"]; coded {
		return h, h.chunked
	}
	for _, length := range header["Content-Length"] {
		if !bodiless(x) && !lengthIs(length, len(x.Body)) {
			return heads{}, false
		}
	}
	return h, true
}

// parseHead reads a head as net/http does. The whole of b must be one.
func parseHead(b []byte) (line string, header http.Header, err error) {
	r := bufio.NewReader(bytes.NewReader(b))
	text := textproto.NewReader(r)
	if line, err = text.ReadLine(); err != nil {
		return "", nil, err
	}
	fields, err := text.ReadMIMEHeader()
	if err == nil && r.Buffered() > 0 {
		err = fmt.Errorf("%d bytes follow the head", r.Buffered())
	}
	return line, http.Header(fields), err
}

// isChunked reports whether a payload is chunked, which HTTP/1.0 knows nothing
// of (RFC 9112, 6.1).
func isChunked(startLine string, header http.Header) bool {
	codings := header["Transfer-Encoding"]
	return strings.HasPrefix(startLine, "HTTP/1.1 ") && len(codings) == 1 && strings.EqualFold(codings[0], "chunked")
}

// chunk is a payload in the one chunk that its head speaks of.
func chunk(payload []byte) [][]byte {
	last := []byte("0\r\n\r\n")
	if len(payload) == 0 {
		return [][]byte{last}
	}
	return [][]byte{fmt.Appendf(nil, "%x\r\n", len(payload)), payload, append([]byte("\r\n"), last...)}
}

// unchunk undoes it. What is not chunked though its head says so stays as it is.
func unchunk(payload []byte) ([]byte, bool) {
	whole, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(payload)))
	if err != nil {
		return payload, false
	}
	return whole, true
}

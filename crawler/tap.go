package crawler

import (
	"bytes"
	"io"
	"net/http"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// tap is the round tripper right below colly. It keeps what came back for the
// visit under way, and shows colly only what colly is to read: HTML, in UTF-8,
// since colly knows no <meta charset>. The bytes of the visit stay untouched.
type tap struct {
	next  http.RoundTripper
	visit *visit
}

func (t *tap) RoundTrip(req *http.Request) (*http.Response, error) {
	t.visit.answer, t.visit.body = nil, nil
	response, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, ok := response.Body.(*payload)
	if !ok {
		return response, nil
	}
	if err := turnOf(req.Context()).sit(req.Context(), len(body.decoded)); err != nil {
		return nil, err
	}
	t.visit.answer, t.visit.body = response, body
	t.visit.media = mediaOf(response.Header.Get("Content-Type"), body.decoded)
	return t.shown(response), nil
}

func (t *tap) shown(response *http.Response) *http.Response {
	shown := *response
	shown.Header = response.Header.Clone()
	shown.Header.Set("Content-Type", "text/plain; charset=utf-8")
	shown.Header.Del("Content-Encoding")
	shown.Uncompressed = true // so that colly inflates nothing
	var page []byte
	if t.visit.media == htmlMedia && response.StatusCode/100 == 2 && t.visit.body.flaw == nil {
		shown.Header.Set("Content-Type", "text/html; charset=utf-8")
		page = toUTF8(t.visit.body.decoded, response.Header.Get("Content-Type"))
	}
	shown.Body, shown.ContentLength = io.NopCloser(bytes.NewReader(page)), int64(len(page))
	return &shown
}

// toUTF8 reads a page in the charset that its bytes, its type or its <meta>
// name. It is used to find links; articles are decoded elsewhere.
func toUTF8(body []byte, contentType string) []byte {
	encoding, name, certain := charset.DetermineEncoding(body, contentType)
	if valid := utf8.Valid(body); valid && (!certain || name == "utf-8") {
		return body
	} else if !valid && name == "utf-8" { // the type lies: ask the page itself
		encoding, _, _ = charset.DetermineEncoding(body, "")
	}
	decoded, err := encoding.NewDecoder().Bytes(body)
	if err != nil {
		return body
	}
	return decoded
}

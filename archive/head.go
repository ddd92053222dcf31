package archive

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"ewgwatch"
)

// masked goes before the name of a header that is not true of the payload as it
// is stored; see the package documentation for where the prefix comes from.
const masked = "X-Crawler-"

// heads are the two HTTP heads of an exchange, up to and with the empty line.
type heads struct {
	request, response []byte
	chunked           bool // the response says that its payload is chunked
}

func headsOf(x ewgwatch.Exchange) (heads, error) {
	if err := checkSubject(x); err != nil {
		return heads{}, err
	}
	if x.Status == "" {
		return heads{}, fmt.Errorf("archive exchange of %s: no status, so no answer", x.URL)
	}
	h, ok := wireHeads(x)
	if !ok {
		h = heads{request: requestHead(x), response: responseHead(x)}
	}
	if len(h.request) > maxHead || len(h.response) > maxHead || len(h.response)+len(x.Body) > MaxBlock {
		return heads{}, fmt.Errorf("archive exchange of %.200s: heads of %d and %d bytes and a payload of %d: want at most %d and %d",
			x.URL, len(h.request), len(h.response), len(x.Body), maxHead, MaxBlock)
	}
	return h, nil
}

// checkSubject says what keeps an exchange from being archived: no record is
// without its URL and time.
func checkSubject(x ewgwatch.Exchange) error {
	switch {
	case !strings.Contains(x.URL, "://"):
		return fmt.Errorf("archive exchange of %q: want an absolute URL", x.URL)
	case x.At.IsZero():
		return fmt.Errorf("archive exchange of %s: its time is not known", x.URL)
	}
	return nil
}

// checkResource is checkSubject for what was rendered here.
func checkResource(x ewgwatch.Exchange) error {
	if err := checkSubject(x); err != nil {
		return err
	}
	switch media := x.Header.Get("Content-Type"); {
	case !strings.HasPrefix(media, "text/html"):
		return fmt.Errorf("archive rendering of %s: want a Content-Type of text/html, have %.100q", x.URL, media)
	case len(x.Body) > MaxBlock:
		return fmt.Errorf("archive rendering of %.200s: %d bytes: want at most %d", x.URL, len(x.Body), MaxBlock)
	}
	return nil
}

func requestHead(x ewgwatch.Exchange) []byte {
	var b bytes.Buffer
	target := cmp.Or(x.RequestURI, x.URL) // a whole URL is a target too (RFC 9112, 3.2.2)
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\n", token(cmp.Or(x.Method, http.MethodGet)), escapeURL(target))
	header := canonical(x.RequestHead)
	// net/http keeps Host out of the header, HTTP/1.1 wants it
	if u, err := url.Parse(escapeURL(x.URL)); err == nil && len(header["Host"]) == 0 {
		fmt.Fprintf(&b, "Host: %s\r\n", oneLine(u.Host))
	}
	mask(header, func(string) bool { return false })
	writeHeader(&b, header)
	return b.Bytes()
}

func responseHead(x ewgwatch.Exchange) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s\r\n", textProto(x.Proto), statusOf(x.Status))
	header := canonical(x.Header)
	mask(header, func(length string) bool {
		return bodiless(x) || lengthIs(length, len(x.Body))
	})
	writeHeader(&b, header)
	return b.Bytes()
}

// textProto is the version a head can be written in.
func textProto(proto string) string {
	if proto == "HTTP/1.0" {
		return proto
	}
	return "HTTP/1.1"
}

// statusOf is a status with the space that HTTP/1.1 wants before a reason, even
// where there is none (RFC 9112, 4).
func statusOf(status string) string {
	status = oneLine(status)
	if !strings.Contains(status, " ") {
		return status + " "
	}
	return status
}

// bodiless reports whether the answer has no payload whatever its header says
// (RFC 9112, 6.3).
func bodiless(x ewgwatch.Exchange) bool {
	code, _, _ := strings.Cut(x.Status, " ")
	return len(x.Body) == 0 && (x.Method == http.MethodHead || code == "204" || code == "304" || strings.HasPrefix(code, "1"))
}

func lengthIs(value string, length int) bool {
	n, err := strconv.ParseUint(strings.TrimSpace(value), 10, 63)
	return err == nil && n == uint64(length)
}

// canonical is a header with names that a head can hold, in canonical form.
func canonical(header http.Header) http.Header {
	clean := make(http.Header, len(header))
	for _, name := range slices.Sorted(maps.Keys(header)) {
		canon := http.CanonicalHeaderKey(token(name))
		clean[canon] = append(clean[canon], header[name]...)
	}
	return clean
}

// mask renames the headers that would mislead a reader of the stored payload:
// those about its coding in transfer, and lengths that are not right.
func mask(header http.Header, lengthHolds func(string) bool) {
	hide := func(name string) {
		if values, ok := header[name]; ok {
			header[masked+name] = append(header[masked+name], values...)
			delete(header, name)
		}
	}
	hide("Transfer-Encoding")
	if lengths := header["Content-Length"]; len(lengths) != 1 || !lengthHolds(lengths[0]) {
		hide("Content-Length")
	}
}

func writeHeader(b *bytes.Buffer, header http.Header) {
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			b.WriteString(name + ": " + oneLine(value) + "\r\n")
		}
	}
	b.WriteString("\r\n")
}

// oneLine is a value that stays within its line: control characters but the tab
// become spaces (RFC 9110, 5.5).
func oneLine(value string) string {
	return replaceBytes(value, func(c byte) string {
		if c < ' ' && c != '\t' || c == 0x7f {
			return " "
		}
		return ""
	})
}

// token is a header name or method of characters that one may have (RFC 9110,
// 5.6.2).
func token(name string) string {
	return cmp.Or(replaceBytes(name, func(c byte) string {
		letterOrDigit := c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9'
		if letterOrDigit || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0 {
			return ""
		}
		return "_"
	}), "_")
}

// escapeURL percent-encodes what no URL may hold, and leaves alone what a
// browser's URL may hold though RFC 3986 does not know it ("|"), so that a
// canonical URL is archived in the spelling it is known by.
func escapeURL(s string) string {
	return replaceBytes(s, func(c byte) string {
		if c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '"' {
			return fmt.Sprintf("%%%02X", c)
		}
		return ""
	})
}

// replaceBytes puts what the function says in place of a byte, and keeps those it
// says "" of. Most strings come back as they are.
func replaceBytes(s string, by func(byte) string) string {
	var b strings.Builder
	kept := 0
	for i := range len(s) {
		if r := by(s[i]); r != "" {
			b.WriteString(s[kept:i] + r)
			kept = i + 1
		}
	}
	if kept == 0 {
		return s
	}
	return b.String() + s[kept:]
}

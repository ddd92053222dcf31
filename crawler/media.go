package crawler

import (
	"bytes"
	"encoding/xml"
	"io"
	"mime"
	"net/http"
	"strings"
)

// media is what a body turns out to be, by its type and its first bytes.
type media int

const (
	otherMedia media = iota // nothing that is read here
	htmlMedia
	plainMedia
	feedMedia
	sitemapMedia
	pdfMedia
)

// mediaOf tells what a body is. The declared type decides, but a feed or sitemap
// under the wrong one is known by its root element or version, since servers
// often have them as text/html or text/plain.
func mediaOf(contentType string, body []byte) media {
	declared := mediaType(contentType)
	if kind, ok := rootMedia[rootElement(body)]; ok {
		return kind
	}
	if jsonMedia(body) == feedMedia {
		return feedMedia
	}
	switch declared {
	case "text/html", "application/xhtml+xml":
		return htmlMedia
	case "application/pdf":
		return pdfMedia
	case "text/plain":
		return plainMedia
	case "application/xml", "text/xml":
		if rootElement(body) == "html" {
			return htmlMedia
		}
	case "", "application/octet-stream", "binary/octet-stream":
		return sniffed(body)
	}
	return otherMedia
}

func mediaType(contentType string) string {
	declared, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		declared, _, _ = strings.Cut(contentType, ";")
	}
	return strings.ToLower(strings.TrimSpace(declared))
}

var rootMedia = map[string]media{
	"rss": feedMedia, "rdf": feedMedia, "feed": feedMedia,
	"urlset": sitemapMedia, "sitemapindex": sitemapMedia,
}

func jsonMedia(body []byte) media {
	start := bytes.TrimSpace(body[:min(len(body), 1024)])
	if bytes.HasPrefix(start, []byte("{")) && bytes.Contains(start, []byte("jsonfeed.org/version")) {
		return feedMedia
	}
	return otherMedia
}

func sniffed(body []byte) media {
	switch mediaType(http.DetectContentType(body)) {
	case "text/html":
		return htmlMedia
	case "text/plain":
		return plainMedia
	case "application/pdf":
		return pdfMedia
	}
	return otherMedia
}

// rootElement returns the name of the first element of XML or HTML, in lower
// case and without its prefix; "" where the first bytes hold none.
func rootElement(body []byte) string {
	start := bytes.TrimLeft(bytes.TrimPrefix(body[:min(len(body), 4096)], []byte("\ufeff")), " \t\r\n")
	if !bytes.HasPrefix(start, []byte("<")) {
		return ""
	}
	decoder := xml.NewDecoder(bytes.NewReader(start))
	decoder.Strict = false
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // names are ASCII
	for {
		token, err := decoder.RawToken()
		if err != nil {
			return ""
		}
		if element, ok := token.(xml.StartElement); ok {
			return strings.ToLower(element.Name.Local)
		}
	}
}

package crawler

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

const maxSitemapURLs = 50000 // of one file (sitemaps.org); the rest is passed over

// parseSitemap reads a sitemap, a sitemap index or a text sitemap, gzipped or
// not (sitemaps.org, with the news extension). Where the file breaks off, the
// offers read so far come with the error.
func parseSitemap(body []byte, limit int64) ([]offer, error) {
	if isGzip(body) {
		inflated, err := undo("gzip", body, limit)
		if err != nil {
			return nil, fmt.Errorf("not a sitemap: %w", err)
		}
		body = inflated
	}
	switch rootElement(body) {
	case "urlset", "sitemapindex":
		return parseSitemapXML(body)
	case "":
		return parseSitemapText(body)
	case "html":
		return nil, errors.New("not a sitemap: it is an HTML page")
	}
	return nil, errors.New("not a sitemap: neither urlset, sitemapindex nor a list of URLs")
}

func parseSitemapXML(body []byte) ([]offer, error) {
	decoder := xml.NewDecoder(bytes.NewReader(body))
	decoder.Strict = false
	decoder.CharsetReader = charset.NewReaderLabel
	var offers []offer
	for len(offers) < maxSitemapURLs {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return offers, nil
		}
		if err != nil {
			return offers, fmt.Errorf("sitemap breaks off after %d URLs: %w", len(offers), err)
		}
		element, ok := token.(xml.StartElement)
		if !ok || element.Name.Local != "url" && element.Name.Local != "sitemap" {
			continue
		}
		entry, err := decodeSitemapEntry(decoder, element)
		if err != nil {
			return offers, fmt.Errorf("sitemap breaks off after %d URLs: %w", len(offers), err)
		}
		if entry.url != "" {
			offers = append(offers, entry)
		}
	}
	return offers, nil
}

func decodeSitemapEntry(decoder *xml.Decoder, start xml.StartElement) (offer, error) {
	var entry struct {
		Loc     []string `xml:"loc"`
		LastMod string   `xml:"lastmod"`
		News    struct {
			Date  string `xml:"publication_date"`
			Title string `xml:"title"`
		} `xml:"news"`
	}
	if err := decoder.DecodeElement(&entry, &start); err != nil || len(entry.Loc) == 0 {
		return offer{}, err
	}
	o := offer{url: strings.TrimSpace(entry.Loc[0]), title: fold(entry.News.Title), sitemap: start.Name.Local == "sitemap"}
	if o.at = w3cTime(entry.LastMod); o.at.IsZero() {
		o.at = w3cTime(entry.News.Date)
	}
	return o, nil
}

// parseSitemapText reads one URL a line.
func parseSitemapText(body []byte) ([]offer, error) {
	var offers []offer
	for line := range bytes.FieldsFuncSeq(bytes.TrimPrefix(body, []byte("\ufeff")), func(r rune) bool { return r == '\n' || r == '\r' }) {
		address := strings.TrimSpace(string(line))
		if address == "" || len(offers) == maxSitemapURLs {
			continue
		}
		if !utf8.ValidString(address) || !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") {
			return offers, errors.New("not a sitemap: neither urlset, sitemapindex nor a list of URLs")
		}
		offers = append(offers, offer{url: address})
	}
	return offers, nil
}

// w3cTime reads the forms of ISO 8601 that sitemaps use (W3C note datetime);
// the zero time for anything else.
func w3cTime(text string) time.Time {
	text = strings.TrimSpace(text)
	for _, layout := range []string{time.RFC3339, "2006-01-02", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05", "2006-01", "2006"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

package crawler

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"
)

// offer is a URL that a feed or sitemap names.
type offer struct {
	url     string // as written: it may be relative
	title   string
	at      time.Time // last changed or published; zero where unknown
	sitemap bool      // of another sitemap, not of a page
}

const maxFeedItems = 2000 // of one feed; the rest is passed over

// parseFeed reads RSS, RDF, Atom and JSON Feed. It returns an error for bytes
// that are no whole feed, also where gofeed panics on them.
func parseFeed(body []byte, contentType string, kind media) (offers []offer, err error) {
	if kind == htmlMedia {
		return nil, errors.New("not a feed: it is an HTML page")
	}
	defer func() {
		if value := recover(); value != nil {
			offers, err = nil, &panicked{value}
		}
	}()
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(feedUTF8(body, contentType)))
	if err != nil {
		return nil, feedError(err)
	}
	for _, item := range feed.Items[:min(len(feed.Items), maxFeedItems)] {
		if address := itemURL(item); address != "" {
			offers = append(offers, offer{url: address, title: fold(item.Title), at: itemTime(item)})
		}
	}
	return offers, nil
}

func feedError(err error) error {
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) {
		return errors.New("not a feed: neither RSS, Atom nor JSON Feed")
	}
	return fmt.Errorf("not a feed: %w", err)
}

// itemURL returns where an item leads: past a feed service's counter where the
// item says so, else its link, else an identifier that is a URL.
func itemURL(item *gofeed.Item) string {
	for _, original := range item.Extensions["feedburner"]["origLink"] {
		return strings.TrimSpace(original.Value)
	}
	for _, address := range append([]string{item.Link}, item.Links...) {
		if address = strings.TrimSpace(address); address != "" {
			return address
		}
	}
	if guid := strings.TrimSpace(item.GUID); strings.HasPrefix(guid, "http://") || strings.HasPrefix(guid, "https://") {
		return guid
	}
	return ""
}

func itemTime(item *gofeed.Item) time.Time {
	for _, at := range []*time.Time{item.UpdatedParsed, item.PublishedParsed} {
		if at != nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// feedUTF8 decodes a feed whose charset only its Content-Type names. Where the
// XML declaration names one, gofeed decodes.
func feedUTF8(body []byte, contentType string) []byte {
	_, params, err := mime.ParseMediaType(contentType)
	declaration, _, _ := bytes.Cut(body[:min(len(body), 200)], []byte("?>"))
	if err != nil || params["charset"] == "" || bytes.Contains(declaration, []byte("encoding")) {
		return body
	}
	encoding, _ := charset.Lookup(params["charset"])
	if encoding == nil {
		return body
	}
	decoded, err := encoding.NewDecoder().Bytes(body)
	if err != nil {
		return body
	}
	return decoded
}

package crawler

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

func TestFeedsOfEveryKindAreRead(t *testing.T) {
	at := time.Date(2023, 8, 25, 3, 0, 0, 0, time.UTC)
	thai, err := charmap.Windows874.NewEncoder().String(`<rss version="2.0"><channel><item><title>ก่อการร้าย</title><link>/th</link></item></channel></rss>`)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, body, contentType string
		want                    []offer
	}{
		{"RSS", rss, "application/rss+xml", []offer{
			{url: "http://a.test/one", title: "One", at: at}, {url: "/two?utm_source=rss", title: "Two", at: at.AddDate(0, 0, 1)}}},
		{"Atom", `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><link href="http://a.test/a"/><updated>2023-08-25T10:00:00+07:00</updated></entry></feed>`,
			"application/atom+xml", []offer{{url: "http://a.test/a", title: "A", at: at}}},
		{"RDF", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item><title>R</title><link>http://a.test/r</link></item></rdf:RDF>`,
			"text/xml", []offer{{url: "http://a.test/r", title: "R"}}},
		{"JSON Feed", `{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"http://a.test/j","title":"J","date_published":"2023-08-25T10:00:00+07:00"}]}`,
			"application/feed+json", []offer{{url: "http://a.test/j", title: "J", at: at}}},
		{"identifier for a link", `<rss><channel><item><guid>http://a.test/g</guid></item></channel></rss>`, "", []offer{{url: "http://a.test/g"}}},
		{"charset in the declaration", `<?xml version="1.0" encoding="windows-874"?>` + thai, "text/xml", []offer{{url: "/th", title: "ก่อการร้าย"}}},
		{"charset in the type", thai, "text/xml; charset=TIS-620", []offer{{url: "/th", title: "ก่อการร้าย"}}},
	} {
		got, err := parseFeed([]byte(c.body), c.contentType, feedMedia)
		if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(offer{})); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", c.name, err, diff)
		}
	}
}

func TestWhatIsNoFeedSaysSo(t *testing.T) {
	for name, body := range map[string]string{
		"empty list": "[]", "other XML": "<note/>", "truncated": rss[:200], "text": "hello", "JSON": `{"a":1`,
	} {
		if offers, err := parseFeed([]byte(body), "", feedMedia); err == nil || !strings.HasPrefix(err.Error(), "not a feed: ") {
			t.Errorf("%s: %v, %v; want an error", name, offers, err)
		}
	}
}

func FuzzFeed(f *testing.F) {
	f.Add([]byte(rss), "text/xml; charset=gbk")
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[null]}`), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		offers, err := parseFeed(body, contentType, mediaOf(contentType, body))
		if err != nil && offers != nil {
			t.Error("offers besides an error")
		}
	})
}

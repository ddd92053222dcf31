package extract

import (
	"context"
	"net/http"
	"testing"
	"time"

	"ewgwatch"
)

func TestThePublishersOwnDayIsReadFromThePage(t *testing.T) {
	singapore := time.FixedZone("SGT", 8*60*60)
	for _, c := range []struct {
		name, url, linked, body string
		zone                    *time.Location
		want                    string // day, instant, rule
	}{
		{name: "the same instant with an offset", linked: "2023-08-24T17:04:00Z", body: `<time datetime="2023-08-25T00:04:00+07:00">Friday</time>`, want: "2023-08-25 2023-08-24T17:04:00Z json-ld"},
		{name: "the address", url: "/2023/08/25/nine-states", linked: "2023-08-24T17:04:00Z", want: "2023-08-25 2023-08-24T17:04:00Z json-ld"},
		{name: "an address of a day that no zone has then", url: "/2023/08/24/nine-states", linked: "2023-08-25T10:04:00Z", want: "2023-08-25 2023-08-25T10:04:00Z json-ld"},
		{name: "print", linked: "2023-08-24T17:04:00Z", body: "<p>25 August 2023</p>", want: "2023-08-25 2023-08-24T17:04:00Z json-ld"},
		{name: "print with a clock", linked: "2023-08-24T17:04:00Z", body: "<p>25 August 2023, 00:04</p>", want: "2023-08-25 2023-08-24T17:04:00Z json-ld"},
		{name: "print of another moment", linked: "2023-08-24T17:04:00Z", body: "<p>25 August 2023, 09:31</p>", want: "2023-08-24 2023-08-24T17:04:00Z json-ld"},
		{name: "print of both days", linked: "2023-08-24T17:04:00Z", body: "<p>25 August 2023</p><p>24 August 2023</p>", want: "2023-08-24 2023-08-24T17:04:00Z json-ld"},
		{name: "print of a week later", linked: "2023-08-24T17:04:00Z", body: "<p>31 August 2023</p>", want: "2023-08-24 2023-08-24T17:04:00Z json-ld"},
		{name: "a source with a zone", linked: "2023-08-24T17:04:00Z", body: "<p>24 August 2023</p>", zone: singapore, want: "2023-08-25 2023-08-24T17:04:00Z json-ld"},
		{name: "an instant with an offset", url: "/2023/08/24/nine-states", linked: "2023-08-25T00:04:00+07:00", want: "2023-08-25 2023-08-24T17:04:00Z json-ld"},
		{name: "the clock of a labelled day", body: `<p><time datetime="2023-08-25T09:30:00+07:00">Published on 25 August 2023</time></p>`, want: "2023-08-25 2023-08-25T02:30:00Z time"},
		{name: "a labelled day of an element changed later", body: `<p><time datetime="2023-08-29T09:30:00+07:00">Published on 25 August 2023</time></p>`, want: "2023-08-25 0001-01-01T00:00:00Z visible"},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := ewgwatch.Page{FinalURL: "https://news.test" + c.url, Header: http.Header{}, Source: ewgwatch.Source{Zone: c.zone}}
			page.Body = []byte(`<html lang="en"><head><title>Nine states plan</title><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"` +
				c.linked + `"}</script></head><body><h1>Nine states plan</h1>` + c.body + `</body></html>`)
			a, err := Article(context.Background(), page, Options{Now: time.Date(2023, 9, 1, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Fatal(err)
			}
			p := a.Published
			if have := p.Date.String() + " " + p.At.Format(time.RFC3339) + " " + p.Rule; have != c.want {
				t.Errorf("have %s, want %s", have, c.want)
			}
		})
	}
}

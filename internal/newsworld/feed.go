package newsworld

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"time"
)

type rss struct {
	XMLName xml.Name  `xml:"rss"`
	Version string    `xml:"version,attr"`
	Title   string    `xml:"channel>title"`
	Link    string    `xml:"channel>link"`
	About   string    `xml:"channel>description"`
	Lang    string    `xml:"channel>language"`
	Items   []rssItem `xml:"channel>item"`
}

type rssItem struct {
	Title       string `xml:"title"`
	Link        string `xml:"link"`
	GUID        string `xml:"guid"`
	PubDate     string `xml:"pubDate,omitempty"`
	Description string `xml:"description"`
}

type atom struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title     string   `xml:"title"`
	ID        string   `xml:"id"`
	Link      atomLink `xml:"link"`
	Published string   `xml:"published,omitempty"`
	Updated   string   `xml:"updated"`
	Summary   atomText `xml:"summary"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type jsonFeed struct {
	Version string         `json:"version"`
	Title   string         `json:"title"`
	Home    string         `json:"home_page_url"`
	Feed    string         `json:"feed_url"`
	Items   []jsonFeedItem `json:"items"`
}

type jsonFeedItem struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Content   string `json:"content_html"`
	Published string `json:"date_published,omitempty"`
}

func (p *press) addFeed(answers map[string]answer) error {
	if p.Feed == nil {
		return nil
	}
	write := map[string]func() (string, []byte, error){"rss": p.rss, "atom": p.atom, "json": p.jsonFeed}[p.Feed.Format]
	if write == nil {
		return fmt.Errorf("want a feed that is rss, atom or json, have %q", p.Feed.Format)
	}
	mediaType, body, err := write()
	if err != nil {
		return err
	}
	if p.Feed.Broken {
		body = body[:len(body)*3/5]
	}
	answers[p.Feed.Path] = answer{mediaType: mediaType, body: body, modified: p.newest()}
	return nil
}

func (p *press) rss() (string, []byte, error) {
	feed := rss{Version: "2.0", Title: p.Title, Link: p.URL, About: p.Title, Lang: p.Lang}
	for _, page := range p.pages {
		item := rssItem{Title: page.Title, Link: page.URL, GUID: page.URL, Description: p.excerpt(page)}
		if !page.PublishedAt.IsZero() {
			item.PubDate = page.PublishedAt.Format(time.RFC1123Z)
		}
		feed.Items = append(feed.Items, item)
	}
	body, err := xml.MarshalIndent(feed, "", " ")
	return "application/rss+xml; charset=utf-8", append([]byte(xml.Header), body...), err
}

func (p *press) atom() (string, []byte, error) {
	feed := atom{Title: p.Title, ID: p.URL, Updated: p.newest().Format(time.RFC3339), Links: []atomLink{
		{Href: p.URL}, {Rel: "self", Href: p.edition.address(p.Feed.Path)},
	}}
	for _, page := range p.pages {
		entry := atomEntry{
			Title: page.Title, ID: page.URL, Link: atomLink{Rel: "alternate", Href: page.URL},
			Updated: p.modified(page).Format(time.RFC3339), Summary: atomText{Type: "html", Text: p.excerpt(page)},
		}
		if !page.PublishedAt.IsZero() {
			entry.Published = page.PublishedAt.Format(time.RFC3339)
		}
		feed.Entries = append(feed.Entries, entry)
	}
	body, err := xml.MarshalIndent(feed, "", " ")
	return "application/atom+xml; charset=utf-8", append([]byte(xml.Header), body...), err
}

func (p *press) jsonFeed() (string, []byte, error) {
	feed := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: p.Title, Home: p.URL, Feed: p.edition.address(p.Feed.Path),
	}
	for _, page := range p.pages {
		item := jsonFeedItem{ID: page.URL, URL: page.URL, Title: page.Title, Content: p.excerpt(page)}
		if !page.PublishedAt.IsZero() {
			item.Published = page.PublishedAt.Format(time.RFC3339)
		}
		feed.Items = append(feed.Items, item)
	}
	body, err := json.MarshalIndent(feed, "", " ")
	return "application/feed+json", body, err
}

// excerpt returns what a feed carries of a page, as HTML.
func (p *press) excerpt(page Page) string {
	if p.Feed.Full {
		return string(bodyHTML(page.blocks, p.link))
	}
	return "<p>" + escape(summary(page)) + "</p>"
}

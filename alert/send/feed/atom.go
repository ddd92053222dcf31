package feed

import (
	"encoding/xml"
	"fmt"
	"time"
)

type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Updated   string      `xml:"updated"`
	Links     []atomLink  `xml:"link"`
	Author    string      `xml:"author>name"`
	Generator string      `xml:"generator"`
	Entries   []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Lang      string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Published string      `xml:"published"`
	Updated   string      `xml:"updated"`
	Category  []atomTerm  `xml:"category"`
	Content   atomContent `xml:"content"`
}

type atomTerm struct {
	Term string `xml:"term,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// atom writes the items as Atom. The time of the feed is that of its newest item:
// the same items are the same bytes.
func (s *sender) atom(items []item) ([]byte, error) {
	feed := atomFeed{
		ID:        fmt.Sprintf("tag:%s,2026:feed/%s", s.o.Authority, s.place),
		Title:     s.title(),
		Author:    "ewgwatch",
		Generator: "ewgwatch",
	}
	if self := s.self(".atom"); self != "" {
		feed.Links = []atomLink{{Rel: "self", Href: self}}
	}
	for _, each := range items {
		feed.Entries = append(feed.Entries, entryOf(each))
	}
	if len(items) > 0 {
		feed.Updated = feed.Entries[0].Updated
	}
	text, err := xml.MarshalIndent(feed, "", " ")
	return append([]byte(xml.Header), append(text, '\n')...), err
}

func entryOf(one item) atomEntry {
	at := one.Published.Format(time.RFC3339)
	entry := atomEntry{
		Lang: one.Lang, ID: one.ID, Title: one.Title, Published: at, Updated: at,
		Content: atomContent{Type: "html", Text: one.HTML},
	}
	for _, tag := range one.Tags {
		entry.Category = append(entry.Category, atomTerm{tag})
	}
	return entry
}

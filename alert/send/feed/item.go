package feed

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"ewgwatch/alert/send"
	"ewgwatch/internal/plain"
)

const version = "https://jsonfeed.org/version/1.1"

// item is one message as JSON Feed has it.
type item struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	HTML      string    `json:"content_html"`
	Text      string    `json:"content_text,omitempty"`
	Published time.Time `json:"date_published"`
	Tags      []string  `json:"tags,omitempty"`
	Lang      string    `json:"language,omitempty"`
}

type jsonFeed struct {
	Version string `json:"version"`
	Title   string `json:"title"`
	Feed    string `json:"feed_url,omitempty"`
	Items   []item `json:"items"`
}

// newItem depends on the alert alone, so that a second attempt makes the same.
func newItem(d send.Delivery, authority string) item {
	made := d.Alert.MadeAt.UTC().Truncate(time.Second)
	return item{
		ID:        fmt.Sprintf("tag:%s,%s:%s", authority, made.Format(time.DateOnly), url.PathEscape(d.Alert.ID)),
		Title:     plain.Line(d.Message.Subject),
		HTML:      content(d.Message),
		Text:      strings.ToValidUTF8(d.Message.Text, "\uFFFD"),
		Published: made,
		Tags:      tags(string(d.Alert.Class)),
		Lang:      d.Alert.Lang,
	}
}

func tags(class string) []string {
	if class == "" {
		return nil
	}
	return []string{class}
}

var body = regexp.MustCompile(`(?is)<body\b[^>]*>(.*)</body\s*>`)

// content is what stands between the tags of the body of a message, or its text.
func content(m send.Message) string {
	text := m.HTML
	if inner := body.FindStringSubmatch(text); inner != nil {
		text = inner[1]
	}
	if strings.TrimSpace(text) == "" {
		text = "<p>" + strings.ReplaceAll(html.EscapeString(m.Text), "\n", "<br>\n") + "</p>"
	}
	return strings.ToValidUTF8(strings.TrimSpace(text), "\uFFFD")
}

// add returns the newest items with one more, unless it is among them.
func add(items []item, one item) []item {
	if slices.ContainsFunc(items, func(i item) bool { return i.ID == one.ID }) {
		return items
	}
	items = append(items, one)
	slices.SortStableFunc(items, func(a, b item) int {
		return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(a.ID, b.ID))
	})
	return items[:min(len(items), kept)]
}

func parse(text []byte) ([]item, error) {
	var feed jsonFeed
	if err := json.Unmarshal(text, &feed); err != nil {
		return nil, err
	}
	if feed.Version != version {
		return nil, fmt.Errorf("want version %q, have %q", version, feed.Version)
	}
	for _, each := range feed.Items {
		if each.ID == "" {
			return nil, errors.New("want an id for every item")
		}
	}
	return feed.Items, nil
}

func (s *sender) json(items []item) ([]byte, error) {
	feed := jsonFeed{Version: version, Title: s.title(), Feed: s.self(".json"), Items: items}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b) // which escapes the marks of HTML
	encoder.SetIndent("", " ")
	err := encoder.Encode(feed)
	return b.Bytes(), err
}

func (s *sender) title() string { return "ewgwatch: " + plain.Line(s.name) }

func (s *sender) self(ending string) string {
	if s.o.Site == "" {
		return ""
	}
	return strings.TrimSuffix(s.o.Site, "/") + "/" + s.place + ending
}

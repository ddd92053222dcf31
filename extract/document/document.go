package document

import (
	"context"
	"fmt"
)

// Options says how to read one page. The zero value reads any page.
type Options struct {
	URL       string                  // where the page was fetched; relative links are resolved against it; "" where unknown
	Select    string                  // CSS selector of the article's body; "" picks the body by its shape
	Furniture func(block uint64) bool // whether one of Document.Blocks stands on three or more pages of this host; nil knows of none
}

// Document is what a reader of the page sees.
type Document struct {
	Title     string
	Text      string // without the title and without markup; paragraphs parted by a line feed
	Authors   []string
	Lang      string // as declared: html lang, og:locale or content-language; "" where nothing is
	Canonical string // absolute, http or https; "" where the page names none
	SiteName  string
	Dates     []DateCandidate // most trusted first
	Listing   bool            // links and teasers rather than one article: see the rule at isListing
	Blocks    []uint64        // of the body's lines before trimming, each once: a hash of letters and digits, of the half of the prose it stands in and whether it is link
	Method    string          // which way gave the text: "select", "readability", "density", "json-ld", "state", "tokenizer" or ""
	Trimmed   []Trim          // what was cut, at most 500 pieces
}

// DateCandidate is a string of the page that may be the day it was published.
type DateCandidate struct {
	Raw   string // as it stands there
	Where string // "json-ld", "meta", "microdata", "dublin-core", "time", "visible", "state", "url", "text" or "modified"
	Rank  int    // 1 is the most trusted; candidates of one kind of place share a rank
}

// Trim is a piece of the page that was cut, for an explanation of the text.
type Trim struct {
	Rule string
	Text string // its beginning, at most 80 runes
}

// step is one stage of reading. The context is checked before each.
type step func(*page)

// steps are the stages in order.
var steps = []step{
	(*page).readHead, (*page).readTitle, (*page).readAuthors, (*page).readStructuredDates,
	(*page).prune, (*page).readBody, (*page).trim, (*page).rescue, (*page).readVisibleDates, (*page).finish,
}

// Parse reads one page. It fails when ctx is done, when Options.Select is no
// selector, and when a library beneath it panics; a page without any text is a
// Document without Text, not an error.
func Parse(ctx context.Context, html string, options Options) (doc Document, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = Document{}, fmt.Errorf("read page %q: parser panicked: %v", options.URL, r)
		}
	}()
	p, err := open(html, options)
	if err != nil {
		return Document{}, err
	}
	for _, next := range steps {
		if err := ctx.Err(); err != nil {
			return Document{}, fmt.Errorf("read page %q: %w", options.URL, err)
		}
		next(p)
	}
	return p.doc, nil
}

package document

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Caps on foreign input. A page over tagCap has about 50,000 nodes or more;
// readability alone would need a second and hundreds of megabytes for it.
const (
	byteCap = 5 << 20
	tagCap  = 60_000
)

// page is one page on its way through the steps of Parse.
type page struct {
	options   Options
	source    string
	lenient   bool     // pruning keeps to what is never shown
	base      *url.URL // never nil
	selector  cascadia.Selector
	flattened bool // the tree was made by the tokenizer pass
	root      *html.Node
	survey    survey
	linked    []ldObject // JSON-LD, articles first
	lede      string     // the page's own description of the article
	lines     []block    // around the title, set by around
	titleAt   int        // where the title's h1 stands in the survey's order, 0 where there is none
	weight    int        // of all the page's text
	prose     int        // of its prose
	all       []block    // of the pruned page
	blocks    []block    // of the article
	doc       Document
}

// open guards against the source and parses it.
func open(source string, options Options) (*page, error) {
	p := &page{options: options, base: baseOf(options.URL)}
	if options.Select != "" {
		selector, err := cascadia.Compile(options.Select)
		if err != nil {
			return nil, fmt.Errorf("read page %q: selector %q: %w", options.URL, options.Select, err)
		}
		p.selector = selector
	}
	p.source = p.clip(source)
	p.parse(p.source)
	p.survey = surveyOf(p.root)
	p.rebase()
	return p, nil
}

// clip cuts the source to byteCap and makes it valid UTF-8.
func (p *page) clip(source string) string {
	if len(source) > byteCap {
		p.note("byte-cap", source[byteCap:])
		source = source[:byteCap]
	}
	if utf8.ValidString(source) {
		return source
	}
	return strings.ToValidUTF8(source, "\uFFFD")
}

// parse makes the tree, by the tokenizer pass where a full parse would cost
// too much or gives up: x/net refuses elements nested deeper than 512.
func (p *page) parse(source string) {
	if strings.Count(source, "<") <= tagCap {
		root, err := html.Parse(strings.NewReader(source))
		if err == nil {
			p.root = root
			return
		}
	}
	p.root, p.flattened = flatten(source), true
}

// rebase honours <base href>.
func (p *page) rebase() {
	if p.survey.base == "" {
		return
	}
	if u, err := p.base.Parse(p.survey.base); err == nil && u.Host != "" {
		p.base = u
	}
}

func baseOf(raw string) *url.URL {
	u, err := url.Parse(raw)
	if err != nil {
		return &url.URL{}
	}
	return u
}

// trimCap bounds the cuts that are recorded.
const trimCap = 500

// note records a cut.
func (p *page) note(rule, text string) {
	if len(p.doc.Trimmed) >= trimCap {
		return
	}
	p.doc.Trimmed = append(p.doc.Trimmed, Trim{Rule: rule, Text: clipRunes(squeeze(clipBytes(text, 1000)), 80)})
}

// finish sets what depends on everything before it.
func (p *page) finish() {
	p.doc.Text = joinBlocks(p.blocks)
	p.doc.Listing = p.doc.Listing || p.isListing()
}

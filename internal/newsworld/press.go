package newsworld

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// press turns an edition into what its host answers.
type press struct {
	*edition
	address func(site, slug string) (string, bool)
	broken  []string // link targets of the page at hand that lead nowhere
}

// view is what a layout is given.
type view struct {
	Site       Site
	Page       Page // without a title on a listing
	Lang       string
	Charset    string // as meta charset names it
	Canonical  string
	Heading    string
	Body       template.HTML
	Printed    string // date as printed; "" for none
	Updated    string // as Printed, for the edit
	ISO        string // RFC 3339, or the day where no clock time is known
	LinkedData map[string]any
	Related    []entry
	Latest     []entry
	Items      []entry // of a listing
	Next       string  // path of a listing's next page; "" on the last
}

// entry is a page as a list shows it.
type entry struct {
	Path, Title, Printed, Summary string
}

const pageType = "text/html; charset=utf-8"

// answers renders everything the site serves, by path.
func (p *press) answers() (map[string]answer, error) {
	answers := map[string]answer{"/img/photo.svg": {mediaType: "image/svg+xml", body: []byte(photo), modified: p.newest()}}
	if !p.NoRobots {
		answers["/robots.txt"] = answer{mediaType: "text/plain; charset=utf-8", body: []byte(p.robots()), modified: p.newest()}
	}
	for _, add := range []func(map[string]answer) error{p.addPages, p.addListings, p.addFeed, p.addSitemap, p.addWordPress} {
		if err := add(answers); err != nil {
			return nil, err
		}
	}
	return answers, nil
}

const photo = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"><rect width="640" height="360" fill="#cfd4d8"/></svg>
`

func (p *press) robots() string {
	var b strings.Builder
	b.WriteString("User-agent: *\n")
	for _, path := range p.Disallow {
		b.WriteString("Disallow: " + path + "\n")
	}
	if len(p.Disallow) == 0 {
		b.WriteString("Disallow:\n")
	}
	if p.Sitemap {
		b.WriteString("\nSitemap: " + p.edition.address("/sitemap.xml") + "\n")
	}
	return b.String()
}

func (p *press) addPages(answers map[string]answer) error {
	for _, page := range p.pages {
		if _, taken := answers[page.Path]; taken {
			return fmt.Errorf("%s: path %s is taken", page.File, page.Path)
		}
		html, err := p.render("page", p.pageView(page))
		if err == nil && len(p.broken) > 0 {
			err = fmt.Errorf("links to nothing: %s", strings.Join(p.broken, ", "))
		}
		if err != nil {
			return fmt.Errorf("%s: %w", page.File, err)
		}
		mediaType := pageType
		if page.Charset != "" {
			mediaType = "text/html" // the page itself says its charset
		}
		answers[page.Path] = answer{mediaType: mediaType, body: html, modified: p.modified(page), link: p.wordPressLink()}
	}
	return nil
}

func (p *press) pageView(page Page) view {
	p.broken = nil
	v := view{
		Site: p.Site, Page: page, Lang: page.Lang, Charset: page.Charset, Heading: page.Title, Canonical: page.URL,
		Body: bodyHTML(page.blocks, p.link), Printed: p.printed(page, page.PublishedAt), Updated: p.printed(page, page.UpdatedAt),
		ISO: iso(page), Related: p.related(page), Latest: p.entries(p.pages[:min(5, len(p.pages))]),
	}
	v.LinkedData = map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": page.Title,
		"mainEntityOfPage": page.URL, "publisher": map[string]any{"@type": "Organization", "name": p.Title},
	}
	if v.ISO != "" {
		v.LinkedData["datePublished"] = v.ISO
	}
	if page.Author != "" {
		v.LinkedData["author"] = map[string]any{"@type": "Person", "name": page.Author}
	}
	return v
}

// link turns a target into an address: a path as it stands, "slug" on this
// site, "site/slug" on another.
func (p *press) link(target string) string {
	if strings.HasPrefix(target, "/") {
		return target
	}
	site, slug, other := strings.Cut(target, "/")
	if !other {
		site, slug = p.Name, target
	}
	address, ok := p.address(site, slug)
	if !ok {
		p.broken = append(p.broken, target)
	}
	if !other {
		return strings.TrimPrefix(address, strings.TrimSuffix(p.URL, "/"))
	}
	return address
}

func (p *press) printed(page Page, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return printedDates[page.Dates](at)
}

func iso(page Page) string {
	switch {
	case page.PublishedAt.IsZero():
		return ""
	case page.Clock:
		return page.PublishedAt.Format(time.RFC3339)
	}
	return page.PublishedAt.Format(time.DateOnly)
}

// related returns the pages a page names, or else the two that follow it.
func (p *press) related(page Page) []entry {
	var pages []Page
	for _, slug := range page.related {
		i := p.index(slug)
		if i < 0 {
			p.broken = append(p.broken, slug)
			continue
		}
		pages = append(pages, p.pages[i])
	}
	if len(page.related) == 0 {
		at := p.index(page.Slug)
		pages = append(slices.Clone(p.pages[at+1:]), p.pages[:at]...)
		pages = pages[:min(2, len(pages))]
	}
	return p.entries(pages)
}

func (p *press) entries(pages []Page) []entry {
	var entries []entry
	for _, page := range pages {
		entries = append(entries, entry{
			Path: page.Path, Title: page.Title, Printed: p.printed(page, page.PublishedAt), Summary: summary(page),
		})
	}
	return entries
}

// summary returns the standfirst, or the first paragraph cut after some words.
func summary(page Page) string {
	if page.Standfirst != "" || len(page.blocks) == 0 {
		return page.Standfirst
	}
	runes := []rune(plain(page.blocks[0]))
	if len(runes) <= 160 {
		return string(runes)
	}
	return strings.TrimSpace(string(runes[:160])) + "…"
}

// render executes one of the layout's templates in the page's charset.
func (p *press) render(name string, v view) ([]byte, error) {
	var b bytes.Buffer
	charset := v.Charset
	v.Charset = cmp.Or(charset, "utf-8")
	if err := p.layout.ExecuteTemplate(&b, name, v); err != nil {
		return nil, err
	}
	return encode(charset, b.Bytes())
}

// encode returns text in a charset, characters it lacks as references.
func encode(charset string, text []byte) ([]byte, error) {
	if charset == "" {
		return text, nil
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return nil, fmt.Errorf("charset %q: %w", charset, err)
	}
	return encoding.HTMLEscapeUnsupported(e.NewEncoder()).Bytes(text)
}

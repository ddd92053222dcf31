package newsworld

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ewgwatch"
)

// Page is one invented article and what a careful reader finds in it.
type Page struct {
	Site        string    // Site.Name
	File        string    // of its source: "sites/harbour-post/nz-stays-away.page"
	Slug        string    // the file's name without its extension
	Path        string    // on its site
	URL         string    // where it is served
	Title       string    // as its headline says
	Lang        string    // BCP 47
	Author      string    // "" where none is printed
	Section     string    // Section.Slug; "" where none
	Standfirst  string    // "" where none
	PublishedAt time.Time // in the site's zone; zero where the page gives no date
	Clock       bool      // a clock time is printed, not only a day
	UpdatedAt   time.Time // zero unless the page says that it was edited
	Dates       string    // how its date is printed
	Charset     string    // "" for UTF-8
	Wire        string    // name of the syndicated story it carries; "" for the site's own text
	Expect      []ewgwatch.Claim
	Forbid      []ewgwatch.Claim // what reading this page must not yield
	Nothing     bool             // off the topic: must yield no finding
	Withheld    bool             // the site keeps crawlers from it

	related []string // slugs
	cut     int      // paragraphs of the wire story that are kept; 0 for all
	blocks  []string // of the text, in the source's markup
}

// PublishedOn returns the day the page gives, in its publisher's own zone; the
// zero date where it gives none.
func (p Page) PublishedOn() ewgwatch.Date {
	if p.PublishedAt.IsZero() {
		return ewgwatch.Date{}
	}
	return ewgwatch.DateOf(p.PublishedAt)
}

// Text returns the page's own text as its source holds it, a line a block: no
// furniture, and marks of the source's markup only where they open a block.
func (p Page) Text() string {
	lines := make([]string, 0, len(p.blocks))
	for _, block := range p.blocks {
		lines = append(lines, plain(block))
	}
	return strings.Join(lines, "\n")
}

// parsePage reads a page file. Errors name the line.
func parsePage(site Site, slug, text string) (Page, error) {
	page := Page{Site: site.Name, Slug: slug, Lang: site.Lang, Dates: site.Dates, Charset: site.Charset}
	head, body, ok := strings.Cut(strings.TrimPrefix(text, "---\n"), "\n---\n")
	if !ok || !strings.HasPrefix(text, "---\n") {
		return page, errors.New("1: want front matter between lines of ---")
	}
	seen := map[string]bool{}
	for i, line := range strings.Split(head, "\n") {
		key, value, ok := strings.Cut(line, ": ")
		read := frontMatter[key]
		if !ok || read == nil || seen[key] && key != "expect" && key != "forbid" {
			return page, fmt.Errorf("%d: want a key of front matter once, have %q", i+2, line)
		}
		if err := read(&page, site, strings.TrimSpace(value)); err != nil {
			return page, fmt.Errorf("%d: %s: %w", i+2, key, err)
		}
		seen[key] = true
	}
	if !seen["title"] || !seen["date"] {
		return page, errors.New("1: want a title and a date (or none)")
	}
	page.blocks = blocks(body)
	page.Withheld = site.Blocked || site.disallowed(page.path(site))
	return page, page.place(site)
}

// frontMatter says how each key is read.
var frontMatter = map[string]func(*Page, Site, string) error{
	"title":      func(p *Page, _ Site, v string) error { p.Title = v; return nil },
	"author":     func(p *Page, _ Site, v string) error { p.Author = v; return nil },
	"standfirst": func(p *Page, _ Site, v string) error { p.Standfirst = v; return nil },
	"lang":       func(p *Page, _ Site, v string) error { p.Lang = v; return nil },
	"path":       func(p *Page, _ Site, v string) error { p.Path = v; return nil },
	"charset":    func(p *Page, _ Site, v string) error { p.Charset = v; return nil },
	"wire":       func(p *Page, _ Site, v string) error { p.Wire = v; return nil },
	"cut":        func(p *Page, _ Site, v string) (err error) { p.cut, err = strconv.Atoi(v); return err },
	"related":    func(p *Page, _ Site, v string) error { p.related = strings.Fields(v); return nil },
	"date":       (*Page).setDate,
	"updated":    (*Page).setUpdated,
	"dates":      (*Page).setDates,
	"section":    (*Page).setSection,
	"expect":     func(p *Page, _ Site, v string) error { return appendClaims(&p.Expect, v) },
	"forbid":     func(p *Page, _ Site, v string) error { return appendClaims(&p.Forbid, v) },
	"nothing":    (*Page).setNothing,
}

func (p *Page) setDate(site Site, v string) (err error) {
	if v == "none" {
		return nil
	}
	p.PublishedAt, p.Clock, err = parseMoment(site, v)
	return err
}

func (p *Page) setUpdated(site Site, v string) (err error) {
	p.UpdatedAt, _, err = parseMoment(site, v)
	return err
}

func (p *Page) setDates(_ Site, v string) error {
	if printedDates[v] == nil {
		return fmt.Errorf("unknown way to print dates %q", v)
	}
	p.Dates = v
	return nil
}

func (p *Page) setSection(site Site, v string) error {
	if !slices.ContainsFunc(site.Sections, func(s Section) bool { return s.Slug == v }) {
		return fmt.Errorf("site has no section %q", v)
	}
	p.Section = v
	return nil
}

func (p *Page) setNothing(_ Site, v string) error {
	if v != "yes" {
		return fmt.Errorf(`want "yes" or no such line, have %q`, v)
	}
	p.Nothing = true
	return nil
}

func parseMoment(site Site, v string) (at time.Time, clock bool, err error) {
	zone, err := site.location()
	if err != nil {
		return time.Time{}, false, err
	}
	if at, err = time.ParseInLocation("2006-01-02 15:04", v, zone); err == nil {
		return at, true, nil
	}
	at, err = time.ParseInLocation(time.DateOnly, v, zone)
	return at, false, err
}

// place sets the path of a page that has none of its own.
func (p *Page) place(site Site) error {
	p.Path = p.path(site)
	if strings.ContainsAny(p.Path, "{}") {
		return errors.New("1: want a path for a page without a date")
	}
	return nil
}

func (p *Page) path(site Site) string {
	if p.Path != "" {
		return p.Path
	}
	path := strings.ReplaceAll(site.Path, "{slug}", p.Slug)
	before, rest, dated := strings.Cut(path, "{")
	layout, after, _ := strings.Cut(rest, "}")
	if !dated || p.PublishedAt.IsZero() {
		return path
	}
	return before + p.PublishedAt.Format(layout) + after
}

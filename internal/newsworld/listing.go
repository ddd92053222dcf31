package newsworld

import (
	"fmt"
	"slices"
	"strings"
)

// addListings adds the front page, the listing and its further pages, one list
// a section, and the page about the site.
func (p *press) addListings(answers map[string]answer) error {
	if err := p.addList(answers, p.Listing, p.Title, p.pages); err != nil {
		return err
	}
	if p.Listing != "/" {
		if err := p.addList(answers, "/", p.Title, p.pages[:min(4, len(p.pages))]); err != nil {
			return err
		}
	}
	for _, section := range p.Sections {
		pages := slices.DeleteFunc(slices.Clone(p.pages), func(page Page) bool { return page.Section != section.Slug })
		if err := p.addList(answers, "/section/"+section.Slug+"/", section.Label, pages); err != nil {
			return err
		}
	}
	return p.addAbout(answers)
}

// addList adds a list in pages of PerPage.
func (p *press) addList(answers map[string]answer, path, heading string, pages []Page) error {
	chunks := slices.Collect(slices.Chunk(pages, p.PerPage))
	if len(chunks) == 0 {
		chunks = [][]Page{nil}
	}
	for i, chunk := range chunks {
		v := p.listView(numbered(path, i+1), heading)
		v.Items = p.entries(chunk)
		if i+1 < len(chunks) {
			v.Next = numbered(path, i+2)
		}
		if err := p.addView(answers, numbered(path, i+1), "list", v); err != nil {
			return err
		}
	}
	return nil
}

// numbered returns the path of a list's nth page.
func numbered(path string, n int) string {
	if n == 1 {
		return path
	}
	return fmt.Sprintf("%s/page/%d/", strings.TrimSuffix(path, "/"), n)
}

func (p *press) listView(path, heading string) view {
	return view{
		Site: p.Site, Lang: p.Lang, Charset: p.Charset, Heading: heading,
		Canonical: p.edition.address(path), Latest: p.entries(p.pages[:min(5, len(p.pages))]),
	}
}

func (p *press) addAbout(answers map[string]answer) error {
	v := p.listView("/about/", p.Title)
	v.Body = bodyHTML(blocks(p.About), p.link)
	return p.addView(answers, "/about/", "list", v)
}

func (p *press) addView(answers map[string]answer, path, name string, v view) error {
	html, err := p.render(name, v)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	mediaType := pageType
	if p.Charset != "" {
		mediaType = "text/html"
	}
	answers[path] = answer{mediaType: mediaType, body: html, modified: p.newest(), link: p.wordPressLink()}
	return nil
}

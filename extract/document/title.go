package document

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Likeness of two titles, from 0 to 1, below which they are about different
// things, and above which they are one title.
const (
	unlike = 0.3
	alike  = 0.5
)

// readTitle sets the title: the one the page claims, with the site's name
// stripped by help of its h1. The h1 stands where nothing is claimed, where
// what is claimed is the h1 with something added, and where og:title is about
// something else, as a template's default is.
func (p *page) readTitle() {
	p.doc.Title = p.spaced(p.pickTitle())
	if heading := p.titleHeading(); heading != nil {
		p.titleAt = p.survey.order[heading]
	}
}

// titleHeading returns the heading that shows the title: the h1 most like it,
// else the lesser heading that it is or holds; nil where there is none.
func (p *page) titleHeading() *html.Node {
	if h1 := p.titleNode(); h1 != nil {
		return h1
	}
	title := folded(p.doc.Title)
	for _, n := range p.survey.subheads {
		if text := squeeze(textOf(n)); title != "" && folded(text) == title || isWithin(text, p.doc.Title) {
			return n
		}
	}
	return nil
}

// spaced returns the title with the spaces of the h1 that reads the same: HTML
// collapses ASCII white space only, and the full-width space stands for a comma
// in headlines of Japanese.
func (p *page) spaced(title string) string {
	for _, n := range p.survey.h1s {
		if text := textOf(n); strings.ContainsAny(text, "\u3000\u00A0\u202F") && squeeze(text) == title {
			return collapse(text)
		}
	}
	return title
}

func (p *page) pickTitle() string {
	var claimed []string
	for _, title := range p.claimedTitles() {
		if title = p.withoutSite(title); title != "" && !p.isSite(title) {
			claimed = append(claimed, title)
		}
	}
	h1 := p.headline(claimed)
	if h1 == "" && len(claimed) <= 1 {
		h1 = p.soleHeading()
		if h1 != "" && len(claimed) == 1 && claimed[0] == p.withoutSite(p.survey.title) {
			return h1
		}
	}
	if len(claimed) == 0 || isWithin(h1, claimed[0]) || h1 != "" && similarity(h1, claimed[0]) < unlike {
		return firstOf(h1, p.withoutSite(p.survey.title))
	}
	return claimed[0]
}

// soleHeading returns the first heading that may be a headline, for pages that
// only have a <title>, which on many ministries' sites is the same everywhere.
func (p *page) soleHeading() string {
	for _, n := range append(p.survey.h1s, p.survey.headings...) {
		text := squeeze(textOf(n))
		teased := n.DataAtom != atom.H1 && inside(n, atom.A)
		if size := weight(text); size >= 15 && size <= 300 && !teased && !p.isSite(text) && !inside(n, atom.Nav, atom.Aside) {
			return text
		}
	}
	return p.loudHeading()
}

const menuLinks = 4 // links that a menu has at least

// loudHeading returns the first line in large letters below the menu, where the
// page has no heading and the banner above the menu reads as the <title> does:
// that names the site and not the article.
func (p *page) loudHeading() string {
	loud := p.survey.loud
	if len(loud) == 0 || folded(textOf(loud[0].node)) != folded(p.survey.title) {
		return ""
	}
	for _, l := range loud[1:] {
		text := squeeze(textOf(l.node))
		if size := weight(text); l.links-loud[0].links >= menuLinks && size >= 15 && size <= 300 {
			return text
		}
	}
	return ""
}

// isWithin reports whether title is h1 and more.
func isWithin(h1, title string) bool {
	h1, title = folded(h1), folded(title)
	return h1 != "" && len(h1) < len(title) && strings.Contains(title, h1) && len(h1)*2 > len(title)
}

// claimedTitles are the titles the page gives itself, most trusted first.
func (p *page) claimedTitles() []string {
	all := []string{p.survey.meta("og:title")}
	for _, o := range p.linked {
		if o.isArticle() {
			all = append(all, firstOf(o.text("headline"), o.text("name")))
			break
		}
	}
	all = append(all, p.survey.meta("twitter:title", "dc.title", "dcterms.title", "title"))
	if items := p.survey.items["headline"]; len(items) > 0 {
		all = append(all, squeeze(firstOf(attr(items[0], "content"), textOf(items[0]))))
	}
	return append(all, p.survey.title)
}

// headline returns the h1 that is most like a claimed title; where nothing is
// claimed, the first h1.
func (p *page) headline(claimed []string) string {
	best, likeness := "", alike
	for _, n := range p.survey.h1s {
		text := squeeze(textOf(n))
		if text == "" || utf8.RuneCountInString(text) > 300 {
			continue
		}
		if len(claimed) == 0 {
			return text
		}
		for _, title := range claimed {
			if s := similarity(text, title); s > likeness {
				best, likeness = text, s
			}
		}
	}
	return best
}

// similarity is the Jaccard index of the two texts' pairs of letters.
func similarity(a, b string) float64 {
	x, y := pairs(folded(a)), pairs(folded(b))
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := 0
	for pair := range x {
		if y[pair] {
			both++
		}
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

func pairs(s string) map[[2]rune]bool {
	set := map[[2]rune]bool{}
	last := rune(0)
	for _, r := range clipRunes(s, 400) {
		set[[2]rune{last, r}] = true
		last = r
	}
	return set
}

// separators part a title from the name of its site, in the order tried.
var separators = []string{" | ", " – ", " — ", " - ", " · ", " • ", " » ", " « ", " › ", " ‹ ", " :: ", "｜", " |", "| ", "_", "："}

// withoutSite strips the site's name from either end of a title. An end is the
// site's where it is like its name or its host, or where it is short and the
// title stands without it in an h1.
func (p *page) withoutSite(title string) string {
	for range 3 {
		stripped := p.stripOnce(title)
		if stripped == title {
			break
		}
		title = stripped
	}
	return title
}

func (p *page) stripOnce(title string) string {
	for _, sep := range separators {
		if i := strings.LastIndex(title, sep); i > 0 {
			if p.isSite(title[i+len(sep):]) || p.isHeading(title[:i]) {
				return strings.TrimSpace(title[:i])
			}
		}
		if i := strings.Index(title, sep); i > 0 {
			if p.isSite(title[:i]) || p.isHeading(title[i+len(sep):]) {
				return strings.TrimSpace(title[i+len(sep):])
			}
		}
	}
	return title
}

// isSite reports whether s names the site.
func (p *page) isSite(s string) bool {
	s = folded(s)
	if s == "" {
		return true
	}
	if name := folded(p.doc.SiteName); name != "" && (name == s || strings.HasPrefix(s, name) || strings.HasPrefix(name, s)) {
		return true
	}
	host := folded(strings.TrimPrefix(p.base.Hostname(), "www."))
	return len(s) > 2 && strings.Contains(host, s)
}

// isHeading reports whether an h1 of the page reads s.
func (p *page) isHeading(s string) bool {
	s = folded(s)
	for _, n := range p.survey.h1s {
		if s != "" && foldsTo(textOf(n), s) {
			return true
		}
	}
	return false
}

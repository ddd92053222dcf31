package document

import (
	"strings"
	"unicode/utf8"
)

// readTitle sets the title. The page's own h1 is what a reader sees; JSON-LD
// and og:title say which h1 it is, and stand in where there is none.
func (p *page) readTitle() {
	claimed := p.claimedTitles()
	if h1 := p.headline(claimed); h1 != "" {
		p.doc.Title = h1
		return
	}
	for _, title := range claimed {
		if title = p.withoutSite(title); title != "" {
			p.doc.Title = title
			return
		}
	}
}

// claimedTitles are the titles the page gives itself, most trusted first.
func (p *page) claimedTitles() []string {
	var all []string
	for _, o := range p.linked {
		if o.isArticle() {
			all = append(all, firstOf(o.text("headline"), o.text("name")))
			break
		}
	}
	all = append(all, p.survey.meta("og:title"), p.survey.meta("twitter:title", "dc.title", "dcterms.title", "title"))
	for _, n := range p.survey.items["headline"] {
		all = append(all, squeeze(textOf(n)))
		break
	}
	return append(all, p.survey.title)
}

// headline returns the h1 that is most like a claimed title, or the only h1.
func (p *page) headline(claimed []string) string {
	best, alike := "", 0.0
	for _, n := range p.survey.h1s {
		text := squeeze(textOf(n))
		if text == "" || utf8.RuneCountInString(text) > 300 {
			continue
		}
		for _, title := range claimed {
			if s := similarity(text, p.withoutSite(title)); s > alike {
				best, alike = text, s
			}
		}
	}
	if alike >= 0.5 {
		return best
	}
	return ""
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
var separators = []string{" | ", " – ", " — ", " - ", " · ", " • ", " » ", " :: ", "｜", " |", "| ", "_"}

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
		if s != "" && folded(textOf(n)) == s {
			return true
		}
	}
	return false
}

package document

import (
	"net/url"
	"strings"
)

// Limits of the listing rule.
const (
	headlineWeight = 25 // the least weight of a link that may be a headline
	teasedWeight   = 10 // the same with a teaser under it
	teaserCount    = 5
	proseAHeadline = 60 // weight of prose that an article has for each headline beside it
)

// isListing reports whether the page lists articles and is none. One that calls
// itself an article is none. Otherwise any of these signs tells a listing: it
// has five teasers or more, which say more than the rest (see cutTeasers); it is
// the front page of its host; most of the text's paragraphs, five at least, or
// all of them, two at least or cut off with an ellipsis, follow right on a line
// that is a headline's link; it has eight headlines or more, and less than sixty
// letters of text for each.
func (p *page) isListing() bool {
	if p.isDeclaredArticle() {
		return false
	}
	c := p.countTeasers()
	if c.teasers >= teaserCount && c.teasers*2 > c.prose || c.teasers >= c.prose && (c.teasers > 1 || c.cut > 0) || p.isFront() {
		return true
	}
	return c.headlines >= 8 && sizeOf(p.blocks) < c.headlines*proseAHeadline
}

// teaserCounts is what a page has of lines that speak for a listing, and of
// prose beside them.
type teaserCounts struct {
	headlines int // lines that are links
	teasers   int // paragraphs that follow on a headline, which may have a date beside it
	cut       int // of them those that end in an ellipsis
	prose     int // all paragraphs that end as sentences do
}

func (p *page) countTeasers() (c teaserCounts) {
	standing := map[string]bool{}
	for _, b := range p.blocks {
		if b.isProse() && (endsSentence(b.text) || isCut(b.text)) {
			standing[b.text] = true
			c.prose++
		}
	}
	for i, b := range p.all {
		if b.linkShare() <= 0.5 || b.size < teasedWeight {
			continue
		}
		if b.linkShare() > 0.8 && b.size >= headlineWeight {
			c.headlines++
		}
		if teaser := p.teaser(i+1, standing); teaser != "" {
			c.teasers++
			if isCut(teaser) {
				c.cut++
			}
		}
	}
	return c
}

// isCut reports whether a text breaks off with an ellipsis.
func isCut(text string) bool { return strings.HasSuffix(text, "…") || strings.HasSuffix(text, "...") }

// teaser returns the prose that stands within two lines, "" where there is none.
func (p *page) teaser(from int, standing map[string]bool) string {
	for _, b := range p.all[from:min(from+2, len(p.all))] {
		if standing[b.text] {
			return b.text
		}
	}
	return ""
}

// isFront reports whether the page's address is that of a whole host, which any
// article has beside others.
func (p *page) isFront() bool {
	u, err := url.Parse(p.options.URL)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// isDeclaredArticle reports whether the page calls itself an article.
func (p *page) isDeclaredArticle() bool {
	if p.survey.meta("og:type") == "article" {
		return true
	}
	return len(p.linked) > 0 && p.linked[0].isArticle()
}

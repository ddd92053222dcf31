package document

import (
	"net/url"
	"strings"
)

// Limits of the listing rule.
const (
	headlineWeight = 25 // the least weight of a link that may be a headline
	teaserCount    = 5
	proseAHeadline = 60 // weight of prose that an article has for each headline beside it
)

// isListing reports whether the page lists articles and is none. One that calls
// itself an article is none. Otherwise any of these signs tells a listing: it
// has five teasers or more, which say more than the rest (see cutTeasers); it is
// the front page of its host; most of the text's paragraphs, five at least, or
// all of them, two at least, follow right on a line that is a headline's link;
// it has eight headlines or more, and less than sixty letters of text for each.
func (p *page) isListing() bool {
	if p.isDeclaredArticle() {
		return false
	}
	headlines, teasers, prose := 0, 0, 0
	standing := map[string]bool{}
	for _, b := range p.blocks {
		standing[b.text] = b.isProse()
		if b.isProse() {
			prose++
		}
	}
	for i, b := range p.all {
		if b.linkShare() > 0.8 && b.size >= headlineWeight {
			headlines++
			if p.isTeased(i+1, standing) {
				teasers++
			}
		}
	}
	if teasers >= teaserCount && teasers*2 > prose || teasers > 1 && teasers >= prose || p.isFront() {
		return true
	}
	return headlines >= 8 && sizeOf(p.blocks) < headlines*proseAHeadline
}

// isFront reports whether the page's address is that of a whole host, which any
// article has beside others.
func (p *page) isFront() bool {
	u, err := url.Parse(p.options.URL)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// isTeased reports whether prose that stands follows within two lines.
func (p *page) isTeased(from int, standing map[string]bool) bool {
	for _, b := range p.all[from:min(from+2, len(p.all))] {
		if standing[b.text] {
			return true
		}
	}
	return false
}

// isDeclaredArticle reports whether the page calls itself an article.
func (p *page) isDeclaredArticle() bool {
	if p.survey.meta("og:type") == "article" {
		return true
	}
	return len(p.linked) > 0 && p.linked[0].isArticle()
}

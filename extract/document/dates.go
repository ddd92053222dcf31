package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// The places a date is read from, most trusted first. A date that a machine
// was meant to read beats one for people, and a modification is the last
// resort.
const (
	rankLinked = iota + 1
	rankMeta
	rankMicrodata
	rankDublin
	rankPageLinked // JSON-LD of the web page, not of an article
	rankLabelled   // visible, and said to be the day of publication
	rankTime
	rankVague // metadata of a day that need not be that of publication
	rankVisible
	rankFar // <time> and visible, far from the title
	rankURL
	rankState    // JSON that scripts read
	rankYearless // visible, but without a year in four digits
	rankEdge     // the first and last lines of the text
	rankModified
	rankWordy // a line of many words with a date in it
)

// rawCap bounds a candidate, in runes, and the weight of a line taken for one.
const rawCap = 100

// far is how many nodes from the title a date may well be of another article.
const far = 40

// candidateCap bounds the candidates of a page.
const candidateCap = 40

// metaDates are the names under which pages give the day of publication.
var metaDates = []string{
	"article:published_time", "article:published", "og:article:published_time", "og:published_time", "rnews:datepublished",
	"datepublished", "publishdate", "publish-date", "publish_date", "publication_date", "pubdate", "parsely-pub-date",
	"sailthru.date", "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate", "published_at", "published-date",
	"publisheddate", "citation_publication_date", "citation_date", "article.published",
	"content_create_date", "article:post_date", "weibo:article:create_at", "apub:time", "ptime", "shareaholic:article_published_time",
}

// dublinDates are the terms of Dublin Core for it, as ministries use them.
var dublinDates = []string{"dc.date.issued", "dcterms.issued"}

// The names under which pages give a day that may be of a draft or of a change
// too.
var (
	vagueDates  = []string{"date", "displaydate", "release_date", "timestamp"}
	vagueDublin = []string{"dcterms.date", "dc.date", "dcterms.created", "dc.date.created", "dcterms.available", "dc.date.available"}
)

var modifiedDates = []string{
	"article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "revised", "datemodified",
}

// suggest adds a candidate.
func (p *page) suggest(raw, where string, rank int) {
	raw = clipRunes(squeeze(raw), rawCap)
	if raw == "" || len(p.doc.Dates) >= candidateCap {
		return
	}
	for i, d := range p.doc.Dates {
		if d.Raw == raw {
			if rank < d.Rank {
				p.doc.Dates[i] = DateCandidate{Raw: raw, Where: where, Rank: rank}
			}
			return
		}
	}
	p.doc.Dates = append(p.doc.Dates, DateCandidate{Raw: raw, Where: where, Rank: rank})
}

// readStructuredDates gathers dates from the markup, before pruning cuts any.
func (p *page) readStructuredDates() {
	for _, o := range p.linked {
		rank := rankPageLinked
		if o.isArticle() {
			rank = rankLinked
		}
		p.suggest(firstOf(o.text("datePublished"), o.text("dateCreated"), o.text("uploadDate")), "json-ld", rank)
		p.suggest(o.text("dateModified"), "modified", rankModified)
	}
	p.suggestMetas(metaDates, "meta", rankMeta)
	p.suggestMetas(dublinDates, "dublin-core", rankDublin)
	p.suggestMetas(vagueDates, "meta", rankVague)
	p.suggestMetas(vagueDublin, "dublin-core", rankVague)
	p.suggestMetas(modifiedDates, "modified", rankModified)
	p.suggestItems("datepublished", rankMicrodata)
	p.suggestItems("datecreated", rankVague)
	p.suggestTimes()
	p.suggestURL()
	p.suggestAround()
	p.suggestClassed()
	p.suggestStates()
}

func (p *page) suggestMetas(names []string, where string, rank int) {
	for _, name := range names {
		values := p.survey.metas[name]
		if len(values) > 2 {
			continue // the dates of the works it cites
		}
		for _, value := range values {
			if hasDigit(value) {
				p.suggest(value, where, rank)
			}
		}
	}
}

// suggestItems gathers microdata, nearest to the title first: teasers and
// comments are marked up as well.
func (p *page) suggestItems(name string, rank int) {
	for _, n := range p.nearest(p.survey.items[name]) {
		p.suggest(dateOf(n), "microdata", rank)
	}
}

// nearest returns the elements that hold a date and are of no comment, nearest
// to the title first.
func (p *page) nearest(all []*html.Node) []*html.Node {
	near := slices.DeleteFunc(slices.Clone(all), func(n *html.Node) bool { return !hasDigit(dateOf(n)) || inComments(n) })
	slices.SortStableFunc(near, func(a, b *html.Node) int { return p.distance(a) - p.distance(b) })
	return near
}

// dateOf returns the date an element carries in an attribute, else its text.
func dateOf(n *html.Node) string {
	return firstOf(attr(n, "datetime"), attr(n, "content"), shortText(n))
}

// shortText returns the text of an element if it is short enough for a date.
func shortText(n *html.Node) string {
	text := squeeze(textOf(n))
	if utf8.RuneCountInString(text) > rawCap {
		return ""
	}
	return text
}

// suggestTimes gathers <time>: the one marked as publication first, then those
// nearest to the title.
func (p *page) suggestTimes() {
	near := p.nearest(p.survey.times)
	marked := soleMarked(near)
	if i := slices.Index(near, marked); i > 0 {
		near = slices.Insert(slices.Delete(near, i, i+1), 0, marked)
	}
	for _, n := range near[:min(len(near), 5)] {
		class := strings.ToLower(attr(n, "class") + attr(n, "itemprop"))
		if strings.Contains(class, "modified") || strings.Contains(class, "updated") && !strings.Contains(class, "published") {
			p.suggest(dateOf(n), "modified", rankModified)
			continue
		}
		if n != marked && !p.isBelowTitle(n) {
			p.suggest(dateOf(n), "time", rankFar)
			continue
		}
		p.suggest(dateOf(n), "time", rankTime)
	}
}

// isBelowTitle reports whether an element stands where an article's own date
// does. A <time> above the title may be the site's clock.
func (p *page) isBelowTitle(n *html.Node) bool {
	d := p.survey.order[n] - p.titleAt
	return p.titleAt > 0 && d >= 0 && d <= far
}

// soleMarked returns the one <time> that is marked as publication; nil where
// several are, as in a list of teasers, because then the mark tells nothing.
func soleMarked(times []*html.Node) (marked *html.Node) {
	for _, n := range times {
		if !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "pubdate" }) {
			continue
		}
		if marked != nil {
			return nil
		}
		marked = n
	}
	return marked
}

// distance is how far an element stands from the title, in nodes of the page;
// what stands before the title counts double.
func (p *page) distance(n *html.Node) int {
	d := p.survey.order[n] - p.titleAt
	if d < 0 {
		return -2 * d
	}
	return d
}

var urlDate = regexp.MustCompile(`(?:^|[/_-])((?:19|20)\d\d[/_-](?:0?[1-9]|1[0-2])[/_-](?:3[01]|[12]\d|0?[1-9]))(?:[/_.-]|$)|(?:^|[/_t-])((?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[/_.-]|\d{0,6}\.|$)|/((?:19|20)\d\d/(?:0[1-9]|1[0-2]))/`)

// suggestURL reads a date in the path of the page's address.
func (p *page) suggestURL() {
	path := p.base.Path
	if p.options.URL == "" && p.doc.Canonical != "" {
		path = baseOf(p.doc.Canonical).Path
	}
	if m := urlDate.FindStringSubmatch(path); m != nil {
		p.suggest(firstOf(m[1], m[2], m[3]), "url", rankURL)
	}
}

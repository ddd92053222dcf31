package document

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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
	rankTime
	rankVisible
	rankURL
	rankYearless // visible, but without a year in four digits
	rankEdge     // the first and last lines of the text
	rankModified
)

// rawCap bounds a candidate, in runes.
const rawCap = 100

// candidateCap bounds the candidates of a page.
const candidateCap = 40

// metaDates are the names under which pages give the day of publication.
var metaDates = []string{
	"article:published_time", "article:published", "og:article:published_time", "og:published_time", "rnews:datepublished",
	"datepublished", "publishdate", "publish-date", "publish_date", "publication_date", "pubdate", "parsely-pub-date",
	"sailthru.date", "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate", "published_at", "published-date",
	"publisheddate", "displaydate", "date", "citation_publication_date", "citation_date", "timestamp", "release_date", "article.published",
	"content_create_date", "article:post_date", "weibo:article:create_at", "apub:time", "ptime", "shareaholic:article_published_time",
}

var dublinDates = []string{
	"dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dcterms.created", "dc.date.created", "dcterms.available", "dc.date.available",
}

var modifiedDates = []string{
	"article:modified_time", "og:updated_time", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "revised", "datemodified",
}

// suggest adds a candidate.
func (p *page) suggest(raw, where string, rank int) {
	raw = clipRunes(squeeze(raw), rawCap)
	if raw == "" || len(p.doc.Dates) >= candidateCap {
		return
	}
	for _, d := range p.doc.Dates {
		if d.Raw == raw {
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
	p.suggestMetas(modifiedDates, "modified", rankModified)
	for _, name := range []string{"datepublished", "datecreated"} {
		for _, n := range p.survey.items[name] {
			p.suggest(dateOf(n), "microdata", rankMicrodata)
		}
	}
	p.suggestTimes()
	p.suggestURL()
	p.suggestClassed()
	for _, text := range p.linesAround() {
		p.suggestVisible(text)
	}
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

// suggestTimes gathers <time>, those marked as publication first, then those
// nearest to the title.
func (p *page) suggestTimes() {
	near := slices.Clone(p.survey.times)
	near = slices.DeleteFunc(near, func(n *html.Node) bool { return !hasDigit(dateOf(n)) })
	slices.SortStableFunc(near, func(a, b *html.Node) int { return p.timeOrder(a) - p.timeOrder(b) })
	for _, n := range near[:min(len(near), 5)] {
		class := strings.ToLower(attr(n, "class") + attr(n, "itemprop"))
		if strings.Contains(class, "modified") || strings.Contains(class, "updated") && !strings.Contains(class, "published") {
			p.suggest(dateOf(n), "modified", rankModified)
			continue
		}
		p.suggest(dateOf(n), "time", rankTime)
	}
}

func (p *page) timeOrder(n *html.Node) int {
	for _, a := range n.Attr {
		if a.Key == "pubdate" {
			return -1
		}
	}
	return p.distance(n)
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

// suggestClassed gathers elements whose class names a date, nearest to the
// title first.
func (p *page) suggestClassed() {
	near := slices.DeleteFunc(slices.Clone(p.survey.classed), func(n *html.Node) bool { return len(datedParts(shortText(n))) == 0 })
	slices.SortStableFunc(near, func(a, b *html.Node) int { return p.distance(a) - p.distance(b) })
	taken := 0
	for _, n := range near {
		if taken == 6 {
			return
		}
		if !inComments(n) {
			p.suggestVisible(shortText(n))
			taken++
		}
	}
}

// inComments reports whether an element stands among what readers wrote.
func inComments(n *html.Node) bool {
	for up, height := n.Parent, 0; up != nil && height < 8; up, height = up.Parent, height+1 {
		if hasRule(attr(up, "class"), "comments") || hasRule(attr(up, "id"), "comments") {
			return true
		}
	}
	return false
}

// suggestVisible suggests what people read; "Updated: ..." is a modification,
// and a line without a year comes after those with one.
func (p *page) suggestVisible(line string) {
	for _, text := range datedParts(line) {
		switch {
		case begins(strings.ToLower(text), opens) == "meta":
			p.suggest(text, "modified", rankModified)
		case countFigures(text).long == 0:
			p.suggest(text, "visible", rankYearless)
		default:
			p.suggest(text, "visible", rankVisible)
		}
	}
}

// readVisibleDates gathers lines at the ends of the text, and puts all
// candidates in order.
func (p *page) readVisibleDates() {
	for i, b := range p.blocks {
		if i < 2 || i >= len(p.blocks)-2 {
			p.suggestEdge(b.text)
		}
	}
	slices.SortStableFunc(p.doc.Dates, func(a, b DateCandidate) int { return a.Rank - b.Rank })
}

// suggestEdge suggests a line at an end of the text, or the dateline it opens
// with: "MOSCOW, August 3 - The ministry ...".
func (p *page) suggestEdge(text string) {
	if utf8.RuneCountInString(text) > rawCap {
		text = clipRunes(text, rawCap)
		end := strings.IndexAny(text, "-–—(（.。:：/")
		if end <= 0 {
			return
		}
		text = text[:end]
	}
	if isDatable(text) {
		p.suggest(text, "text", rankEdge)
	}
}

// linesAround are the short dated lines, or the dated parts of a line of
// several facts, that stand within a few lines of the title, nearest first;
// those below it before those above.
func (p *page) linesAround() (found []string) {
	body := child(p.root, atom.Body)
	if body == nil {
		return nil
	}
	blocks := render(body)
	title := p.titleLine(blocks)
	for i := title + 1; i < min(title+12, len(blocks)); i++ {
		found = append(found, datedParts(blocks[i].text)...)
	}
	for i := title - 1; i >= max(title-4, 0); i-- {
		found = append(found, datedParts(blocks[i].text)...)
	}
	return found
}

// datedParts splits a line of facts at the marks between them and returns
// those that may hold a date.
func datedParts(line string) (found []string) {
	if weight(line) > 3*rawCap {
		return nil
	}
	for _, part := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("•|·｜►▪", r) }) {
		if part = strings.TrimSpace(part); isDatable(part) {
			found = append(found, part)
		}
	}
	return found
}

// titleLine returns the line that reads as the title, -1 where there is none.
func (p *page) titleLine(blocks []block) int {
	title := folded(p.doc.Title)
	for i, b := range blocks {
		if title != "" && folded(b.text) == title {
			return i
		}
	}
	return -1
}

// isDatable reports whether a text may hold a date: it is short and has a
// number of four digits, or two numbers, or a number before a Chinese or Korean
// mark of a date, in digits of any script.
func isDatable(s string) bool {
	if s == "" || utf8.RuneCountInString(s) > rawCap {
		return false
	}
	if strings.ContainsAny(s, "©€$£¥₩฿+") || strings.Contains(strings.ToLower(s), "copyright") {
		return false // a footer's year, a price, a telephone
	}
	f := countFigures(s)
	return f.runs >= 2 || f.long > 0 || f.marks > 0
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

package crawler

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gocolly/colly/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// link is one link of a page, resolved against its base.
type link struct {
	url    string // as resolved; not yet canonical
	anchor string // its text, white space folded
	next   bool   // leads to the next page of a listing
	feed   bool   // an alternate of the page that is a feed
	rel    string // what the page says of itself with it, one of the relations; "" for a link to follow
}

// Relations of a page that lead to no other article.
const (
	relCanonical = "canonical"
	relAMP       = "amphtml"
	relSearch    = "search"             // to an OpenSearch description
	relAPI       = "https://api.w.org/" // to WordPress's REST API
	relGenerator = "generator"          // where that would be, in a page made by WordPress
)

// named returns the first link of a relation, "" for none.
func named(links []link, rel string) string {
	for _, l := range links {
		if l.rel == rel {
			return l.url
		}
	}
	return ""
}

const (
	maxAnchor = 300  // bytes of an anchor's text
	maxLinks  = 5000 // of one page; the rest is passed over
)

// watchLinks has colly keep the links of every page it parses. It is asked for
// one element, since each selector would cost a walk of its own, and for the
// head, which every document has, since it puts together the text of whatever
// it is asked for.
func (b *browser) watchLinks() {
	b.collector.OnHTML("head", func(e *colly.HTMLElement) {
		for _, head := range e.DOM.Nodes { // the parser makes one, right below the root
			b.tap.visit.links = linksOf(head.Parent, b.memo.resolver(e.Request, head.Parent))
		}
	})
}

// hasVainBase reports whether the <base> of a document is no address of the web.
// Browsers pass over such a one, colly does not.
func hasVainBase(root *html.Node) bool {
	for node := range root.Descendants() {
		if href := attr(node, "href"); node.DataAtom == atom.Base && href != "" {
			u, err := url.Parse(href)
			return err == nil && u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https"
		}
		if node.DataAtom == atom.Body {
			break
		}
	}
	return false
}

// linksOf returns the links of a document, in its order. resolve makes a
// reference absolute; "" where it is none.
func linksOf(root *html.Node, resolve func(string) string) []link {
	var links []link
	for node := range root.Descendants() {
		address, l := linkAt(node)
		if address == "" {
			continue
		}
		if l.url = resolve(address); l.url == "" {
			continue
		}
		if links = append(links, l); len(links) == maxLinks {
			break
		}
	}
	return links
}

// linkAt reads the link that an element makes; the address is "" where it makes
// none.
func linkAt(node *html.Node) (string, link) {
	switch node.DataAtom {
	case atom.A, atom.Area:
		anchor := anchorOf(node)
		return attr(node, "href"), link{anchor: anchor, next: isNext(attr(node, "rel"), anchor)}
	case atom.Frame:
		return attr(node, "src"), link{}
	case atom.Meta:
		if strings.EqualFold(attr(node, "name"), "generator") && strings.HasPrefix(attr(node, "content"), "WordPress") {
			return usualAPI, link{rel: relGenerator}
		}
		return refresh(attr(node, "http-equiv"), attr(node, "content")), link{}
	case atom.Link:
		return relation(node)
	}
	return "", link{}
}

// relation reads a <link>: to a feed, to the next page of a listing, or what the
// page says of itself.
func relation(node *html.Node) (string, link) {
	rel := strings.Fields(strings.ToLower(attr(node, "rel")))
	switch {
	case slices.Contains(rel, "alternate") && slices.Contains(feedTypes, mediaType(attr(node, "type"))):
		return attr(node, "href"), link{anchor: fold(attr(node, "title")), feed: true}
	case slices.Contains(rel, "next"):
		return attr(node, "href"), link{next: true}
	case slices.Contains(rel, relSearch) && mediaType(attr(node, "type")) != openSearchType:
		return "", link{}
	}
	for _, about := range []string{relCanonical, relAMP, relSearch, relAPI} {
		if slices.Contains(rel, about) {
			return attr(node, "href"), link{rel: about}
		}
	}
	return "", link{}
}

func attr(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name && a.Namespace == "" {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// anchorOf returns the text of a link, or else what its title or images say.
func anchorOf(node *html.Node) string {
	var text, alt strings.Builder
	alt.WriteString(attr(node, "title"))
	for inner := range node.Descendants() {
		if text.Len() > 2*maxAnchor {
			break
		}
		switch {
		case inner.Type == html.TextNode:
			text.WriteString(inner.Data)
		case inner.DataAtom == atom.Img:
			alt.WriteString(" " + attr(inner, "alt"))
		}
	}
	if anchor := fold(text.String()); anchor != "" {
		return anchor
	}
	return fold(alt.String())
}

var feedTypes = []string{"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"}

// fold cuts a text to maxAnchor bytes and folds its white space.
func fold(text string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(text) {
		if b.Len()+len(word) > maxAnchor {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
	}
	return b.String()
}

// nextWords are what links to the next page of a listing say, in the languages
// of the region.
var nextWords = []string{"next", "next page", "next »", "next ›", "next >", "older", "older posts", "»", "›", ">", ">>",
	"下一页", "下一頁", "次へ", "次のページ", "다음", "다음 페이지", "berikutnya", "selanjutnya", "seterusnya", "ถัดไป", "หน้าถัดไป",
	"tiếp", "trang sau", "tiếp theo", "នៅបន្ទាប់", "ຕໍ່ໄປ", "နောက်တစ်ခု", "susunod", "следующая", "вперед", "seguinte", "próximo"}

func isNext(rel, anchor string) bool {
	return slices.Contains(strings.Fields(strings.ToLower(rel)), "next") ||
		slices.Contains(nextWords, strings.ToLower(anchor))
}

// refresh reads <meta http-equiv="refresh" content="0; url=…">.
func refresh(name, content string) string {
	if !strings.EqualFold(name, "refresh") {
		return ""
	}
	_, after, ok := strings.Cut(content, ";")
	key, address, named := strings.Cut(after, "=")
	if !ok || !named || !strings.EqualFold(strings.TrimSpace(key), "url") {
		return ""
	}
	return strings.Trim(address, ` '"`)
}

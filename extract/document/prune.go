package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mass is how much an element says.
type mass struct {
	text   int // weight of its text
	linked int // of that inside links
	prose  int // of that in pieces long enough for prose, outside of links
}

// pruner cuts elements that are not of the article before its body is sought.
type pruner struct {
	page   *page
	masses map[*html.Node]mass
	total  mass
	rules  map[string][]markupRule // by class, for templates repeat themselves
	keep   map[*html.Node]bool     // the title's heading, the declared body, and what they stand in
	core   *html.Node              // what the page says its article stands in, or nil
}

// prune cuts what the markup itself names as no part of the article. A
// selector given by the user is left whole.
func (p *page) prune() {
	if p.selector != nil || p.flattened {
		return
	}
	r := &pruner{page: p, masses: map[*html.Node]mass{}, rules: map[string][]markupRule{}, keep: map[*html.Node]bool{}}
	r.total = r.weigh(p.root, false)
	p.weight, p.prose = r.total.text, r.total.prose
	if !p.lenient {
		r.cutBeside()
	}
	r.walk(p.root)
}

// cutBeside cuts what stands beside the article, as the page is built.
func (r *pruner) cutBeside() {
	p := r.page
	for up := p.titleNode(); up != nil; up = up.Parent {
		r.keep[up] = true
	}
	if r.core = r.findCore(); r.core != nil {
		r.cutOutside(r.core)
	}
	for _, n := range p.survey.items["articlebody"] {
		for up := n; up != nil && r.masses[n].prose > 0; up = up.Parent {
			r.keep[up] = true
		}
	}
	r.cutOtherArticles()
	r.cutTeasers()
}

// titleNode returns the h1 that is most like the title, the only h1 where none
// is like it, or nil.
func (p *page) titleNode() *html.Node {
	var best *html.Node
	likeness := unlike
	for _, n := range p.survey.h1s {
		if s := similarity(textOf(n), p.doc.Title); s > likeness {
			best, likeness = n, s
		}
	}
	if best == nil && len(p.survey.h1s) == 1 {
		return p.survey.h1s[0]
	}
	return best
}

// weigh fills masses from the leaves up.
func (r *pruner) weigh(n *html.Node, linked bool) mass {
	if n.Type == html.TextNode {
		return weighText(n.Data, linked)
	}
	if isUnread(n.DataAtom) && n.DataAtom != atom.Head {
		return mass{}
	}
	linked = linked || n.DataAtom == atom.A
	var sum mass
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		m := r.weigh(c, linked)
		sum = mass{sum.text + m.text, sum.linked + m.linked, sum.prose + m.prose}
	}
	if n.Type == html.ElementNode {
		r.masses[n] = sum
	}
	return sum
}

// proseWeight is the least weight of a piece of text that reads as prose.
const proseWeight = 40

func weighText(s string, linked bool) (m mass) {
	m.text = weight(strings.TrimSpace(s))
	switch {
	case linked:
		m.linked = m.text
	case m.text >= proseWeight:
		m.prose = m.text
	}
	return m
}

// walk cuts from the top down.
func (r *pruner) walk(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch c.Type {
		case html.CommentNode:
			n.RemoveChild(c)
		case html.ElementNode:
			if rule := r.verdict(c); rule != "" {
				r.cut(c, rule)
			} else {
				r.walk(c)
			}
		}
		c = next
	}
}

func (r *pruner) cut(n *html.Node, rule string) {
	if rule != "unread" && r.masses[n].text > 0 {
		r.page.note(rule, textOf(n))
	}
	n.Parent.RemoveChild(n)
}

// verdict names the rule that cuts n, "" where none does.
func (r *pruner) verdict(n *html.Node) string {
	if n.DataAtom == atom.Head {
		return ""
	}
	if isUnread(n.DataAtom) {
		return "unread"
	}
	if isRoot(n.DataAtom) || r.keep[n] || r.isBulk(n) {
		return ""
	}
	if rule := r.byElement(n); rule != "" || r.page.lenient {
		return rule
	}
	for _, a := range n.Attr {
		if a.Key == "class" || a.Key == "id" {
			if rule := r.byClass(n, a.Val); rule != "" {
				return rule
			}
		}
	}
	return ""
}

func isRoot(a atom.Atom) bool {
	return a == atom.Html || a == atom.Body || a == atom.Main
}

// byElement judges n by its tag, role and visibility.
func (r *pruner) byElement(n *html.Node) string {
	m := r.masses[n]
	switch n.DataAtom {
	case atom.Nav:
		return "nav"
	case atom.Footer:
		return "footer"
	case atom.Aside:
		return "aside"
	case atom.Figcaption:
		return "caption"
	case atom.Figure:
		if m.prose == 0 && child(n, atom.Table) == nil && child(n, atom.Blockquote) == nil {
			return "caption"
		}
	case atom.Form, atom.Dialog:
		return "form"
	case atom.Marquee:
		return "ticker"
	}
	switch attr(n, "role") {
	case "navigation", "menu", "menubar", "complementary", "contentinfo", "search", "dialog", "alertdialog":
		return "role"
	}
	if isHidden(n) {
		return "hidden"
	}
	return ""
}

// isHidden reports whether a browser would not show n.
func isHidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return a.Val != "until-found"
		case "class":
			if hasWord(a.Val, "hidden") && !strings.Contains(a.Val, ":") {
				return true
			}
		case "style":
			style := strings.ReplaceAll(strings.ToLower(clipBytes(a.Val, 1000)), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// byClass judges n by the words of its class or id.
func (r *pruner) byClass(n *html.Node, class string) string {
	rules, known := r.rules[class]
	if !known {
		rules = rulesOf(class)
		r.rules[class] = rules
	}
	m := r.masses[n]
	for _, rule := range rules {
		switch {
		case rule.name == liveRule:
			return ""
		case n.DataAtom == atom.Article && rule.strength != linky:
		case rule.strength == always,
			rule.strength == linky && m.linked*3 > m.text,
			rule.strength == short && m.text <= 160,
			rule.strength == few && m.text <= 500,
			rule.strength == teaser && m.text <= 500 && touches(n, atom.A),
			rule.strength == pictured && m.text <= 300 && (touches(n, atom.Img) || touches(n, atom.Picture)):
			return rule.name
		}
	}
	return ""
}

// touches reports whether an element of the kind stands in n or n in it.
func touches(n *html.Node, kind atom.Atom) bool {
	return child(n, kind) != nil || inside(n, kind)
}

// cutOtherArticles cuts <article> elements beside the one the title stands in:
// the next article of an endless page, or teasers.
func (r *pruner) cutOtherArticles() {
	own := r.titleArticle()
	if own == nil || r.masses[own].prose < 200 {
		return
	}
	var others []*html.Node
	for n := range r.page.root.Descendants() {
		if n.DataAtom == atom.Article && !r.keep[n] && !under(n, own) && !isNestedArticle(n) {
			others = append(others, n)
		}
	}
	for _, n := range others {
		r.cut(n, "other-article")
	}
}

// under reports whether n stands in the element above.
func under(n, above *html.Node) bool {
	for up := n.Parent; up != nil; up = up.Parent {
		if up == above {
			return true
		}
	}
	return false
}

func isNestedArticle(n *html.Node) bool { return inside(n, atom.Article) }

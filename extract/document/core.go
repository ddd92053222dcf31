package document

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Shares, in tenths, of the page's prose that an element must hold to be the
// core of the page. A <main> says so itself; an <article> may be a teaser.
const (
	mainTenths    = 1
	articleTenths = 4
)

// bulkWeight is the least weight of prose that is held for bulk by its share.
const bulkWeight = 400

// findCore returns the element that the page itself says its article stands
// in: the only <main>, or the <article> of the title; nil where it says nothing
// believable. What stands outside of it is furniture.
func (r *pruner) findCore() *html.Node {
	var mains []*html.Node
	for n := range r.page.root.Descendants() {
		if n.DataAtom == atom.Main || n.Type == html.ElementNode && attr(n, "role") == "main" {
			mains = append(mains, n)
		}
	}
	if len(mains) == 1 && r.isCore(mains[0], mainTenths) {
		return mains[0]
	}
	if own := r.titleArticle(); own != nil && r.isCore(own, articleTenths) {
		return own
	}
	return nil
}

// titleArticle returns the outermost <article> that the title stands in.
func (r *pruner) titleArticle() (own *html.Node) {
	for up := r.page.titleNode(); up != nil; up = up.Parent {
		if up.DataAtom == atom.Article {
			own = up
		}
	}
	return own
}

// isCore reports whether n holds the title, or the page has none, and that
// many tenths of the prose.
func (r *pruner) isCore(n *html.Node, tenths int) bool {
	m := r.masses[n]
	return (len(r.keep) == 0 || r.keep[n]) && m.prose > 0 && m.prose*10 >= r.total.prose*tenths
}

// cutOutside cuts what stands beside the core and beside what it stands in.
func (r *pruner) cutOutside(core *html.Node) {
	for n := core; n.Parent != nil && n.DataAtom != atom.Body; n = n.Parent {
		for c := n.Parent.FirstChild; c != nil; {
			next := c.NextSibling
			if c != n && c.DataAtom != atom.Head {
				r.cut(c, "outside")
			}
			c = next
		}
	}
}

// isBulk reports whether n holds so much of the page's prose, or of its core's,
// that it cannot be beside the point.
func (r *pruner) isBulk(n *html.Node) bool {
	prose, all, tenths := r.masses[n].prose, r.total.prose, 4
	if r.core != nil {
		all, tenths = r.masses[r.core].prose, 7
	}
	if prose < bulkWeight {
		tenths = 9 // a box beside a story of three lines
	}
	return prose > 0 && prose*10 > all*tenths
}

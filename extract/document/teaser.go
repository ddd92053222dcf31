package document

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// teaserWeight bounds a teaser, its headline included.
const teaserWeight = 500

// articleWeight is the least weight of prose beside the teasers that a page
// which calls itself an article is believed for.
const articleWeight = 200

// cutTeasers cuts boxes that tell of other articles: elements with a heading
// that is all link, and a few lines. Where they say more than the rest of the
// page they are what the page is for: it is a listing, and they stay.
func (r *pruner) cutTeasers() {
	boxes := r.teasers()
	told, all := 0, r.total.prose
	for _, box := range boxes {
		told += r.masses[box].prose
	}
	if r.core != nil {
		all = r.masses[r.core].prose
	}
	if len(boxes) >= teaserCount && told*2 > all && !(r.page.isDeclaredArticle() && all-told >= articleWeight) {
		r.page.doc.Listing = true
		return
	}
	for _, box := range boxes {
		if told < all {
			r.cut(box, "teaser")
		}
	}
}

// teasers returns the boxes, none within another.
func (r *pruner) teasers() (boxes []*html.Node) {
	seen := map[*html.Node]bool{}
	for n := range r.page.root.Descendants() {
		if !isLinkedHeading(n, r.masses[n]) || similarity(textOf(n), r.page.doc.Title) > alike {
			continue
		}
		box := n.Parent
		for up := 0; up < 2 && box != nil && r.masses[box].prose == 0; up++ {
			box = box.Parent
		}
		if box != nil && !seen[box] && !r.keep[box] && !isRoot(box.DataAtom) && r.masses[box].text <= teaserWeight && r.masses[box].prose > 0 {
			seen[box] = true
			boxes = append(boxes, box)
		}
	}
	return outermost(boxes)
}

func isLinkedHeading(n *html.Node, m mass) bool {
	switch n.DataAtom {
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return m.text > 0 && m.linked*10 > m.text*8
	}
	return false
}

// outermost drops nodes that stand within another of the list.
func outermost(all []*html.Node) (outer []*html.Node) {
	in := map[*html.Node]bool{}
	for _, n := range all {
		in[n] = true
	}
	for _, n := range all {
		nested := false
		for up := n.Parent; up != nil && !nested; up = up.Parent {
			nested = in[up]
		}
		if !nested {
			outer = append(outer, n)
		}
	}
	return outer
}

package document

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mend takes the page's blocks that readability kept and gives back what it
// lost: articles told in several sections, of which it sees one, sentences with
// a link that it takes for menus, and the lede. Working on the page's own
// blocks keeps their markup, which readability rewrites. Where too little of
// what it kept is found again, its own blocks are returned.
func (p *page) mend(kept []block) []block {
	m := newMender(p.all, kept)
	if m.found*10 < m.wanted*8 {
		return kept
	}
	title := p.titleLine(p.all)
	var mended []block
	for i, b := range p.all {
		if m.kept[i] || m.lost(i, b) || i > title && i < m.first && p.isLede(b) {
			mended = append(mended, b)
		}
	}
	return mended
}

// isLede reports whether a line above the article is its lede: the page's
// description of itself, or what its markup calls so.
func (p *page) isLede(b block) bool {
	if b.size < 40 || b.linkShare() > 0.3 {
		return false
	}
	if similarity(clipRunes(p.lede, 200), clipRunes(b.text, 200)) > 0.6 {
		return true
	}
	for n, up := b.node, 0; n != nil && up < 3; n, up = n.Parent, up+1 {
		if hasRule(attr(n, "class"), ledeRule) {
			return true
		}
	}
	return false
}

type mender struct {
	kept          []bool
	wanted, found int            // weight of what readability kept, and of what was found again
	first, last   int            // of the kept blocks
	shapes        map[string]int // weight of kept prose by the shape of its markup
	prose         int
}

func newMender(all, kept []block) *mender {
	m := &mender{kept: make([]bool, len(all)), first: len(all), shapes: map[string]int{}}
	want := map[uint64]bool{}
	for _, b := range kept {
		want[b.hash()] = true
		m.wanted += b.size
	}
	for i, b := range all {
		if want[b.hash()] {
			m.keep(i, b)
		}
	}
	return m
}

func (m *mender) keep(i int, b block) {
	m.kept[i] = true
	m.found += b.size
	m.first, m.last = min(m.first, i), max(m.last, i)
	if b.isProse() {
		m.shapes[shape(b.node)] += b.size
		m.prose += b.size
	}
}

// lost reports whether a block that readability dropped is of the article: it
// reads as prose and stands between kept blocks, or in the very markup that
// most of the kept prose stands in; or it is a sentence or a list item and both.
func (m *mender) lost(i int, b block) bool {
	within := i > m.first && i < m.last
	alike := m.shapes[shape(b.node)]*3 > m.prose
	if b.isProse() {
		return within || alike
	}
	return within && alike && b.size >= 20 && endsSentence(b.text) && b.linkShare() < 0.9
}

// isProse reports whether a block reads as running text.
func (b block) isProse() bool {
	return b.size >= 60 && b.linkShare() < 0.4 && !b.isHeading()
}

func (b block) isHeading() bool {
	return b.is(atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
}

// shape names the markup of an element and of the two it stands in.
func shape(n *html.Node) string {
	var s strings.Builder
	for depth := 0; n != nil && depth < 3; n = n.Parent {
		if n.Type != html.ElementNode {
			break
		}
		s.WriteString(n.Data + "." + clipBytes(attr(n, "class"), 200) + "<")
		depth++
	}
	return s.String()
}

package document

import (
	"hash/fnv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is one line of the body.
type block struct {
	text   string
	size   int        // weight of text
	linked int        // weight of the text inside links
	node   *html.Node // the block element it stands in
	broken bool       // parted from the line before by <br>, not by a new element
}

// linkShare is the part of the block that is link.
func (b block) linkShare() float64 {
	return float64(b.linked) / float64(max(b.size, 1))
}

// is reports whether the block stands in an element of one of the kinds, with
// no other block element between.
func (b block) is(kinds ...atom.Atom) bool {
	for _, kind := range kinds {
		if b.node.DataAtom == kind {
			return true
		}
	}
	return false
}

// renderer turns a tree into blocks.
type renderer struct {
	blocks []block
	line   lineWriter
	link   lineWriter // the part of line inside links
	node   *html.Node
	row    bool // within a table row, whose cells make one line
	broken bool
}

// render returns the lines of text under n.
func render(n *html.Node) []block {
	r := &renderer{node: n}
	r.children(n, false)
	r.flush(false)
	return r.blocks
}

func (r *renderer) children(n *html.Node, linked bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.visit(c, linked)
	}
}

func (r *renderer) visit(n *html.Node, linked bool) {
	if n.Type == html.TextNode {
		r.write(n.Data, linked)
		return
	}
	if n.Type != html.ElementNode || isUnread(n.DataAtom) {
		return
	}
	switch {
	case n.DataAtom == atom.Br:
		r.flush(true)
	case n.DataAtom == atom.Tr && isDataRow(n):
		r.tableRow(n, linked)
	case isBlock(n.DataAtom):
		r.block(n, linked)
	default:
		r.children(n, linked || n.DataAtom == atom.A)
	}
}

func (r *renderer) write(s string, linked bool) {
	r.line.write(s)
	if linked {
		r.link.write(s)
	}
}

func (r *renderer) block(n *html.Node, linked bool) {
	if r.row {
		r.line.write(" ")
		r.children(n, linked)
		r.line.write(" ")
		return
	}
	outer := r.node
	r.flush(false)
	r.node = n
	r.children(n, linked)
	r.flush(false)
	r.node = outer
}

// tableRow renders a row as one line, its cells parted by tabs.
func (r *renderer) tableRow(n *html.Node, linked bool) {
	outer := r.node
	r.flush(false)
	r.node = n
	r.row = true
	var cells []string
	linkedSize := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.visit(c, linked)
		if text := r.line.line(); text != "" {
			cells = append(cells, text)
		}
		linkedSize += weight(r.link.line())
	}
	r.row = false
	if text := strings.Join(cells, "\t"); text != "" {
		r.blocks = append(r.blocks, block{text: text, size: weight(text), linked: linkedSize, node: n})
	}
	r.node = outer
}

// flush ends the line; broken says that the next one follows a <br>.
func (r *renderer) flush(broken bool) {
	if r.row {
		r.line.write(" ")
		return
	}
	text, linked := r.line.line(), r.link.line()
	if text != "" {
		r.blocks = append(r.blocks, block{text: text, size: weight(text), linked: weight(linked), node: r.node, broken: r.broken})
	}
	r.broken = broken
}

// isDataRow reports whether a row is of a table of facts: two cells or more
// with text, each short and without blocks of its own. Layout tables have
// cells that hold whole articles.
func isDataRow(tr *html.Node) bool {
	cells := 0
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			continue
		}
		if holdsBlocks(c) {
			return false
		}
		if size := weight(squeeze(textOf(c))); size > 300 {
			return false
		} else if size > 0 {
			cells++
		}
	}
	return cells > 1
}

// holdsBlocks reports whether a cell holds more than one paragraph's worth of
// structure.
func holdsBlocks(cell *html.Node) bool {
	paragraphs := 0
	for d := range cell.Descendants() {
		switch d.DataAtom {
		case atom.Table, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.Article, atom.Section:
			return true
		case atom.P:
			paragraphs++
		}
	}
	return paragraphs > 1
}

func joinBlocks(blocks []block) string {
	var b strings.Builder
	for i, one := range blocks {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(one.text)
	}
	return b.String()
}

// hash is the 64-bit FNV-1a of the block's letters and digits in lower case.
func (b block) hash() uint64 {
	h := fnv.New64a()
	h.Write([]byte(folded(b.text)))
	return h.Sum64()
}

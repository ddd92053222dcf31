package document

import (
	"slices"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readBody picks the blocks of the article: by the user's selector, else by
// readability, else by density. Where the page tells a machine twice as much
// as its markup shows, that is taken instead.
func (p *page) readBody() {
	for _, way := range []struct {
		method string
		read   func() []block
	}{
		{"select", p.selected},
		{"tokenizer", p.flat},
		{"readability", p.readable},
		{"density", p.dense},
	} {
		if blocks := way.read(); len(blocks) > 0 {
			p.blocks, p.doc.Method = blocks, way.method
			break
		}
	}
	if p.selector == nil {
		p.preferHidden()
	}
}

// sizeOf is the weight of all blocks.
func sizeOf(blocks []block) (size int) {
	for _, b := range blocks {
		size += b.size
	}
	return size
}

// selected renders what the user's selector picks.
func (p *page) selected() (blocks []block) {
	if p.selector == nil {
		return nil
	}
	var last *html.Node
	for _, n := range p.selector.MatchAll(p.root) {
		if last != nil && under(n, last) {
			continue
		}
		last = n
		blocks = append(blocks, render(n)...)
	}
	return blocks
}

// flat renders the paragraphs and list items of a page that the tokenizer
// flattened; where it has next to none, its densest lines.
func (p *page) flat() []block {
	if !p.flattened {
		return nil
	}
	blocks := render(p.root)
	told := slices.DeleteFunc(slices.Clone(blocks), func(b block) bool { return b.is(atom.Div) })
	if sizeOf(told) >= 200 {
		return told
	}
	return densest(blocks)
}

// readableCap is the weight of text above which readability is not asked: no
// article is that long, and it would take its time.
const readableCap = 1_500_000

// readable lines up what readability keeps with the page's own blocks.
func (p *page) readable() []block {
	if p.weight > readableCap {
		return nil
	}
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	if wideShare(p.survey.title+p.doc.Title) > 0.3 {
		parser.CharThresholds /= 3
	}
	article, err := parser.ParseDocument(p.root, p.base)
	if err != nil || article.Node == nil {
		return nil
	}
	relabel(article.Node)
	kept := render(article.Node)
	body := child(p.root, atom.Body)
	if body == nil {
		return kept
	}
	p.all = render(body)
	return p.mend(kept)
}

// relabel sets the atoms of nodes whose tags readability changed by name only.
func relabel(n *html.Node) {
	n.DataAtom = atom.Lookup([]byte(n.Data))
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			d.DataAtom = atom.Lookup([]byte(d.Data))
		}
	}
}

// wideShare is the share of the runes of s that are Chinese, Japanese or Korean.
func wideShare(s string) float64 {
	wide, all := 0, 0
	for _, r := range s {
		all++
		if isWide(r) || unicode.Is(unicode.Hangul, r) {
			wide++
		}
	}
	return float64(wide) / float64(max(all, 1))
}

package document

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// flattenCap bounds the nodes of a flattened page.
const flattenCap = 50_000

// flattener reads a page as a stream of tags and keeps a tree two deep: head
// elements, headings, paragraphs, list items and their links.
type flattener struct {
	body  *html.Node
	open  *html.Node // the block being filled, nil between blocks
	link  *html.Node // the link being filled inside it
	nodes int
	text  strings.Builder
}

// flatBlocks are the elements whose text a flattened page keeps.
var flatBlocks = map[atom.Atom]bool{
	atom.P: true, atom.Li: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.Blockquote: true,
	atom.Title: true, atom.Time: true, atom.Script: true, atom.Style: true,
}

// flatVoids are kept for their attributes.
var flatVoids = map[atom.Atom]bool{atom.Meta: true, atom.Link: true, atom.Base: true, atom.Html: true}

// flatten makes the tree of a page that is too big or too deep for a parser.
func flatten(source string) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	root.AppendChild(body)
	f := &flattener{body: body}
	z := html.NewTokenizer(strings.NewReader(source))
	for f.nodes < flattenCap {
		switch z.Next() {
		case html.ErrorToken:
			f.close()
			return root
		case html.TextToken:
			f.write(z)
		case html.StartTagToken, html.SelfClosingTagToken:
			f.start(z)
		case html.EndTagToken:
			f.end(z)
		}
	}
	f.close()
	return root
}

// write keeps text; outside of a block it starts one of its own, a <div>.
func (f *flattener) write(z *html.Tokenizer) {
	text := z.Text()
	if f.open == nil {
		if len(bytes.TrimSpace(text)) == 0 {
			return
		}
		f.open = &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
		f.body.AppendChild(f.open)
		f.nodes++
	}
	f.text.Write(text)
}

func (f *flattener) start(z *html.Tokenizer) {
	name, more := z.TagName()
	tag := atom.Lookup(name)
	switch {
	case tag == atom.Br:
		f.text.WriteByte(' ')
	case tag == atom.A && f.open != nil:
		f.flush()
		f.link = f.element(f.open, tag, z, more)
	case flatVoids[tag]:
		f.element(f.body, tag, z, more)
	case flatBlocks[tag]:
		f.close()
		f.open = f.element(f.body, tag, z, more)
	case isBlock(tag) && f.isOwn():
		f.close()
	}
}

// isOwn reports whether the block being filled is not one of the page's.
func (f *flattener) isOwn() bool { return f.open != nil && f.open.DataAtom == atom.Div }

func (f *flattener) end(z *html.Tokenizer) {
	name, _ := z.TagName()
	tag := atom.Lookup(name)
	if tag == atom.A {
		f.flush()
		f.link = nil
		return
	}
	if f.open != nil && f.open.DataAtom == tag || isBlock(tag) && f.isOwn() {
		f.close()
	}
}

// element appends an element with its attributes to parent.
func (f *flattener) element(parent *html.Node, tag atom.Atom, z *html.Tokenizer, more bool) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag.String(), DataAtom: tag}
	for i := 0; more && i < 20; i++ {
		var key, value []byte
		key, value, more = z.TagAttr()
		n.Attr = append(n.Attr, html.Attribute{Key: string(key), Val: clipBytes(string(value), 1000)})
	}
	parent.AppendChild(n)
	f.nodes++
	return n
}

// flush moves the text gathered into the tree.
func (f *flattener) flush() {
	if f.open == nil || f.text.Len() == 0 {
		return
	}
	to := f.open
	if f.link != nil {
		to = f.link
	}
	to.AppendChild(&html.Node{Type: html.TextNode, Data: html.UnescapeString(f.text.String())})
	f.nodes++
	f.text.Reset()
}

func (f *flattener) close() {
	f.flush()
	f.open, f.link = nil, nil
	f.text.Reset()
}

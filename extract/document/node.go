package document

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attr returns an attribute's value, "" where there is none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// hasWord reports whether a space-separated list holds word.
func hasWord(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// textOf returns the text under n as it stands in the source, scripts left out.
func textOf(n *html.Node) string {
	if n.FirstChild != nil && n.FirstChild == n.LastChild && n.FirstChild.Type == html.TextNode {
		return n.FirstChild.Data
	}
	var b strings.Builder
	writeText(&b, n)
	return b.String()
}

func writeText(b *strings.Builder, n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && !isUnread(c.DataAtom):
			if isBlock(c.DataAtom) || c.DataAtom == atom.Br {
				b.WriteByte(' ')
			}
			writeText(b, c)
		}
	}
}

// inside reports whether n stands in an element of one of the kinds.
func inside(n *html.Node, kinds ...atom.Atom) bool {
	for up := n.Parent; up != nil; up = up.Parent {
		if slices.Contains(kinds, up.DataAtom) {
			return true
		}
	}
	return false
}

// child returns the first element of the kind under n, or nil.
func child(n *html.Node, kind atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == kind {
			return d
		}
	}
	return nil
}

// isUnread reports whether an element's text is never shown.
func isUnread(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Title, atom.Svg, atom.Math, atom.Head, atom.Iframe,
		atom.Object, atom.Embed, atom.Audio, atom.Video, atom.Canvas, atom.Select, atom.Textarea, atom.Button, atom.Datalist:
		return true
	}
	return false
}

// isBlock reports whether an element starts a line of its own.
func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote,
		atom.Section, atom.Article, atom.Aside, atom.Main, atom.Header, atom.Footer, atom.Nav, atom.Figure, atom.Figcaption,
		atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Caption, atom.Dl, atom.Dt, atom.Dd,
		atom.Pre, atom.Hr, atom.Form, atom.Fieldset, atom.Address, atom.Details, atom.Summary, atom.Body, atom.Center:
		return true
	}
	return false
}

package crawler

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// gist is what a page amounts to at a glance: enough to tell a bot check or an
// empty shell from content. Reading stops at maxGist bytes of text, so that it
// costs little on a real page.
type gist struct {
	title   string // lower case
	text    string // visible, lower case, title excluded
	scripts int
	links   int

	noArchive bool // a <meta> of the head asks for it
}

const maxGist = 2 << 10

// enough reports whether there is more text than bot checks and shells have.
func (g gist) enough() bool { return len(g.text) >= 1500 }

func gistOf(body []byte) gist {
	var g gist
	var text, title strings.Builder
	var skipped atom.Atom
	tokens := html.NewTokenizer(bytes.NewReader(body))
	for text.Len() < maxGist {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			return g.with(&title, &text)
		case html.StartTagToken, html.SelfClosingTagToken:
			name, attributes := tokens.TagName()
			tag := atom.Lookup(name)
			g.count(tag)
			if tag == atom.Meta && attributes {
				g.noArchive = g.noArchive || metaForbidsArchive(tokens)
			}
			if skipped == 0 && kind == html.StartTagToken && isHidden(tag) {
				skipped = tag
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if atom.Lookup(name) == skipped {
				skipped = 0
			}
		case html.TextToken:
			into := &text
			if skipped == atom.Title {
				into = &title
			} else if skipped != 0 {
				continue
			}
			for word := range bytes.FieldsSeq(tokens.Text()) {
				if into.Len() > maxGist {
					break
				}
				into.Write(word)
				into.WriteByte(' ')
			}
		}
	}
	return g.with(&title, &text)
}

func (g gist) with(title, text *strings.Builder) gist {
	g.title, g.text = strings.ToLower(strings.TrimSpace(title.String())), strings.ToLower(text.String())
	return g
}

func (g *gist) count(tag atom.Atom) {
	switch tag {
	case atom.Script:
		g.scripts++
	case atom.A:
		g.links++
	}
}

func isHidden(tag atom.Atom) bool {
	switch tag {
	case atom.Title, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg:
		return true
	}
	return false
}

// isShell reports whether a page is an empty frame that scripts would fill:
// scripts, hardly a word, hardly a link.
func (g gist) isShell() bool {
	return g.scripts > 0 && len(g.text) < 200 && g.links < 3
}

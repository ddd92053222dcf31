package broadsheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
	nethtml "golang.org/x/net/html"
)

// read reads Markdown as GitHub does, but lets every element through.
func read(t failing, text string) *nethtml.Node {
	t.Helper()
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe())).Convert([]byte(text), &page); err != nil {
		t.Fatal(err)
	}
	doc, err := nethtml.Parse(&page)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func tags(doc *nethtml.Node) (all []string) {
	for _, n := range elements(doc) {
		all = append(all, n.Data)
	}
	return all
}

func TestMarkdownIsReadAsItIsMeant(t *testing.T) {
	l := fixture()
	doc := read(t, set(t, New(l, about), "md"))
	cells := 0
	for _, table := range elements(doc, "table") {
		cells += len(elements(table, "td"))
	}
	blocks := len(New(l, about).content.Blocks())
	want := (len(l.States)+2)*len(l.Events) + (len(l.States)+2)*blocks
	if cells != want {
		t.Errorf("%d cells, want %d", cells, want)
	}
	for _, a := range elements(doc, "a") {
		if address, _ := attr(a, "href"); link(address) == "" {
			t.Errorf("a link leads to %q", address)
		}
	}
}

func FuzzMarkdown(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	for _, text := range []string{"1. a", "- a", "+", "10) x", "=", "***", "\\", "<https://a.test>", "~~a~~", "^a", "[^1]: a", "&amp;", "a  ", "www.a.test", "ftp://a.test", "mailto:a@a.test", "xmpp:a@a.test/b"} {
		f.Add(text)
	}
	plainly := tags(read(f, set(f, New(foreign(f, "word", "https://a.test/", "en"), about), "md")))
	f.Fuzz(func(t *testing.T, text string) {
		if tidy(text) == "" {
			return
		}
		doc := read(t, set(t, New(foreign(t, text, "https://a.test/", "en"), about), "md"))
		if diff := cmp.Diff(plainly, tags(doc)); diff != "" {
			t.Fatalf("%q is read as more than text: %s", text, diff)
		}
		lists := elements(doc, "ol")
		if have, want := textOf(lists[len(lists)-1]), "“"+tidy(text)+"”"; !strings.Contains(have, want) {
			t.Errorf("the note reads %q, want %q in it", have, want)
		}
	})
}

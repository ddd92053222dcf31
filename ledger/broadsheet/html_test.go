package broadsheet

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/ledger"
)

// failing is what tests and fuzz targets share.
type failing interface {
	Helper()
	Errorf(string, ...any)
	Fatal(...any)
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func elements(doc *html.Node, names ...string) (all []*html.Node) {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && (len(names) == 0 || slices.Contains(names, n.Data)) {
			all = append(all, n)
		}
	}
	return all
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// checkPage holds what is promised of every page.
func checkPage(t failing, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	ids := checkIDs(t, doc)
	for _, n := range elements(doc) {
		checkElement(t, n, ids)
	}
	checkHeadings(t, doc)
	checkTables(t, doc)
	return doc
}

func checkIDs(t failing, doc *html.Node) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	for _, n := range elements(doc) {
		id, has := attr(n, "id")
		if has && (id == "" || ids[id] || strings.ContainsAny(id, " \t")) {
			t.Errorf("id %q of %s is none or there twice", id, n.Data)
		}
		ids[id] = has
	}
	return ids
}

// checkElement finds what could load, run or lead anywhere else than is said.
func checkElement(t failing, n *html.Node, ids map[string]bool) {
	t.Helper()
	if slices.Contains([]string{"script", "iframe", "object", "embed", "link", "img", "image", "base", "form", "audio", "video", "foreignobject", "foreignObject"}, n.Data) {
		t.Errorf("there is a %s", n.Data)
	}
	for _, a := range n.Attr {
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "src", a.Key == "srcset", a.Key == "action", a.Key == "ping":
			t.Errorf("%s has %s=%q", n.Data, a.Key, a.Val)
		case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
			if !ids[a.Val[1:]] {
				t.Errorf("%s leads to %s, which is nowhere", n.Data, a.Val)
			}
		case a.Key == "href":
			rel, _ := attr(n, "rel")
			if n.Data != "a" || link(a.Val) == "" || rel != "noopener noreferrer nofollow" {
				t.Errorf("%s leads to %q with rel %q", n.Data, a.Val, rel)
			}
		case a.Key == "cite" && link(a.Val) == "":
			t.Errorf("%s cites %q", n.Data, a.Val)
		case a.Key == "aria-labelledby" && !ids[a.Val]:
			t.Errorf("%s is labelled by %q, which is nowhere", n.Data, a.Val)
		case a.Key == "style":
			t.Errorf("%s has a style of its own", n.Data)
		}
	}
	if _, dir := attr(n, "dir"); (n.Data == "blockquote" || n.Data == "q") && !dir {
		t.Errorf("a quote has no direction")
	}
}

func checkHeadings(t failing, doc *html.Node) {
	t.Helper()
	last := 0
	for _, h := range elements(doc, "h1", "h2", "h3", "h4", "h5", "h6") {
		level := int(h.Data[1] - '0')
		if level > last+1 || level == 1 && last > 0 {
			t.Errorf("%s %q comes behind a heading of level %d", h.Data, textOf(h), last)
		}
		last = level
	}
}

func checkTables(t failing, doc *html.Node) {
	t.Helper()
	for _, table := range elements(doc, "table") {
		if len(elements(table, "caption")) != 1 {
			t.Errorf("a table has no caption")
		}
		for _, th := range elements(table, "th") {
			if scope, _ := attr(th, "scope"); !slices.Contains([]string{"col", "row", "colgroup"}, scope) {
				t.Errorf("th %q has scope %q", textOf(th), scope)
			}
		}
	}
}

func TestAPageLoadsAndRunsNothingAndIsInOrder(t *testing.T) {
	page := set(t, New(fixture(), about), "html")
	doc := checkPage(t, page)
	policy := ""
	for _, meta := range elements(doc, "meta") {
		if kind, _ := attr(meta, "http-equiv"); kind == "Content-Security-Policy" {
			policy, _ = attr(meta, "content")
		}
	}
	if !strings.HasPrefix(policy, "default-src 'none'; style-src 'unsafe-inline'") {
		t.Errorf("the policy is %q", policy)
	}
	if lang, _ := attr(elements(doc, "html")[0], "lang"); lang != "en" {
		t.Errorf("the page is in %q", lang)
	}
	for _, style := range elements(doc, "style") {
		if text := textOf(style); strings.Contains(text, "url(") || strings.Contains(text, "@import") {
			t.Error("the style sheet loads something")
		}
	}
}

func TestEveryCellSaysWhatTheLedgerSays(t *testing.T) {
	l := fixture()
	doc := checkPage(t, set(t, New(l, about), "html"))
	cells, filled := 0, map[string]string{}
	for _, td := range elements(doc, "td") {
		if body := td.Parent.Parent; body.Data != "tbody" || !strings.Contains(attrOf(body.Parent, "class"), "matrix") {
			continue
		}
		cells++
		for _, a := range elements(td, "a") {
			filled[attrOf(a, "href")] = textOf(td)
		}
	}
	if want := len(l.States) * len(l.Events); cells != want {
		t.Errorf("%d cells, want %d", cells, want)
	}
	for i, event := range l.Events {
		for _, state := range l.States {
			have := filled[fmt.Sprintf("#c%d-%s", i+1, state)]
			said := l.Cell(state, event).Said
			for _, s := range said {
				if want := s.Words(); !strings.Contains(have, want) && (s.Stance != ewgwatch.Mentioned || len(said) == 1) {
					t.Errorf("the cell of %s at %s says %q, want %q", state, event.ID, have, want)
				}
				if s.Contradicts != strings.Contains(have, "≠contradicted: "+s.Words()) {
					t.Errorf("the cell of %s at %s says %q, contradicted %v", state, event.ID, have, s.Contradicts)
				}
			}
			if len(said) == 0 && have != "" {
				t.Errorf("the empty cell of %s at %s says %q", state, event.ID, have)
			}
		}
	}
}

func attrOf(n *html.Node, name string) string {
	value, _ := attr(n, name)
	return value
}

func FuzzHTML(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, "https://a.test/"+text, "th")
		f.Add(text, text, text)
	}
	f.Add("They went.", "https://<<st/a", "en-GB")
	f.Add("They went.", "https://新加坡.test:80/a b?c=\"d\"#e", "")
	f.Add("They went.", "https://user:word@a.test/", "x-")
	f.Fuzz(func(t *testing.T, text, address, lang string) {
		doc := checkPage(t, set(t, New(foreign(t, text, address, lang), about), "html"))
		quotes := elements(doc, "blockquote")
		if len(quotes) != 1 {
			t.Fatalf("%d quotes, want 1", len(quotes))
		}
		if have, want := textOf(quotes[0]), tidy(text); have != want {
			t.Errorf("the quote reads %q, want %q", have, want)
		}
		if have := textOf(quotes[0]); have != plain.Line(have) {
			t.Errorf("the quote %q has characters that nobody sees", have)
		}
		if have := textOf(elements(doc, "h3")[len(elements(doc, "h3"))-2]); have != cmp.Or(tidy(text), "ewgct-x") {
			t.Errorf("the event is called %q, want %q", have, tidy(text))
		}
	})
}

// foreign is a ledger of one finding of which a page has written everything.
func foreign(t failing, text, address, lang string) *ledger.Ledger {
	t.Helper()
	f := says(text, ewgwatch.Laos, ewgwatch.Attended, ewgwatch.Event{ID: "ewgct-x", Name: text, Place: "at " + text, Kind: ewgwatch.EventKind(text), Cycle: text}, text)
	f.URL, f.Lang, f.Title = address, lang, text
	l, err := ledger.New(seq([]ewgwatch.Finding{f}), nil, ledger.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

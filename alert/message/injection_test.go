package message_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	markdowntext "github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/alert/message"
	"ewgwatch/internal/plain"
)

// foreign puts words where pages, sources and analysts put theirs.
func foreign(class ewgwatch.AlertClass, name, quote, other string) ewgwatch.Alert {
	n := map[ewgwatch.AlertClass]func() ewgwatch.Notice{
		ewgwatch.NewClaim: contradicted, ewgwatch.MoreSources: moreSources, ewgwatch.Contradicted: contradiction, ewgwatch.Correction: corrected,
		ewgwatch.ExpectationDue: expectation, ewgwatch.SourceHealth: func() ewgwatch.Notice { return coverage(ewgwatch.HealthGone, other) },
	}[class]()
	n.Event.Name, n.Event.Place = name, other
	n.Source.Name, n.Transition.Why = name, other
	if n.Why != "" {
		n.Why = "corrected: said " + other
	}
	n.Reason = quote
	findings := []*ewgwatch.Finding{&n.Finding}
	for i := range n.Beside {
		findings = append(findings, &n.Beside[i].Finding)
	}
	for _, f := range findings {
		f.Source.Name, f.Quote, f.Title, f.Wire, f.Published.Raw = name, quote, "t"+other, other, other
	}
	whole := alertOf(ewgwatch.Digest, n, n)
	whole.Subscription = other
	return whole
}

var newsClasses = []ewgwatch.AlertClass{
	ewgwatch.NewClaim, ewgwatch.MoreSources, ewgwatch.Contradicted, ewgwatch.Correction, ewgwatch.ExpectationDue, ewgwatch.SourceHealth,
}

func FuzzRender(f *testing.F) {
	for i, s := range []string{
		"\r\nBcc: a@b.test\r\n\r\n", "=?utf-8?q?=0d=0aBcc:?=", "<script>alert(1)</script>", `"><img src=x onerror=y>`, "{{.}}", "</title></style></td>",
		"**a** _b_ `c` ~~d~~ [e](https://f.test) ![g](h) <i> <https://j.test> https://k.test www.l.test m@n.test", "# a", "> a", "1. a", "- [ ] a", "| a | b |", "***", "===", "&lt; &#60; \\",
		"<!channel> <@U1> @everyone", "\x1b[31m\x9b2J\x07", "\u202eabc\u2066", "a\u2028b\u2029c\u0085d", "\ufffe\ufdd0\xff", strings.Repeat("e\u0301\u0302\u0303", 90), strings.Repeat("界", 300), "",
	} {
		f.Add(i, s, s, s)
	}
	f.Fuzz(func(t *testing.T, class int, name, quote, other string) {
		kind := newsClasses[(class%len(newsClasses)+len(newsClasses))%len(newsClasses)]
		checkForeign(t, kind, name, quote, other)
	})
}

// Bytes at random seldom make Markdown or a header: marks at random do.
func TestNoMixOfMarksPasses(t *testing.T) {
	marks := rapid.SampledFrom(strings.Split("\r\n|\n\n|    |\t|\x1b[31m|\u2028|\u202e|\u200b|a|word| |1.|1)|-|+|*|**|_|__|~~|`|```|#|##|>|!|[|]|[x]|[x]:|(|)|<|>|<b>|</td>|<!--|-->|&lt;|&#64;|&|;|\\|/|\"|'|"+
		"=|===|---|@here|<@U1>|<!here>|https://a.test|www.a.test|a@b.test|mailto:|:|:joy:|$x$|^1|[^1]|[^1]:|{#id}|=?utf-8?b?|?=|Bcc:|{{.}}|{n}|{source}|界|ไทย|\u0301|\xff|\x00|“|”", "|"))
	words := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(marks, 0, 12).Draw(t, "marks"), "") })
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(newsClasses).Draw(t, "class")
		checkForeign(t, kind, words.Draw(t, "name"), words.Draw(t, "quote"), words.Draw(t, "other"))
	})
}

// checkForeign renders foreign words, and fails where they are more than words.
func checkForeign(t rapid.TB, kind ewgwatch.AlertClass, name, quote, other string) {
	t.Helper()
	got, err := message.Render(foreign(kind, name, quote, other), desk)
	if err != nil {
		t.Fatal(err)
	}
	harmless, err := message.Render(foreign(kind, tame(name), tame(quote), tame(other)), desk)
	if err != nil {
		t.Fatal(err)
	}
	checkLines(t, got)
	if want, have := htmlShape(t, harmless.HTML), htmlShape(t, got.HTML); !cmp.Equal(want, have) {
		t.Fatalf("HTML (-harmless +foreign):\n%s", cmp.Diff(want, have))
	}
	if want, have := markdownShape(harmless.Markdown), markdownShape(got.Markdown); !cmp.Equal(want, have) {
		t.Fatalf("Markdown (-harmless +foreign):\n%s\n%s", cmp.Diff(want, have), got.Markdown)
	}
	if !json.Valid(got.JSON) {
		t.Fatalf("no JSON: %s", got.JSON)
	}
}

// tame is a word that nobody can object to, where there is anything to see of s.
func tame(s string) string {
	if strings.Trim(strings.Map(seen, plain.Line(s)), " ") == "" {
		return ""
	}
	return "word"
}

func seen(r rune) rune {
	if r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef {
		return -1
	}
	return r
}

func checkLines(t rapid.TB, m message.Message) {
	t.Helper()
	for what, line := range map[string]string{"subject": m.Subject, "topic": m.Topic, "short": m.Short} {
		if strings.ContainsFunc(line, unsafe) || !utf8.ValidString(line) {
			t.Fatalf("%s %q is not one safe line", what, line)
		}
		if strings.ContainsAny(line, "<>@") {
			t.Fatalf("%s %q may call somebody in a chat", what, line)
		}
	}
	if plain.Width(m.Subject) > 150 || utf8.RuneCountInString(m.Subject) > 1200 || strings.Contains(m.Subject, "=?") {
		t.Fatalf("subject %q is too long, or an encoded word", m.Subject)
	}
	if utf8.RuneCountInString(m.Short) > 300 {
		t.Fatalf("short text of %d characters", utf8.RuneCountInString(m.Short))
	}
	for what, text := range map[string]string{"text": m.Text, "Markdown": m.Markdown, "HTML": m.HTML} {
		for line := range strings.SplitSeq(text, "\n") {
			if strings.ContainsFunc(line, unsafe) || !utf8.ValidString(line) {
				t.Fatalf("%s has the line %q", what, line)
			}
			if what == "text" && plain.Width(line) > 72 && !strings.HasPrefix(strings.TrimSpace(line), "http") {
				t.Fatalf("a line is %d wide: %q", plain.Width(line), line)
			}
		}
	}
}

// unsafe are the characters that move a cursor, end a line or turn text around.
func unsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

// htmlShape is everything in a document but its text: elements with their
// attributes, and of those the values that lead somewhere.
func htmlShape(t rapid.TB, document string) (shape []string) {
	t.Helper()
	tokens := html.NewTokenizer(strings.NewReader(document))
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			return shape
		case html.TextToken:
		default:
			token := tokens.Token()
			word := kind.String() + " " + token.Data
			for _, a := range token.Attr {
				word += " " + a.Key
				if a.Key == "style" || a.Key == "class" || a.Key == "lang" {
					word += "=" + a.Val
				}
				if a.Key == "href" {
					page, _, _ := strings.Cut(a.Val, "#")
					word += "=" + page
				}
			}
			shape = append(shape, word)
		}
	}
}

// markdownShape is everything in a text but its words: the kinds of its blocks and
// spans, and where its links lead.
func markdownShape(text string) (shape []string) {
	parser := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList)).Parser()
	source := []byte(text)
	err := ast.Walk(parser.Parse(markdowntext.NewReader(source)), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		word := node.Kind().String()
		switch n := node.(type) {
		case *ast.Text:
			if !n.SoftLineBreak() && !n.HardLineBreak() {
				return ast.WalkContinue, nil
			}
			word = "line break"
		case *ast.Link:
			page, _, _ := strings.Cut(string(n.Destination), "#")
			word += " " + page
		}
		if entering {
			shape = append(shape, word)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		return []string{err.Error()}
	}
	return shape
}

func TestHostileWordsStayWords(t *testing.T) {
	m, err := message.Render(hostile(), desk)
	if err != nil {
		t.Fatal(err)
	}
	checkLines(t, m)
	if found := strings.Count(m.HTML, "<a "); found != 2 {
		t.Errorf("%d links, want those to the page and to the dashboard", found)
	}
	for _, never := range []string{"<script", "<img", `="javascript:`, "mindef.gov.sg@"} {
		if strings.Contains(m.HTML, never) {
			t.Errorf("the document has %s", never)
		}
	}
	for _, never := range []string{"@everyone", "<!channel", "](https://evil.test)", "`code`"} {
		if strings.Contains(m.Markdown, never) {
			t.Errorf("the Markdown has %s", never)
		}
	}
}

func TestMarkdownShowsWhatWasSaid(t *testing.T) {
	const quote = `They said: "5 * 4_000 = (20 000) [sic] #1 ~ | ! + - . \ & $"`
	n := absent()
	n.Finding.Quote = quote
	m, err := message.Render(alertOf(ewgwatch.NewClaim, n), desk)
	if err != nil {
		t.Fatal(err)
	}
	var page strings.Builder
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(m.Markdown), &page); err != nil {
		t.Fatal(err)
	}
	if shown := html.UnescapeString(page.String()); !strings.Contains(shown, quote) {
		t.Errorf("%s\nis not in\n%s", quote, shown)
	}
}

func TestADocumentLoadsNothingAndCountsNobody(t *testing.T) {
	for name, alert := range alerts() {
		m, err := message.Render(alert, desk)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range htmlShape(t, m.HTML) {
			for _, never := range []string{"img", "link", "script", "iframe", "form", "svg", "video", "object", "base"} {
				if strings.HasPrefix(word, "StartTag "+never) || strings.HasPrefix(word, "SelfClosingTag "+never) {
					t.Errorf("%s has %s", name, word)
				}
			}
			if strings.Contains(word, " src") || strings.Contains(word, "url(") || strings.Contains(word, " background") && !strings.Contains(word, "style=") {
				t.Errorf("%s loads by %s", name, word)
			}
		}
	}
}

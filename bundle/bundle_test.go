package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"ewgwatch"
)

var made = time.Date(2026, 11, 24, 1, 2, 3, 0, time.UTC)

// paged is a page whose text holds this quote at its place.
func paged(before, quote, after string) Page {
	return Page{
		Findings: []ewgwatch.Finding{{
			ID: "f_1", State: "LA", Stance: "attended", Quote: quote, QuoteStart: len(before), QuoteEnd: len(before) + len(quote),
			URL: "https://a.test/story", FoundAt: made, Capture: ewgwatch.Capture{SHA256: "ab", File: "x.warc.gz", Offset: 7},
		}},
		Article: ewgwatch.Article{Title: "A title", Text: before + quote + after, Lang: "en"},
		Fetched: made, Records: []byte("records"), Received: []byte("received"), Decoded: []byte("<script>alert(1)</script>"),
	}
}

func written(t *testing.T, pages ...Page) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "evidence")
	err := Write(dir, pages, About{Program: "ewgwatch 1.2", Rules: "3-ab", Made: made, Beside: map[string][]byte{"runs.log": []byte("{}\n")}})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestEveryFileIsSummedAndTheSumsHold(t *testing.T) {
	dir := written(t, paged("", "Laos attended.", ""), paged("Before. ", "Laos stayed away.", " After."))
	sums, err := os.ReadFile(filepath.Join(dir, "SHA256SUMS"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for line := range strings.Lines(string(sums)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		want[name] = sum
	}
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || name == "SHA256SUMS" {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		if have := fmt.Sprintf("%x", sha256.Sum256(data)); have != want[name] {
			t.Errorf("%s: SHA-256 %s, SHA256SUMS says %q", name, have, want[name])
		}
		delete(want, name)
		return err
	})
	if err != nil || len(want) > 0 {
		t.Errorf("summed and not there: %v, %v", want, err)
	}
	var f facts
	data, err := os.ReadFile(filepath.Join(dir, "page-1", "f_1.json"))
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	if err != nil || f.Quote != "Laos attended." || f.Capture.Offset != 7 || f.StateName != "Laos" {
		t.Errorf("%+v, %v", f, err)
	}
}

// What a page says is text in whatever is made of it, and the quote is marked.
func TestPagesAreTextAndTheQuoteIsMarked(t *testing.T) {
	piece := rapid.SampledFrom([]string{"Laos ", "</mark>", "<script>alert(1)</script>", "&lt;", "\n", "ลาว", "\"'`", "<!--", "\x00", "{{.}}", "</style>"})
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(t, "pieces"), "") })
	rapid.Check(t, func(t *rapid.T) {
		before, quote, after := text.Draw(t, "before"), "Q"+text.Draw(t, "quote")+"Q", text.Draw(t, "after")
		p := paged(before, quote, after)
		p.Article.Title, p.Findings[0].URL = text.Draw(t, "title"), "javascript:"+text.Draw(t, "url")
		var b binder
		page, readme := b.render("quotes.html", sheetOf("page-1", p)), b.render("guide.html", guide{Pages: []sheet{sheetOf("page-1", p)}})
		if b.err != nil {
			t.Fatal(b.err)
		}
		for _, text := range [][]byte{page, readme} {
			if tags := tagsOf(t, text); tags["script"] > 0 || tags["style"] != 1 {
				t.Fatalf("tags %v in %s", tags, text)
			}
		}
		want := strings.NewReplacer("\n", "", "\x00", "\ufffd").Replace(quote)
		if have := marked(t, page); have != want {
			t.Fatalf("marked is %q, want %q", have, want)
		}
	})
}

func tagsOf(t *rapid.T, page []byte) map[string]int {
	tags := map[string]int{}
	walk(t, page, func(n *html.Node) {
		if n.Type == html.ElementNode {
			tags[n.Data]++
		}
	})
	return tags
}

func marked(t *rapid.T, page []byte) (text string) {
	walk(t, page, func(n *html.Node) {
		if n.Type == html.TextNode && n.Parent.Data == "mark" {
			text += n.Data
		}
	})
	return text
}

func walk(t *rapid.T, page []byte, each func(*html.Node)) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		each(n)
	}
}

func TestQuotesThatMeetAreMarkedOnce(t *testing.T) {
	p := paged("", "One two.", " Three four.")
	second := p.Findings[0]
	second.Quote, second.QuoteStart, second.QuoteEnd = "two. Three", 4, 14
	lost := p.Findings[0]
	lost.Quote, lost.QuoteStart, lost.QuoteEnd = "Five", 900, 904
	p.Findings = append(p.Findings, second, lost)
	s := sheetOf("page-1", p)
	if len(s.Paragraphs) != 1 || len(s.Paragraphs[0]) != 2 || s.Paragraphs[0][0] != (piece{"One two. Three", true}) {
		t.Errorf("%+v", s.Paragraphs)
	}
	if len(s.Unplaced) != 1 || s.Unplaced[0].Quote != "Five" {
		t.Errorf("unplaced: %+v", s.Unplaced)
	}
}

func TestAFolderThatExistsIsLeftAlone(t *testing.T) {
	dir := written(t, paged("", "Laos attended.", ""))
	err := Write(dir, []Page{paged("", "Other.", "")}, About{Made: made})
	if err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Errorf("error %v", err)
	}
	left, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(left) != 1 {
		t.Errorf("left are %v, %v", left, err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "page-1", "text.txt")); err != nil || !strings.Contains(string(text), "Laos attended.") {
		t.Errorf("%q, %v", text, err)
	}
}

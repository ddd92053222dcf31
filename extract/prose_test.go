package extract

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// prose returns what the demo's sites print, by language: news on exercises and
// meetings, with names in it as thick as in reports of that kind.
func prose(tb testing.TB) map[string]string {
	tb.Helper()
	pages, err := filepath.Glob("../internal/newsworld/sites/*/*.page")
	if err != nil || len(pages) == 0 {
		tb.Fatalf("want pages of the demo, have %d: %v", len(pages), err)
	}
	texts := map[string]string{}
	for _, page := range pages {
		body, err := os.ReadFile(page)
		if err != nil {
			tb.Fatal(err)
		}
		head, text, _ := strings.Cut(strings.TrimPrefix(string(body), "---\n"), "\n---\n")
		texts[pageLang(tb, page, head)] += text
	}
	return texts
}

// pageLang is the language that a page's head names, or else its site's.
func pageLang(tb testing.TB, page, head string) string {
	tb.Helper()
	for line := range strings.Lines(head) {
		if lang, ok := strings.CutPrefix(line, "lang:"); ok {
			return strings.TrimSpace(lang)
		}
	}
	text, err := os.ReadFile(filepath.Join(filepath.Dir(page), "site.json"))
	if err != nil {
		tb.Fatal(err)
	}
	var site struct{ Lang string }
	if err := json.Unmarshal(text, &site); err != nil {
		tb.Fatal(err)
	}
	return site.Lang
}

// BenchmarkProse finds names and topic words, word edges and capitals checked:
// in each language's text those of the language and its kin, and in "every"
// those of the whole lexicon in the texts of all.
func BenchmarkProse(b *testing.B) {
	texts := prose(b)
	for _, lang := range []string{"en", "zh", "th", "ru", "ja", "vi"} {
		benchmarkScan(b, lang, texts[lang], langsOf(lang))
	}
	benchmarkScan(b, "every", allOf(texts), words().Langs)
}

func benchmarkScan(b *testing.B, name, text string, langs []string) {
	b.Helper()
	text = strings.Repeat(text, 1+(64<<10)/len(text))
	v := names.of(langs)
	b.Run(name, func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			v.scan(text)
		}
	})
}

func allOf(texts map[string]string) string {
	var all strings.Builder
	for _, lang := range slices.Sorted(maps.Keys(texts)) {
		all.WriteString(texts[lang])
	}
	return all.String()
}

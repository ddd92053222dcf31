package document

import (
	"context"
	"io"
	"strings"
	"testing"

	"codeberg.org/readeck/go-readability/v2"
)

// realPages are pages to time with.
func realPages(b *testing.B) []truth {
	b.Helper()
	var all []truth
	for _, tr := range readTruths(b) {
		if tr.Source == "scrapinghub" {
			all = append(all, tr)
		}
	}
	return all
}

// BenchmarkParse times all fields of the scrapinghub pages beside readability
// alone, HTML parse included in both.
func BenchmarkParse(b *testing.B) {
	pages := realPages(b)
	sources := make([]string, len(pages))
	for i, tr := range pages {
		sources[i] = tr.html(b)
	}
	b.Run("document", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			n := i % len(pages)
			if _, err := Parse(context.Background(), sources[n], Options{URL: pages[n].URL}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("readability", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			n := i % len(pages)
			parser := readability.NewParser()
			article, err := parser.Parse(strings.NewReader(sources[n]), baseOf(pages[n].URL))
			if err != nil {
				b.Fatal(err)
			}
			if err := article.RenderText(io.Discard); err != nil && article.Node != nil {
				b.Fatal(err)
			}
		}
	})
}

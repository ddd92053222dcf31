package extract

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"codeberg.org/readeck/go-readability/v2"

	"ewgwatch"
)

var (
	pages  = flag.String("pages", "", "pattern of the pages that bench/reading reads; without it, none are")
	rounds = flag.Int("rounds", 5, "how often bench/reading reads each")
)

// readers are what bench/reading compares. Both parse the HTML.
var readers = []struct {
	name string
	read func(body []byte, address *url.URL) error
}{
	{"ewgwatch, all fields and findings", readWhole},
	{"readability, text alone", readText},
}

func readWhole(body []byte, address *url.URL) error {
	options := Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	article, err := Article(context.Background(), ewgwatch.Page{URL: address.String(), FinalURL: address.String(), Body: body}, options)
	Findings(article, options)
	return err
}

func readText(body []byte, address *url.URL) error {
	parser := readability.NewParser()
	article, err := parser.Parse(bytes.NewReader(body), address)
	if err != nil || article.Node == nil {
		return err
	}
	return article.RenderText(io.Discard)
}

// TestReadingTimes prints what a page takes each reader: the mean and the 95th
// percentile, over the pages, of the median over the rounds. The readers take
// turns on every page.
func TestReadingTimes(t *testing.T) {
	if *pages == "" {
		t.Skip("for bench/reading")
	}
	names, err := filepath.Glob(*pages)
	if err != nil || len(names) == 0 {
		t.Fatalf("want pages, have none as %s: %v", *pages, err)
	}
	address := &url.URL{Scheme: "https", Host: "news.test", Path: "/a"}
	perPage := make([][]time.Duration, len(readers))
	for _, name := range names {
		body := inflated(t, name)
		spent := make([][]time.Duration, len(readers))
		for round := range *rounds {
			for i := range readers {
				at := (i + round) % len(readers)
				start := time.Now()
				if err := readers[at].read(body, address); err != nil {
					t.Fatalf("%s: %s: %v", readers[at].name, name, err)
				}
				spent[at] = append(spent[at], time.Since(start))
			}
		}
		for i := range readers {
			perPage[i] = append(perPage[i], percentile(spent[i], 50))
		}
	}
	for i, r := range readers {
		fmt.Printf("%-36s %d pages  mean %6.2f ms  p95 %6.2f ms\n", r.name, len(names), milliseconds(mean(perPage[i])), milliseconds(percentile(perPage[i], 95)))
	}
}

func inflated(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		return body
	}
	in, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body, err = io.ReadAll(in); err != nil {
		t.Fatal(err)
	}
	return body
}

func mean(all []time.Duration) time.Duration {
	var sum time.Duration
	for _, d := range all {
		sum += d
	}
	return sum / time.Duration(len(all))
}

func percentile(all []time.Duration, percent int) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[(len(sorted)*percent-1)/100]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

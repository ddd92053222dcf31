package document

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden is what a page of testdata must read as.
type golden struct {
	Title     string
	Authors   []string
	Lang      string
	Canonical string
	SiteName  string
	Dates     []DateCandidate
	Listing   bool
	Method    string
	Text      []string // a line each
	Trimmed   []Trim
}

// option is a line at the top of a page: <!-- url: ... -->.
var option = regexp.MustCompile(`<!-- (url|select): (.*) -->`)

func optionsOf(source string) (o Options) {
	for _, m := range option.FindAllStringSubmatch(source, 2) {
		if m[1] == "url" {
			o.URL = m[2]
			continue
		}
		o.Select = m[2]
	}
	return o
}

func TestPagesReadAsTheirGoldenFiles(t *testing.T) {
	names, err := filepath.Glob("testdata/*.html")
	if err != nil || len(names) < 20 {
		t.Fatalf("want 20 pages or more in testdata, have %d (%v)", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".html"), func(t *testing.T) {
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Parse(context.Background(), string(source), optionsOf(string(source)))
			if err != nil {
				t.Fatal(err)
			}
			if again, _ := Parse(context.Background(), string(source), optionsOf(string(source))); !cmp.Equal(doc, again) {
				t.Errorf("read twice, differs:\n%s", cmp.Diff(doc, again))
			}
			compareGolden(t, strings.TrimSuffix(name, ".html")+".json", golden{
				Title: doc.Title, Authors: doc.Authors, Lang: doc.Lang, Canonical: doc.Canonical, SiteName: doc.SiteName,
				Dates: doc.Dates, Listing: doc.Listing, Method: doc.Method, Text: strings.Split(doc.Text, "\n"), Trimmed: doc.Trimmed,
			})
		})
	}
}

func compareGolden(t *testing.T, name string, have golden) {
	t.Helper()
	if *update {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "\t")
		if err := e.Encode(have); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var want golden
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("%s (-want +have):\n%s", name, diff)
	}
}

package export_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/export"
)

// objects returns the lines of an export as encoding/json reads them back.
func objects(t *testing.T, findings []ewgwatch.Finding, options export.Options) (all []map[string]any) {
	t.Helper()
	var b bytes.Buffer
	rows, err := export.JSONL(&b, seq(findings), options)
	if err != nil || rows != len(findings) || bytes.Count(b.Bytes(), []byte("\n")) != rows {
		t.Fatalf("%d rows of %d, error %v", rows, len(findings), err)
	}
	for line := range bytes.Lines(b.Bytes()) {
		var object map[string]any
		if err := json.Unmarshal(line, &object); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, object)
	}
	return all
}

func TestJSONHasTheTypesOfItsColumns(t *testing.T) {
	options := export.Options{Standing: func(ewgwatch.Claim) ewgwatch.Standing { return ewgwatch.Standing{Independent: 2} }}
	have := objects(t, some(), options)
	for column, want := range map[string]any{
		"schema": 1.0, "finding_id": some()[0].ID, "found_at": "2023-08-26T01:02:03Z", "published_at": "2023-08-25", "planned": false, "confidence": 0.9,
		"event_start": "2023-08-02", "quote_start": 12.0, "independent_sources": 2.0, "contradicted": false, "quote_page": nil, "changed_at": nil,
		"quote": "Singapore’s officers were “not present”,\nhe said.", "review_ruling": nil, "capture_offset": 4711.0,
	} {
		if diff := cmp.Diff(want, have[0][column]); diff != "" {
			t.Errorf("%s: %s", column, diff)
		}
	}
	if title := have[1]["title"]; title != `=HYPERLINK("http://x")` {
		t.Errorf("a title is %q: there is nothing to guard against", title)
	}
	if len(have[0]) != len(export.Columns()) {
		t.Errorf("%d keys for %d columns", len(have[0]), len(export.Columns()))
	}
}

func TestJSONKeepsTheOrderOfTheColumns(t *testing.T) {
	var b bytes.Buffer
	if _, err := export.JSONL(&b, seq(some()[:1]), export.Options{Columns: []string{"state", "quote_start", "stance"}, Excel: true}); err != nil {
		t.Fatal(err)
	}
	if have := b.String(); have != `{"state":"SG","quote_start":12,"stance":"absent"}`+"\n" {
		t.Errorf("wrote %s", have)
	}
}

// FuzzJSONComesBackExactly holds, of every text, that JSON has it whole, on one
// line, without anything a terminal would obey.
func FuzzJSONComesBackExactly(f *testing.F) {
	for _, s := range append(nasty, "\u2028\u2029\u0085\u202e\x1b[31m\x7f", "\U000e0041") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b bytes.Buffer
		if _, err := export.JSONL(&b, seq([]ewgwatch.Finding{hostile(s)}), export.Options{}); err != nil {
			t.Fatal(err)
		}
		if at := strings.IndexFunc(strings.TrimSuffix(b.String(), "\n"), func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r == 0x2028 || r == 0x202e }); at >= 0 {
			t.Errorf("%q is written with a control character: %q", s, b.String())
		}
		if ewgwatch.State(s).Valid() {
			return // whose name is another text
		}
		var want any = string([]rune(s)) // U+FFFD for every byte that is not UTF-8
		if s == "" {
			want = nil
		}
		for column, have := range objects(t, []ewgwatch.Finding{hostile(s)}, export.Options{Columns: textColumns})[0] {
			if have != want {
				t.Fatalf("%s: %q came back as %q", column, s, have)
			}
		}
	})
}

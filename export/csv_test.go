package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/export"
)

var update = flag.Bool("update", false, "write the golden files anew")

func some() []ewgwatch.Finding {
	at := time.Date(2023, time.August, 26, 1, 2, 3, 0, time.UTC)
	plain := ewgwatch.Finding{
		FoundAt: at, State: ewgwatch.Singapore, Stance: ewgwatch.Absent, Quote: "Singapore’s officers were “not present”,\nhe said.", QuoteStart: 12, QuoteEnd: 60,
		Event: ewgwatch.Event{ID: "ewgct-2023-08-tabletop", Name: "Table-top exercise, Naypyitaw 2023", Kind: ewgwatch.Tabletop, Place: "Naypyitaw, Myanmar",
			Start: ewgwatch.Date{Year: 2023, Month: 8, Day: 2}, End: ewgwatch.Date{Year: 2023, Month: 8, Day: 4}},
		URL: "https://tribune.test/a?b=1,2", Title: "Empty chairs", Lang: "en", Rule: "absent.before:not present in", Via: "named", Confidence: 0.9, Status: ewgwatch.Current,
		Published: ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8, Day: 25}, Precision: ewgwatch.PrecisionDay, Rule: "visible"},
		Source:    ewgwatch.Source{ID: "tribune.test", Name: "Tribune", Kind: ewgwatch.News, State: ewgwatch.Thailand},
		Capture:   ewgwatch.Capture{SHA256: "00ff", File: "ewgwatch-1.warc.gz", Offset: 4711},
	}
	hostile := plain
	hostile.State, hostile.Stance, hostile.Planned = ewgwatch.Laos, ewgwatch.Attended, true
	hostile.Title, hostile.Quote, hostile.QuoteStart, hostile.QuoteEnd = "=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")", -1, -1
	hostile.Published = ewgwatch.Published{At: at, Date: ewgwatch.DateOf(at), Precision: ewgwatch.PrecisionSecond, Rule: "json-ld"}
	hostile.Event, hostile.Capture = ewgwatch.Event{}, ewgwatch.Capture{}
	return []ewgwatch.Finding{plain.Identify(), hostile.Identify()}
}

func seq(findings []ewgwatch.Finding) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for _, f := range findings {
			if !yield(f, nil) {
				return
			}
		}
	}
}

func TestCSVIsWrittenAsItAlwaysWas(t *testing.T) {
	standing := func(c ewgwatch.Claim) ewgwatch.Standing {
		return ewgwatch.Standing{Independent: 2, Contradicted: c.State == ewgwatch.Singapore}
	}
	for name, options := range map[string]export.Options{"plain": {}, "excel": {Excel: true, Standing: standing}, "raw": {Raw: true}} {
		var b bytes.Buffer
		rows, err := export.CSV(&b, seq(some()), options)
		if err != nil || rows != 2 {
			t.Fatal(rows, err)
		}
		golden := filepath.Join("testdata", name+".csv")
		if *update {
			if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestTheHeaderIsAppendOnly(t *testing.T) {
	const first = "schema finding_id found_at published_at published_precision published_rule state state_name stance planned event_id event_name event_kind " +
		"event_start event_end event_place quote quote_start quote_end title url source source_kind source_state lang confidence rule via " +
		"independent_sources contradicted status capture_sha256 capture_file capture_offset"
	if got := strings.Join(export.Columns(), " "); !strings.HasPrefix(got, first) {
		t.Errorf("columns are %s", got)
	}
}

func TestAnErrorOfTheFindingsEndsTheFile(t *testing.T) {
	broken := errors.New("read findings.db: page 7")
	rows, err := export.CSV(io.Discard, func(yield func(ewgwatch.Finding, error) bool) {
		_ = yield(some()[0], nil) && yield(ewgwatch.Finding{}, broken)
	}, export.Options{})
	if rows != 1 || !errors.Is(err, broken) {
		t.Errorf("%d rows, error %v", rows, err)
	}
}

func FuzzCellsComeBackExactly(f *testing.F) {
	for _, s := range []string{"=1+1", "'quoted", "\u200b@x", " -1", "＝x", "a\r\nb\rc", "\x00=", "\t", "", "\"", "a,b", "\ufeff=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		finding := ewgwatch.Finding{Quote: s, Title: s, URL: s}
		var b bytes.Buffer
		if _, err := export.CSV(&b, seq([]ewgwatch.Finding{finding}), export.Options{}); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(&b).ReadAll()
		if err != nil || len(records) != 2 {
			t.Fatal(len(records), err)
		}
		const quote = 16
		cell := records[1][quote]
		if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\n") {
			t.Fatalf("%q is written as %q", s, cell)
		}
		want := strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
				return -1
			}
			return r
		}, strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
		if got := export.Unguard(cell); got != want {
			t.Fatalf("%q came back as %q", s, got)
		}
	})
}

func TestPythonReadsTheSameValues(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed: ", err)
	}
	var b bytes.Buffer
	if _, err := export.CSV(&b, seq(some()), export.Options{}); err != nil {
		t.Fatal(err)
	}
	read := exec.CommandContext(t.Context(), python, "-c", "import csv,io,sys\nfor r in csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode(), newline='')): print(repr((r['state'], r['title'], r['quote'])))")
	read.Stdin = bytes.NewReader(b.Bytes())
	out, err := read.Output()
	if err != nil {
		t.Fatal(err)
	}
	want := "('SG', 'Empty chairs', 'Singapore’s officers were “not present”,\\nhe said.')\n" +
		"('LA', '\\'=HYPERLINK(\"http://x\")', '\\'=HYPERLINK(\"http://x\")')\n"
	if diff := cmp.Diff(want, string(out)); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkCSV(b *testing.B) {
	findings := some()
	many := func(yield func(ewgwatch.Finding, error) bool) {
		for i := range 10_000 {
			if !yield(findings[i%2], nil) {
				return
			}
		}
	}
	for b.Loop() {
		if _, err := export.CSV(io.Discard, many, export.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

package export_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
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
		Published:  ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8, Day: 25}, Precision: ewgwatch.PrecisionDay, Rule: "visible"},
		Source:     ewgwatch.Source{ID: "tribune.test", Name: "Tribune", Kind: ewgwatch.News, State: ewgwatch.Thailand},
		Capture:    ewgwatch.Capture{SHA256: "00ff", File: "ewgwatch-1.warc.gz", Offset: 4711},
		EventScore: 0.84, Wire: "tass",
	}
	hostile := plain
	hostile.State, hostile.Stance, hostile.Planned = ewgwatch.Laos, ewgwatch.Attended, true
	hostile.Title, hostile.Quote, hostile.QuoteStart, hostile.QuoteEnd = "=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")", -1, -1
	hostile.Published = ewgwatch.Published{At: at, Date: ewgwatch.DateOf(at), Precision: ewgwatch.PrecisionSecond, Rule: "json-ld"}
	hostile.Event, hostile.Capture, hostile.EventScore, hostile.Wire = ewgwatch.Event{}, ewgwatch.Capture{}, 0, ""
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

// written returns the records of an export, as encoding/csv reads them back,
// without the header.
func written(t *testing.T, findings []ewgwatch.Finding, options export.Options) [][]string {
	t.Helper()
	var b bytes.Buffer
	rows, err := export.CSV(&b, seq(findings), options)
	if err != nil || rows != len(findings) {
		t.Fatalf("%d rows of %d, error %v", rows, len(findings), err)
	}
	records, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(records) != rows+1 {
		t.Fatalf("%d records of %d, error %v", len(records), rows+1, err)
	}
	return records[1:]
}

// cell returns the cell of a column.
func cell(t *testing.T, record []string, column string) string {
	t.Helper()
	at := slices.Index(export.Columns(), column)
	if at < 0 {
		t.Fatalf("no column %q", column)
	}
	return record[at]
}

func TestTheHeaderIsAppendOnly(t *testing.T) {
	const first = "schema,finding_id,found_at,published_at,published_precision,published_rule,state,state_name,stance,planned,event_id,event_name,event_kind," +
		"event_start,event_end,event_place,quote,quote_start,quote_end,title,url,source,source_kind,source_state,lang,confidence,rule,via," +
		"independent_sources,contradicted,status,capture_sha256,capture_file,capture_offset,quote_page,backfilled," +
		"first_revision,last_revision,changed_at,review_ruling,review_state,review_stance,review_event,reviewed_by,reviewed_at,review_why,event_score,wire"
	var b bytes.Buffer
	if _, err := export.CSV(&b, seq(nil), export.Options{}); err != nil {
		t.Fatal(err)
	}
	if have := b.String(); have != first+"\r\n" {
		t.Errorf("header is %q", have)
	}
}

func TestWhatIsUnknownIsAnEmptyCell(t *testing.T) {
	record := written(t, []ewgwatch.Finding{{QuoteStart: -1, QuoteEnd: -1}}, export.Options{})[0]
	var filled []string
	for i, name := range export.Columns() {
		if record[i] != "" {
			filled = append(filled, name+"="+record[i])
		}
	}
	if diff := cmp.Diff([]string{"schema=1", "planned=false", "confidence=0.00", "backfilled=false"}, filled); diff != "" {
		t.Error(diff)
	}
}

func TestTimesAreUTCAndDaysStayDays(t *testing.T) {
	yangon := time.FixedZone("+0630", 6*3600+1800)
	instant := ewgwatch.Finding{FoundAt: time.Date(2023, 8, 26, 3, 0, 0, 5e8, yangon),
		Published: ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8, Day: 26}, At: time.Date(2023, 8, 26, 1, 0, 0, 0, yangon)}}
	day := ewgwatch.Finding{Published: ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8, Day: 26}}}
	month := ewgwatch.Finding{Published: ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8}}}
	for _, c := range []struct {
		finding          ewgwatch.Finding
		excel            bool
		found, published string
	}{
		{instant, false, "2023-08-25T20:30:00Z", "2023-08-25T18:30:00Z"},
		{instant, true, "2023-08-25 20:30:00", "2023-08-25 18:30:00"},
		{day, false, "", "2023-08-26"},
		{day, true, "", "2023-08-26"},
		{month, false, "", "2023-08"},
	} {
		record := written(t, []ewgwatch.Finding{c.finding}, export.Options{Excel: c.excel})[0]
		found, published := cell(t, record, "found_at"), cell(t, record, "published_at")
		if found != c.found || published != c.published {
			t.Errorf("excel %v: found %q, published %q; want %q, %q", c.excel, found, published, c.found, c.published)
		}
	}
}

func TestOffsetsNeedSomethingToPointInto(t *testing.T) {
	first := written(t, []ewgwatch.Finding{{QuoteStart: 0, QuoteEnd: 4, Capture: ewgwatch.Capture{SHA256: "00", File: "x.warc.gz"}}}, export.Options{})[0]
	for column, want := range map[string]string{"quote_start": "0", "quote_end": "4", "capture_offset": "0"} {
		if have := cell(t, first, column); have != want {
			t.Errorf("%s is %q, want %q", column, have, want)
		}
	}
}

func TestAnErrorOfTheFindingsEndsTheFile(t *testing.T) {
	broken := errors.New("read findings.db: page 7")
	var b bytes.Buffer
	rows, err := export.CSV(&b, func(yield func(ewgwatch.Finding, error) bool) {
		_ = yield(some()[0], nil) && yield(ewgwatch.Finding{}, broken)
	}, export.Options{})
	if rows != 1 || !errors.Is(err, broken) {
		t.Errorf("%d rows, error %v", rows, err)
	}
	if records, err := csv.NewReader(&b).ReadAll(); err != nil || len(records) != 2 {
		t.Errorf("%d records, error %v", len(records), err)
	}
}

// disk is a writer that is full after some bytes.
type disk struct{ left int }

var errFull = errors.New("no space left on device")

func (d *disk) Write(p []byte) (int, error) {
	if len(p) > d.left {
		return 0, errFull
	}
	d.left -= len(p)
	return len(p), nil
}

func TestAFullDiskEndsTheExport(t *testing.T) {
	for _, room := range []int{0, 1 << 20} {
		taken := 0
		endless := func(yield func(ewgwatch.Finding, error) bool) {
			for taken = range 1_000_000 {
				if !yield(some()[0], nil) {
					return
				}
			}
		}
		if _, err := export.CSV(&disk{room}, endless, export.Options{}); !errors.Is(err, errFull) {
			t.Errorf("error is %v", err)
		}
		if taken > 10_000 {
			t.Errorf("asked for %d more findings than there was room", taken)
		}
	}
	if _, err := export.CSV(&disk{0}, seq(nil), export.Options{}); !errors.Is(err, errFull) {
		t.Errorf("a header that does not fit: error is %v", err)
	}
}

// counter counts what arrives.
type counter struct{ bytes int }

func (c *counter) Write(p []byte) (int, error) {
	c.bytes += len(p)
	return len(p), nil
}

func TestRowsAreWrittenWhileFindingsCome(t *testing.T) {
	var out counter
	most, made := 0, 0
	size := len(some()[0].Quote) // a row is longer
	_, err := export.CSV(&out, func(yield func(ewgwatch.Finding, error) bool) {
		for range 20_000 {
			if !yield(some()[0], nil) {
				return
			}
			made += size
			most = max(most, made-out.bytes)
		}
	}, export.Options{})
	if err != nil || most > 128<<10 {
		t.Errorf("held back %d bytes, error %v", most, err)
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
	b.ReportAllocs()
	for b.Loop() {
		if _, err := export.CSV(io.Discard, many, export.Options{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func TestWhatIsBelievedIsWrittenOnRequest(t *testing.T) {
	corrected := some()[0]
	corrected.Review = ewgwatch.Review{Ruling: ewgwatch.Correct, State: ewgwatch.Laos, Event: ewgwatch.NoEvent}
	var b bytes.Buffer
	var asked ewgwatch.Claim
	options := export.Options{Columns: []string{"state", "believed_state", "believed_stance", "believed_event", "machine", "independent_sources"},
		Standing: func(c ewgwatch.Claim) ewgwatch.Standing { asked = c; return ewgwatch.Standing{Independent: 3} }}
	if _, err := export.CSV(&b, seq([]ewgwatch.Finding{corrected}), options); err != nil {
		t.Fatal(err)
	}
	want := "state,believed_state,believed_stance,believed_event,machine,independent_sources\r\nSG,LA,absent,," + corrected.Fingerprint() + ",3\r\n"
	if b.String() != want || asked != (ewgwatch.Claim{State: ewgwatch.Laos, Stance: ewgwatch.Absent}) {
		t.Errorf("have %q, want %q; asked of %+v", b.String(), want, asked)
	}
}

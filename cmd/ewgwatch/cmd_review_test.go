package main

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/export"
	"ewgwatch/review"
	"ewgwatch/store"
)

// reviewable makes a data folder with findings of one page.
func reviewable(t testing.TB, dir string, count int) (data string, ids []string) {
	t.Helper()
	s, err := store.Open(t.Context(), folder(dir).database(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	article := ewgwatch.Article{URL: "https://tribune.test/a", Title: "=Chairs", Text: "x", Lang: "en", Source: ewgwatch.Source{ID: "tribune.test", Name: "Tribune"}}
	var findings []ewgwatch.Finding
	for i := range count {
		f := ewgwatch.Finding{URL: article.URL, State: ewgwatch.States()[i%19], Stance: ewgwatch.Stances()[i%9], Planned: i%3 == 0, Title: article.Title, Lang: "en", Source: article.Source,
			Quote: fmt.Sprintf("-%d; \"quote\",\n=1+1", i), FoundAt: time.Date(2023, time.August, 25, 12, 0, i, 0, time.UTC)}
		if i%2 == 0 {
			f.Event = ewgwatch.Event{ID: "ewgct-2023-09-field", Name: "Field"}
		}
		f = f.Identify()
		findings, ids = append(findings, f), append(ids, f.ID)
	}
	_, err = s.Put(t.Context(), ewgwatch.Reading{Visit: ewgwatch.Visit{URL: article.URL, At: findings[0].FoundAt}, Article: &article, Findings: findings})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, ids
}

// fill puts rulings into a sheet as an analyst would.
func fill(t testing.TB, sheet string, fill func(row map[string]string)) [][]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(sheet, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		fill(row)
		for i, name := range records[0] {
			record[i] = row[name]
		}
	}
	return records
}

// saved is a sheet as some spreadsheet saves it.
func saved(t testing.TB, records [][]string, comma rune, wide, shuffled bool) string {
	t.Helper()
	if shuffled {
		order := rand.New(rand.NewPCG(1, 2)).Perm(len(records[0]))
		for i, record := range records {
			moved := make([]string, len(record))
			for to, from := range order {
				moved[to] = record[from]
			}
			records[i] = moved
		}
	}
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.Comma, out.UseCRLF = comma, wide
	if err := out.WriteAll(records); err != nil {
		t.Fatal(err)
	}
	if !wide {
		return b.String()
	}
	units := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(b.String())) {
		units = binary.LittleEndian.AppendUint16(units, unit)
	}
	return string(units)
}

// wordsIn returns what analysts said, without the time.
func wordsIn(t testing.TB, data string) map[string]ewgwatch.Review {
	t.Helper()
	s, err := store.Open(t.Context(), folder(data).database(), store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	words, err := allWords(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]ewgwatch.Review{}
	for _, r := range words {
		r.At = time.Time{}
		said[r.Finding] = r
	}
	return said
}

// reason is what somebody may write into a cell, to the horror of spreadsheets.
func reason(t *rapid.T) string {
	why := review.Tidy(rapid.StringOfN(rapid.RuneFrom([]rune("=+-@'\"; ,\tab\n\r१語'\u200d＝\u00a0")), 1, 12, -1).Draw(t, "why"))
	if why == "" {
		return "so"
	}
	return why
}

func drawReview(t *rapid.T, row map[string]string) (r ewgwatch.Review) {
	r.Finding, r.By, r.Ruling = row["finding_id"], "ada", rapid.SampledFrom(ewgwatch.Rulings()).Draw(t, "ruling")
	if r.Ruling != ewgwatch.Accept || rapid.Bool().Draw(t, "with why") {
		r.Why = reason(t)
	}
	if r.Ruling != ewgwatch.Correct {
		return r
	}
	states := slices.DeleteFunc(ewgwatch.States(), func(s ewgwatch.State) bool { return string(s) == row["state"] })
	stances := slices.DeleteFunc(ewgwatch.Stances(), func(s ewgwatch.Stance) bool { return string(s) == row["stance"] })
	r.State = rapid.SampledFrom(append(states, "")).Draw(t, "state")
	r.Stance = rapid.SampledFrom(append(stances, "")).Draw(t, "stance")
	if row["event_id"] != "" {
		r.Event = rapid.SampledFrom([]string{"", ewgwatch.NoEvent, "ewgct-2023-08-tabletop"}).Draw(t, "event")
	}
	if r.State == "" && r.Stance == "" && r.Event == "" {
		r.Stance = stances[0]
	}
	return r
}

func TestRulingsComeBackAsTheyWereGiven(t *testing.T) {
	base, _ := reviewable(t, t.TempDir(), 12)
	empty, err := os.ReadFile(folder(base).database())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	count := 0
	rapid.Check(t, func(rt *rapid.T) {
		count++
		data := filepath.Join(dir, fmt.Sprint(count))
		if err := os.MkdirAll(data, 0o700); err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(data)
		write(t, string(empty), folder(data).database())
		excel := rapid.Bool().Draw(rt, "excel")
		out := func() string {
			return mustRun(t, 0, "review", "export", "--by", "ada", "--data", data, fmt.Sprint("--excel=", excel))
		}
		want := map[string]ewgwatch.Review{}
		records := fill(t, out(), func(row map[string]string) {
			if rapid.Bool().Draw(rt, "looked at") {
				r := drawReview(rt, row)
				want[r.Finding] = r
				row["review_ruling"], row["review_state"], row["review_stance"], row["review_event"] = string(r.Ruling), string(r.State), string(r.Stance), r.Event
				row["review_why"] = export.Guard(r.Why)
			}
		})
		sheet := write(t, saved(t, records, rapid.SampledFrom([]rune(",;\t")).Draw(rt, "comma"), rapid.Bool().Draw(rt, "UTF-16"), rapid.Bool().Draw(rt, "moved")), data, "sheet.csv")
		mustRun(t, 0, "review", "import", sheet, "--by", "ada", "--data", data)
		if diff := cmp.Diff(want, wordsIn(t, data)); diff != "" {
			rt.Fatal(diff)
		}
		again := write(t, out(), data, "again.csv")
		if said := mustRun(t, 0, "review", "import", again, "--by", "ada", "--data", data); !strings.Contains(said, fmt.Sprintf("Kept 0 new rulings of ada: 0 accept, 0 reject, 0 correct; %d were said before", len(want))) {
			rt.Fatalf("of its own export it says %s", said)
		}
	})
}

func TestLibreOfficeBringsRulingsBack(t *testing.T) {
	soffice, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice: ", err)
	}
	if testing.Short() {
		t.Skip("it takes LibreOffice seconds to start")
	}
	data, _ := reviewable(t, t.TempDir(), 24)
	hostile := []string{"=1+1", "'quoted'", "-", "@here", "semi;colon, \"comma\"", "ພາສາລາວ", "TRUE", "a + b"} // what looks like a number or a day it makes one
	n := 0
	records := fill(t, mustRun(t, 0, "review", "export", "--by", "ada", "--data", data), func(row map[string]string) {
		row["review_ruling"], row["review_why"] = "reject", export.Guard(review.Tidy(hostile[n%len(hostile)]))
		n++
	})
	sheet := write(t, saved(t, records, ',', false, false), data, "sheet.csv")
	mustRun(t, 0, "review", "import", sheet, "--by", "ada", "--data", data)
	before := wordsIn(t, data)
	for _, filled := range []struct{ about, excel, filter string }{
		{"commas, UTF-8", "--excel=false", "csv:Text - txt - csv (StarCalc):44,34,76,1"},
		{"semicolons, all cells quoted", "--excel", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true"},
		{"tabs, UTF-16", "--excel", "csv:Text - txt - csv (StarCalc):9,34,65535,1"},
	} {
		dir := t.TempDir()
		mustRun(t, 0, "review", "export", "--by", "ada", "--data", data, filled.excel, "-o", filepath.Join(dir, "out.csv"))
		convert := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless",
			"--infilter=CSV:44,34,76,1", "--convert-to", filled.filter, "--outdir", filepath.Join(dir, "back"), filepath.Join(dir, "out.csv"))
		said, err := convert.CombinedOutput()
		switch {
		case strings.Contains(string(said), "source file could not be loaded"):
			t.Skip("LibreOffice is there without Calc")
		case err != nil:
			t.Fatalf("%s: %v\n%s", filled.about, err, said)
		}
		back := filepath.Join(dir, "back", "out.csv")
		told := mustRun(t, 0, "review", "import", back, "--by", "ada", "--data", data)
		if !strings.Contains(told, "Kept 0 new rulings of ada: 0 accept, 0 reject, 0 correct; 24 were said before") {
			text, _ := os.ReadFile(back)
			t.Errorf("%s: %s%s\n%s", filled.about, told, cmp.Diff(before, wordsIn(t, data)), text[:min(len(text), 3000)])
		}
	}
}

func TestTheLedgerBelievesAnalysts(t *testing.T) {
	data, ids := reviewable(t, t.TempDir(), 19)
	sheet := mustRun(t, 0, "review", "export", "--by", "ada", "--data", data)
	records := fill(t, sheet, func(row map[string]string) {
		switch row["finding_id"] {
		case ids[0]: // Brunei, co-chair
			row["review_ruling"], row["review_why"] = "reject", "never said"
		case ids[2]: // Indonesia, attended
			row["review_ruling"], row["review_state"], row["review_stance"], row["review_event"], row["review_why"] = "correct", "TL", "declined", "ewgct-2023-08-tabletop", "misread"
		}
	})
	row := func(state, event string) string {
		text := mustRun(t, 0, "export", "--format", "csv", "--columns", "finding_id,believed_state,believed_stance,believed_event,independent_sources", "--data", data)
		for _, line := range strings.Split(text, "\r\n") {
			if strings.Contains(line, ","+state+",") && strings.Contains(line, event) {
				return line
			}
		}
		return ""
	}
	if row("BN", "field") == "" || row("TL", "tabletop") != "" {
		t.Fatal("before anybody said anything")
	}
	mustRun(t, 0, "review", "import", write(t, saved(t, records, ',', false, false), data, "sheet.csv"), "--by", "ada", "--data", data)
	if have := row("BN", "field"); have != "" {
		t.Errorf("a rejected finding is exported: %s", have)
	}
	if have, want := row("TL", "tabletop"), ids[2]+",TL,declined,ewgct-2023-08-tabletop,1"; have != want {
		t.Errorf("have %q, want %q", have, want)
	}
	ledger := mustRun(t, 0, "ledger", "--event", "ewgct-2023-08-tabletop", "--data", data)
	if !strings.Contains(ledger, "Naypyitaw") || !strings.Contains(ledger, "declined") { // the catalogue knows where that was
		t.Error(ledger)
	}
	if ledger := mustRun(t, 0, "ledger", "--state", "BN", "--event", "ewgct-2023-09-field", "--data", data); strings.Contains(ledger, "co-chair") {
		t.Error(ledger)
	}
	if all := mustRun(t, 0, "export", "--status", "rejected", "--data", data); !strings.Contains(all, ids[0]) {
		t.Error("rejected findings that are asked for are not exported")
	}
}

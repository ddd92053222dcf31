package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

var noon = time.Date(2023, time.August, 25, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, options store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "data", "findings.db"), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

var tribune = ewgwatch.Source{ID: "tribune.test", URL: "https://tribune.test/", Name: "Tribune", Kind: ewgwatch.News, State: ewgwatch.Thailand,
	Lang: "en", Feeds: []string{"https://tribune.test/feed"}, Delay: time.Second, MaxPages: 9, Zone: time.UTC, Line: 3}

var tabletop = ewgwatch.Event{ID: "ewgct-2023-08-tabletop", Name: "Table-top", Kind: ewgwatch.Tabletop, Place: "Naypyitaw", Host: ewgwatch.Myanmar,
	Start: ewgwatch.Date{Year: 2023, Month: 8, Day: 2}, End: ewgwatch.Date{Year: 2023, Month: 8, Day: 4}, Cycle: "2021-2023"}

func reading(url, text string, findings ...ewgwatch.Finding) ewgwatch.Reading {
	capture := ewgwatch.Capture{SHA256: "ab", File: "run.warc.gz", Offset: 7}
	article := &ewgwatch.Article{URL: url, Title: "Title", Text: text, Lang: "en", Source: tribune, Capture: capture,
		Published: ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8, Day: 25}, Precision: ewgwatch.PrecisionDay, Rule: "meta"}}
	visit := ewgwatch.Visit{URL: url, Source: tribune.ID, At: noon, Outcome: ewgwatch.New, Status: 200, ETag: `"1"`, BodySHA256: "cd", ReadAt: noon, Capture: capture}
	for i := range findings {
		findings[i].URL, findings[i].Source, findings[i].Capture = url, tribune, capture
		findings[i].Title, findings[i].Lang, findings[i].Published = article.Title, article.Lang, article.Published
		findings[i] = findings[i].Identify()
	}
	return ewgwatch.Reading{Visit: visit, Article: article, Findings: findings}
}

func said(state ewgwatch.State, stance ewgwatch.Stance, quote string) ewgwatch.Finding {
	return ewgwatch.Finding{State: state, Stance: stance, Quote: quote, QuoteStart: 4, QuoteEnd: 9, Event: tabletop, FoundAt: noon,
		Rule: "attended.before:took part", Confidence: 0.85, Via: "named", Status: ewgwatch.Current, Planned: true}
}

func put(t testing.TB, s *store.Store, r ewgwatch.Reading) ewgwatch.Kept {
	t.Helper()
	kept, err := s.Put(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func all(t testing.TB, s *store.Store, q store.Query) []ewgwatch.Finding {
	t.Helper()
	var found []ewgwatch.Finding
	for f, err := range s.Findings(context.Background(), q) {
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, f)
	}
	return found
}

func TestAFindingComesBackWhole(t *testing.T) {
	s := open(t, store.Options{})
	r := reading("https://tribune.test/a", "text", said(ewgwatch.Laos, ewgwatch.Attended, "Laos took part."))
	if kept := put(t, s, r); kept != (ewgwatch.Kept{Article: ewgwatch.ArticleNew, Findings: 1}) {
		t.Errorf("kept %+v", kept)
	}
	if diff := cmp.Diff(r.Findings, all(t, s, store.Query{}), cmp.AllowUnexported(time.Location{})); diff != "" {
		t.Error(diff)
	}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}

func TestTheSameNightTwiceAddsNothing(t *testing.T) {
	s := open(t, store.Options{})
	r := reading("https://tribune.test/a", "text", said(ewgwatch.Laos, ewgwatch.Attended, "Laos took part."))
	put(t, s, r)
	again := reading("https://tribune.test/a", "text", said(ewgwatch.Laos, ewgwatch.Attended, "“Laos  took part”"))
	again.Findings[0].FoundAt = noon.Add(24 * time.Hour)
	if kept := put(t, s, again); kept != (ewgwatch.Kept{Article: ewgwatch.ArticleSame}) {
		t.Errorf("kept %+v", kept)
	}
	if found := all(t, s, store.Query{}); len(found) != 1 || !found[0].FoundAt.Equal(noon) {
		t.Errorf("have %+v", found)
	}
}

func TestAnEditWithdrawsWhatIsGoneAndTakesBackWhatReturns(t *testing.T) {
	s := open(t, store.Options{})
	laos, japan := said(ewgwatch.Laos, ewgwatch.Attended, "Laos took part."), said(ewgwatch.Japan, ewgwatch.Absent, "Japan did not.")
	statuses := func() map[ewgwatch.State]ewgwatch.Status {
		have := map[ewgwatch.State]ewgwatch.Status{}
		for _, f := range all(t, s, store.Query{}) {
			have[f.State] = f.Status
		}
		return have
	}
	put(t, s, reading("https://tribune.test/a", "one", laos, japan))
	if kept := put(t, s, reading("https://tribune.test/a", "two", laos)); kept.Withdrawn != 1 || kept.Article != ewgwatch.ArticleRevision {
		t.Errorf("kept %+v", kept)
	}
	want := map[ewgwatch.State]ewgwatch.Status{ewgwatch.Laos: ewgwatch.Current, ewgwatch.Japan: ewgwatch.Withdrawn}
	if diff := cmp.Diff(want, statuses()); diff != "" {
		t.Error(diff)
	}
	put(t, s, reading("https://tribune.test/a", "three", laos, japan))
	want[ewgwatch.Japan] = ewgwatch.Current
	if diff := cmp.Diff(want, statuses()); diff != "" {
		t.Error(diff)
	}
}

func TestAFailedVisitKeepsWhatTheLastGoodOneKnew(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading("https://tribune.test/a", "text"))
	later := noon.Add(24 * time.Hour)
	put(t, s, ewgwatch.Reading{Visit: ewgwatch.Visit{URL: "https://tribune.test/a", Source: tribune.ID, At: later, Outcome: ewgwatch.Blocked, Status: 403}})
	got, known, err := s.Visit("https://tribune.test/a")
	if err != nil || !known {
		t.Fatal(known, err)
	}
	want := ewgwatch.Visit{URL: "https://tribune.test/a", Source: tribune.ID, At: later, Outcome: ewgwatch.Blocked, Status: 403, ETag: `"1"`,
		BodySHA256: "cd", ReadAt: noon, FirstSeen: noon, Capture: ewgwatch.Capture{SHA256: "ab", File: "run.warc.gz", Offset: 7}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	visits, err := s.Visits(tribune.ID)
	if err != nil || len(visits) != 1 {
		t.Errorf("visits of the source: %v, %v", visits, err)
	}
}

func TestQueriesFilterAndKeepOrder(t *testing.T) {
	s := open(t, store.Options{})
	const many = 12_345 // over two chunks
	for from := 0; from < many; from += 500 {
		var findings []ewgwatch.Finding
		for i := from; i < min(from+500, many); i++ {
			f := said(ewgwatch.States()[i%19], ewgwatch.Attended, fmt.Sprint("quote ", i))
			f.FoundAt = noon.Add(time.Duration(i) * time.Second)
			findings = append(findings, f)
		}
		put(t, s, reading(fmt.Sprint("https://tribune.test/", from), "text", findings...))
	}
	found := all(t, s, store.Query{})
	if len(found) != many {
		t.Fatalf("have %d findings, want %d", len(found), many)
	}
	for i := 1; i < many; i++ {
		if found[i].FoundAt.Before(found[i-1].FoundAt) {
			t.Fatalf("finding %d was found before finding %d", i, i-1)
		}
	}
	window := all(t, s, store.Query{Since: noon.Add(100 * time.Second), Until: noon.Add(200 * time.Second), State: ewgwatch.Brunei})
	for _, f := range window {
		if f.State != ewgwatch.Brunei || f.FoundAt.Before(noon.Add(100*time.Second)) || !f.FoundAt.Before(noon.Add(200*time.Second)) {
			t.Errorf("not asked for: %s found %s", f.State, f.FoundAt)
		}
	}
	if len(window) != 5 {
		t.Errorf("have %d findings in the window, want 5", len(window))
	}
}

func TestReadingsPutTogetherAllArrive(t *testing.T) {
	commits := 0
	s := open(t, store.Options{BeforeCommit: func() error { commits++; return nil }})
	var callers sync.WaitGroup
	const many = 200
	for i := range many {
		callers.Go(func() {
			kept, err := s.Put(context.Background(), reading(fmt.Sprint("https://tribune.test/", i), "text", said(ewgwatch.Laos, ewgwatch.Attended, "Laos took part.")))
			if err != nil || kept.Findings != 1 {
				t.Errorf("caller %d: %+v, %v", i, kept, err)
			}
		})
	}
	callers.Wait()
	if found := all(t, s, store.Query{}); len(found) != many {
		t.Errorf("have %d findings, want %d", len(found), many)
	}
	if commits == 0 || commits > many {
		t.Errorf("%d commits for %d readings", commits, many)
	}
}

func TestNothingIsKeptWhenTheEvidenceIsNotOnDisk(t *testing.T) {
	broken := errors.New("no space left on device")
	s := open(t, store.Options{BeforeCommit: func() error { return broken }})
	_, err := s.Put(t.Context(), reading("https://tribune.test/a", "text", said(ewgwatch.Laos, ewgwatch.Attended, "Laos took part.")))
	if !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
	if found := all(t, s, store.Query{}); len(found) != 0 {
		t.Errorf("kept %v", found)
	}
}

func TestRunsComeBackOldestFirst(t *testing.T) {
	s := open(t, store.Options{})
	first := ewgwatch.Run{ID: "20230824T010000Z", StartedAt: noon.Add(-24 * time.Hour), Version: "1"}
	second := ewgwatch.Run{ID: "20230825T010000Z", StartedAt: noon, EndedAt: noon.Add(time.Hour), Rules: "r", Complete: true, Coverage: []ewgwatch.Coverage{{
		Source: "a", Name: "A", State: ewgwatch.Laos, Covers: []ewgwatch.State{ewgwatch.Laos, ewgwatch.Thailand}, Discovered: 9, Articles: 3, OnTopic: 2,
		Undated: 1, Findings: 4, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.New: 3, ewgwatch.Blocked: 1}, Reach: ewgwatch.ReachPartial, Why: "403",
	}}}
	for _, run := range []ewgwatch.Run{second, first} {
		if err := s.PutRun(run); err != nil {
			t.Fatal(err)
		}
	}
	var got []ewgwatch.Run
	for run, err := range s.Runs(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, run)
	}
	if diff := cmp.Diff([]ewgwatch.Run{first, second}, got); diff != "" {
		t.Error(diff)
	}
}

func TestASecondWriterIsToldWhoHoldsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, readOnly := range []bool{false, true} {
		_, err = store.Open(t.Context(), path, store.Options{Wait: time.Millisecond, ReadOnly: readOnly})
		if !errors.Is(err, store.ErrHeld) || !contains(err, fmt.Sprint("pid ", os.Getpid())) {
			t.Errorf("read-only %v: error is %v", readOnly, err)
		}
	}
}

func TestOpenSaysWhatIsWrongWithTheFileAndLeavesIt(t *testing.T) {
	dir := t.TempDir()
	damaged := filepath.Join(dir, "damaged.db")
	if err := os.WriteFile(damaged, make([]byte, 32<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), damaged, store.Options{}); !errors.Is(err, store.ErrDamaged) || !contains(err, damaged) {
		t.Errorf("damaged: %v", err)
	}
	missing := filepath.Join(dir, "missing.db")
	if _, err := store.Open(t.Context(), missing, store.Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) || !contains(err, missing) {
		t.Errorf("missing: %v", err)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("opening read-only made the file")
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), filepath.Join(file, "findings.db"), store.Options{}); err == nil || !contains(err, file) {
		t.Errorf("folder that is a file: %v", err)
	}
}

func contains(err error, part string) bool {
	return err != nil && strings.Contains(err.Error(), part)
}

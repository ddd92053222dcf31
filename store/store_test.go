package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	bolt "go.etcd.io/bbolt"

	"ewgwatch"
	"ewgwatch/store"
)

var noon = time.Date(2023, time.August, 25, 12, 0, 0, 0, time.UTC)

// sameTime compares zones by name: the time package's own are not comparable.
var sameTime = cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })

// asRead leaves out of a comparison what the store adds to a finding.
var asRead = cmp.Options{sameTime, cmpopts.IgnoreFields(ewgwatch.Finding{}, "FirstRevision", "LastRevision", "ChangedAt")}

func open(t testing.TB, options store.Options) *store.Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "data", "findings.db"), options)
}

func openAt(t testing.TB, path string, options store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, s) })
	return s
}

func closed(t testing.TB, s *store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

var tribune = ewgwatch.Source{ID: "tribune.test", URL: "https://tribune.test/", Name: "Tribune", Kind: ewgwatch.News, State: ewgwatch.Thailand,
	Lang: "en", Feeds: []string{"https://tribune.test/feed"}, Delay: time.Second, MaxPages: 9, Zone: time.UTC, Line: 3}

var tabletop = ewgwatch.Event{ID: "ewgct-2023-08-tabletop", Name: "Table-top", Kind: ewgwatch.Tabletop, Place: "Naypyitaw", Host: ewgwatch.Myanmar,
	Start: ewgwatch.Date{Year: 2023, Month: 8, Day: 2}, End: ewgwatch.Date{Year: 2023, Month: 8, Day: 4}, Cycle: "2021-2023"}

// reading is a first visit to an article that yields findings.
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

func lao() ewgwatch.Finding { return said(ewgwatch.Laos, ewgwatch.Attended, "Laos took part.") }

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

func sound(t testing.TB, s *store.Store) {
	t.Helper()
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}

// inside changes a closed file behind the store's back.
func inside(t testing.TB, path string, change func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(change); err != nil {
		t.Fatal(err)
	}
}

// trimmed returns the bytes of a closed database without the free space that
// bbolt keeps behind them.
func trimmed(t testing.TB, path string) []byte {
	t.Helper()
	var size int64
	inside(t, path, func(tx *bolt.Tx) error { size = tx.Size(); return nil })
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole[:size]
}

// filled returns the path of a closed database with so many findings, of an
// article each.
func filled(t testing.TB, findings int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "findings.db")
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, s)
	for i := range findings {
		put(t, s, reading(fmt.Sprint("https://tribune.test/", i), "text", lao()))
	}
	return path
}

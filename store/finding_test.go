package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// told is a reading of one article with some quotes.
func told(text string, quotes ...string) ewgwatch.Reading {
	article := &ewgwatch.Article{URL: "u", Text: text, Source: source}
	var findings []ewgwatch.Finding
	for _, q := range quotes {
		f := ewgwatch.Finding{FoundAt: at, URL: "u", State: ewgwatch.Laos, Stance: ewgwatch.Attended, Quote: q, Source: source, Event: event}
		findings = append(findings, f.Identify())
	}
	return ewgwatch.Reading{Visit: ewgwatch.Visit{URL: "u", Source: "s", At: at, Outcome: ewgwatch.New}, Article: article, Findings: findings}
}

func begin(t *testing.T) *Store {
	t.Helper()
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "findings.db"), Options{})
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

func mustPut(t *testing.T, s *Store, r ewgwatch.Reading) {
	t.Helper()
	if _, err := s.Put(context.Background(), r); err != nil {
		t.Fatal(err)
	}
}

func TestAFindingKnowsTheFirstAndTheLatestRevisionThatSaysIt(t *testing.T) {
	s := begin(t)
	mustPut(t, s, told("one", "a"))
	mustPut(t, s, told("one", "a"))      // no revision
	mustPut(t, s, told("two", "a", "b")) // b is new
	mustPut(t, s, told("three", "b"))    // a is withdrawn
	want := map[string]string{"a": "1 to 2 withdrawn", "b": "2 to 3 current"}
	err := s.view(func(tx *bolt.Tx) error {
		return findingsBucket.in(tx).ForEach(func(_, v []byte) error {
			f, err := decodeFinding(v, &revisions{in: direct{tx}})
			if got := fmt.Sprint(f.FirstRevision, " to ", f.LastRevision, " ", f.Status); got != want[f.Quote] {
				t.Errorf("%s: %s, want %s", f.Quote, got, want[f.Quote])
			}
			delete(want, f.Quote)
			return err
		})
	})
	if err != nil || len(want) > 0 {
		t.Error(err, want)
	}
}

func TestANightWithoutNewsHardlyWrites(t *testing.T) {
	s := begin(t)
	var quotes []string
	for i := range 2000 {
		quotes = append(quotes, fmt.Sprint("quote ", i))
	}
	pages := func(r ewgwatch.Reading) int64 {
		stats := s.db.Stats()
		before := stats.TxStats.GetWrite()
		mustPut(t, s, r)
		stats = s.db.Stats()
		return stats.TxStats.GetWrite() - before
	}
	first, again := pages(told("text", quotes...)), pages(told("text", quotes...))
	if first < 100 || again > 5 { // the visit, the root, the free pages and the head of the file
		t.Errorf("%d pages were written at first, %d when nothing was new", first, again)
	}
}

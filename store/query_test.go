package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

// many puts n findings, a thousand an article, a second apart, in any order.
func many(t testing.TB, s *store.Store, n int) {
	t.Helper()
	order := rand.New(rand.NewPCG(1, 2)).Perm(n)
	for part := range slices.Chunk(order, 1000) {
		var findings []ewgwatch.Finding
		for _, i := range part {
			f := said(ewgwatch.States()[i%19], ewgwatch.Attended, fmt.Sprint("quote ", i))
			f.FoundAt = noon.Add(time.Duration(i) * time.Second)
			findings = append(findings, f)
		}
		put(t, s, reading(fmt.Sprint("https://tribune.test/", part[0]), "text", findings...))
	}
}

func TestFindingsComeInOrderAcrossChunks(t *testing.T) {
	for _, n := range []int{0, 1, 4999, 5000, 5001, 10_000} {
		s := open(t, store.Options{})
		many(t, s, n)
		found := all(t, s, store.Query{})
		if len(found) != n {
			t.Fatalf("have %d findings, want %d", len(found), n)
		}
		for i, f := range found {
			if want := noon.Add(time.Duration(i) * time.Second); !f.FoundAt.Equal(want) {
				t.Fatalf("of %d: finding %d was found %s, want %s", n, i, f.FoundAt, want)
			}
		}
	}
}

func TestFindingsOfOneInstantComeByID(t *testing.T) {
	s := open(t, store.Options{})
	var findings []ewgwatch.Finding
	for i := range 50 {
		f := said(ewgwatch.Laos, ewgwatch.Attended, fmt.Sprint("quote ", i))
		f.FoundAt = noon.Add(-time.Duration(i % 5)) // nanoseconds
		findings = append(findings, f)
	}
	r := reading(page, "text", findings...)
	put(t, s, r)
	slices.SortFunc(r.Findings, func(a, b ewgwatch.Finding) int {
		if c := a.FoundAt.Compare(b.FoundAt); c != 0 {
			return c
		}
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	if diff := cmp.Diff(r.Findings, all(t, s, store.Query{}), asRead); diff != "" {
		t.Error(diff)
	}
}

func TestAQueryGivesWhatItAsksFor(t *testing.T) {
	s := open(t, store.Options{})
	other := reading("https://other.test/", "text", said(ewgwatch.Japan, ewgwatch.Absent, "a"), said(ewgwatch.Laos, ewgwatch.Host, "b"))
	for i := range other.Findings {
		f := &other.Findings[i]
		f.FoundAt, f.Lang, f.Event, f.Source = noon.Add(time.Hour), "ja", ewgwatch.Event{ID: "e", Name: "E"}, ewgwatch.Source{ID: "other.test", Name: "Other"}
	}
	put(t, s, reading(page, "text", lao(), said(ewgwatch.Japan, ewgwatch.Attended, "c")))
	put(t, s, other)
	put(t, s, reading(page, "new text", lao()))
	for _, c := range []struct {
		name  string
		query store.Query
		want  int
	}{
		{"everything", store.Query{}, 4},
		{"since, the instant itself", store.Query{Since: noon.Add(time.Hour)}, 2},
		{"since, just after", store.Query{Since: noon.Add(time.Hour + 1)}, 0},
		{"until, the instant itself not", store.Query{Until: noon.Add(time.Hour)}, 2},
		{"until, just after", store.Query{Until: noon.Add(time.Hour + 1)}, 4},
		{"an empty span", store.Query{Since: noon.Add(time.Hour), Until: noon}, 0},
		{"the year 1", store.Query{Until: time.Time{}.Add(1)}, 0},
		{"the year 3000", store.Query{Since: time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC)}, 0},
		{"state", store.Query{State: ewgwatch.Laos}, 2},
		{"stance", store.Query{Stance: ewgwatch.Attended}, 2},
		{"event", store.Query{Event: "e"}, 2},
		{"source", store.Query{Source: "tribune.test"}, 2},
		{"lang", store.Query{Lang: "ja"}, 2},
		{"status", store.Query{Status: ewgwatch.Withdrawn}, 1},
		{"several", store.Query{State: ewgwatch.Japan, Lang: "ja", Status: ewgwatch.Current}, 1},
	} {
		if found := all(t, s, c.query); len(found) != c.want {
			t.Errorf("%s: have %d findings, want %d", c.name, len(found), c.want)
		}
	}
	for _, f := range all(t, s, store.Query{Event: "e"}) {
		if f.Event.Name != "E" || f.Source.Name != "Other" {
			t.Errorf("event %+v of source %+v", f.Event, f.Source)
		}
	}
}

func TestWhatIsFoundDuringAQueryIsLeftForTheNext(t *testing.T) {
	s := open(t, store.Options{})
	many(t, s, 5500)
	seen := 0
	for _, err := range s.Findings(t.Context(), store.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		if seen%1000 == 0 { // a writer is held up by no reader
			f := lao()
			f.FoundAt = noon.Add(24 * time.Hour)
			put(t, s, reading(fmt.Sprint("https://later.test/", seen), "text", f))
		}
		seen++
	}
	if seen != 5500 {
		t.Errorf("have %d findings, want 5500", seen)
	}
	if next := all(t, s, store.Query{Since: noon.Add(24 * time.Hour)}); len(next) != 6 {
		t.Errorf("the next query has %d", len(next))
	}
}

func TestAQueryEndsWithItsContextAndWithItsLoop(t *testing.T) {
	s := open(t, store.Options{})
	many(t, s, 6000)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	seen, last := 0, error(nil)
	for _, err := range s.Findings(ctx, store.Query{}) {
		seen++
		last = err
		cancel()
	}
	if !errors.Is(last, context.Canceled) || seen != 251 { // the first chunk, and the error
		t.Errorf("%d steps, %v", seen, last)
	}
	for _, err := range s.Findings(t.Context(), store.Query{}) {
		if err != nil {
			t.Error(err)
		}
		break
	}
	put(t, s, reading(page, "text", lao()))
}

package store_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/store"
)

// model is the store as a few maps: what it must be equal to after any
// sequence of visits.
type model struct {
	path     string
	store    *store.Store
	clock    time.Time
	visits   map[string]ewgwatch.Visit
	articles map[string]ewgwatch.Article
	findings map[string]ewgwatch.Finding
	journal  journal
	past     map[time.Time][]ewgwatch.Finding // what there was at the end of a moment
	silent   map[string]bool                  // IDs of findings that the latest revision of their page does not say
}

var (
	modelPages  = []string{"https://tribune.test/a", "https://tribune.test/b", "https://tribune.test/c"}
	modelTexts  = []string{"one", "two", "three"}
	modelQuotes = []string{"Laos took part.", "Japan did not.", "Thailand hosts.", "India was invited."}
)

func (m *model) open(t *rapid.T) {
	s, err := store.Open(context.Background(), m.path, store.Options{Journal: m.journal.append, Now: func() time.Time { return m.clock }})
	if err != nil {
		t.Fatal(err)
	}
	m.store = s
}

// Read is a visit that read an article, be it new, edited or as it was.
func (m *model) Read(t *rapid.T) {
	m.clock = m.clock.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "later")) * 300 * time.Millisecond)
	var findings []ewgwatch.Finding
	for _, quote := range rapid.SliceOfNDistinct(rapid.SampledFrom(modelQuotes), 0, 4, rapid.ID).Draw(t, "quotes") {
		f := said(ewgwatch.Laos, ewgwatch.Attended, quote)
		f.FoundAt, f.Confidence = m.clock, rapid.SampledFrom([]float64{0.5, 0.85}).Draw(t, "confidence")
		f.QuoteStart = rapid.IntRange(-1, 3).Draw(t, "start")
		findings = append(findings, f)
	}
	r := reading(rapid.SampledFrom(modelPages).Draw(t, "page"), rapid.SampledFrom(modelTexts).Draw(t, "text"), findings...)
	r.Visit.At, r.Visit.ReadAt = m.clock, m.clock
	r.Visit.BodySHA256 = r.Article.Text + fmt.Sprint(m.clock.UnixNano())
	kept, err := m.store.Put(context.Background(), r)
	if want := m.read(r); err != nil || kept != want {
		t.Fatalf("kept %+v, want %+v; %v", kept, want, err)
	}
}

func (m *model) read(r ewgwatch.Reading) ewgwatch.Kept {
	kept := ewgwatch.Kept{Article: ewgwatch.ArticleNew}
	if before, ok := m.articles[r.Article.URL]; ok {
		kept.Article = ewgwatch.ArticleSame
		if before.Text != r.Article.Text {
			kept.Article = ewgwatch.ArticleRevision
		}
	}
	m.articles[r.Article.URL] = *r.Article
	said := map[string]bool{}
	for _, f := range r.Findings {
		said[f.ID] = true
		known, ok := m.findings[f.ID]
		if !ok {
			known = f
			kept.Findings++
		}
		known.Confidence = f.Confidence
		if known.Status = ruling(known.Review); known.Review.IsZero() {
			known.Status = ewgwatch.Current
		}
		m.findings[f.ID] = known
	}
	for id, f := range m.findings {
		if f.URL == r.Article.URL && (said[id] || kept.Article == ewgwatch.ArticleRevision) {
			m.silent[id] = !said[id]
		}
		if kept.Article == ewgwatch.ArticleRevision && f.URL == r.Article.URL && !said[id] && (f.Status == ewgwatch.Current || f.Status == ewgwatch.Corrected) {
			f.Status = ewgwatch.Withdrawn
			m.findings[id] = f
			kept.Withdrawn++
		}
	}
	m.visit(r.Visit)
	return kept
}

func (m *model) visit(v ewgwatch.Visit) {
	before, ok := m.visits[v.URL]
	v.FirstSeen = v.At
	if ok {
		v.FirstSeen = before.FirstSeen
	}
	if !v.Outcome.HasBody() {
		v.ETag, v.BodySHA256, v.ReadAt, v.Capture = before.ETag, before.BodySHA256, before.ReadAt, before.Capture
	}
	m.visits[v.URL] = v
}

// Fail is a visit that brought nothing.
func (m *model) Fail(t *rapid.T) {
	outcome := rapid.SampledFrom([]ewgwatch.Outcome{ewgwatch.Unchanged, ewgwatch.Blocked, ewgwatch.Timeout}).Draw(t, "outcome")
	v := ewgwatch.Visit{URL: rapid.SampledFrom(modelPages).Draw(t, "page"), Source: tribune.ID, At: m.clock, Outcome: outcome}
	kept, err := m.store.Put(context.Background(), ewgwatch.Reading{Visit: v})
	if err != nil || kept != (ewgwatch.Kept{}) {
		t.Fatalf("kept %+v, %v", kept, err)
	}
	m.visit(v)
}

// Review is an analyst who rules on a finding. No quote stands in any text of the
// model, so that what is not read any more is gone from its page.
func (m *model) Review(t *rapid.T) {
	if len(m.findings) == 0 {
		t.Skip("nothing to rule on")
	}
	id := rapid.SampledFrom(slices.Sorted(maps.Keys(m.findings))).Draw(t, "finding")
	m.clock = m.clock.Add(time.Second)
	r := ewgwatch.Review{Finding: id, Ruling: rapid.SampledFrom(ewgwatch.Rulings()).Draw(t, "ruling"), Stance: ewgwatch.Absent,
		By: rapid.SampledFrom([]string{"ada", "ben"}).Draw(t, "by"), Why: fmt.Sprint(m.clock.UnixNano()), At: m.clock}
	if _, err := m.store.PutReviews([]ewgwatch.Review{r}, []ewgwatch.Review{r}); err != nil {
		t.Fatal(err)
	}
	f := m.findings[id]
	f.Review = r
	switch {
	case r.Ruling == ewgwatch.Reject || f.Status != ewgwatch.Withdrawn && !m.silent[id]:
		f.Status = ruling(r)
	case f.Status == ewgwatch.Rejected:
		f.Status = ewgwatch.Withdrawn
	}
	m.findings[id] = f
}

func ruling(r ewgwatch.Review) ewgwatch.Status {
	return map[ewgwatch.Ruling]ewgwatch.Status{ewgwatch.Accept: ewgwatch.Current, ewgwatch.Correct: ewgwatch.Corrected, ewgwatch.Reject: ewgwatch.Rejected}[r.Ruling]
}

// Reopen is the next night.
func (m *model) Reopen(t *rapid.T) {
	if err := m.store.Check(); err != nil {
		t.Fatal(err)
	}
	if err := m.store.Close(); err != nil {
		t.Fatal(err)
	}
	m.open(t)
}

// Rebuild is the night after the database was lost.
func (m *model) Rebuild(t *rapid.T) {
	if err := m.store.Close(); err != nil {
		t.Fatal(err)
	}
	before := dump(t, m.path)
	if err := os.Remove(m.path); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Rebuild(context.Background(), m.path, m.journal.whole(), nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, dump(t, m.path)); diff != "" {
		t.Fatal(diff)
	}
	m.open(t)
}

// Check compares everything there is.
func (m *model) Check(t *rapid.T) {
	var want, have []ewgwatch.Finding
	for _, f := range m.findings {
		want = append(want, f)
	}
	slices.SortFunc(want, func(a, b ewgwatch.Finding) int {
		if c := a.FoundAt.Compare(b.FoundAt); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	have = found(t, m.store, store.Query{})
	if diff := cmp.Diff(want, have, asRead); diff != "" {
		t.Fatal(diff)
	}
	m.past[m.clock] = have
	then := rapid.SampledFrom(slices.SortedFunc(maps.Keys(m.past), time.Time.Compare)).Draw(t, "as of")
	if diff := cmp.Diff(m.past[then], found(t, m.store, store.Query{AsOf: then.Add(time.Millisecond)}), sameTime); diff != "" {
		t.Fatal("as of ", then, diff)
	}
	visits, err := m.store.Visits(tribune.ID)
	if err != nil || len(visits) != len(m.visits) {
		t.Fatalf("%d visits, want %d; %v", len(visits), len(m.visits), err)
	}
	for _, v := range visits {
		if diff := cmp.Diff(m.visits[v.URL], v); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestTheStoreIsEqualToItsModel(t *testing.T) {
	dir := t.TempDir()
	count := 0
	rapid.Check(t, func(t *rapid.T) {
		count++
		m := &model{path: filepath.Join(dir, fmt.Sprint(count), "findings.db"), clock: noon, visits: map[string]ewgwatch.Visit{},
			articles: map[string]ewgwatch.Article{}, findings: map[string]ewgwatch.Finding{}, past: map[time.Time][]ewgwatch.Finding{}, silent: map[string]bool{}}
		m.open(t)
		defer func() { _ = m.store.Close(); _ = os.RemoveAll(filepath.Dir(m.path)) }()
		t.Repeat(map[string]func(*rapid.T){"read": m.Read, "fail": m.Fail, "review": m.Review, "reopen": m.Reopen, "rebuild": m.Rebuild, "": m.Check})
		m.Reopen(t)
	})
}

package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

const page = "https://tribune.test/a"

func TestAFindingComesBackWhole(t *testing.T) {
	s := open(t, store.Options{})
	r := reading(page, "text", lao())
	if kept := put(t, s, r); kept != (ewgwatch.Kept{Article: ewgwatch.ArticleNew, Findings: 1}) {
		t.Errorf("kept %+v", kept)
	}
	if diff := cmp.Diff(r.Findings, all(t, s, store.Query{}), asRead); diff != "" {
		t.Error(diff)
	}
	sound(t, s)
}

func TestTheSameNightTwiceAddsNothing(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(page, "text", lao()))
	again := reading(page, "text", said(ewgwatch.Laos, ewgwatch.Attended, "“Laos  took part”"))
	again.Findings[0].FoundAt = noon.Add(24 * time.Hour)
	if kept := put(t, s, again); kept != (ewgwatch.Kept{Article: ewgwatch.ArticleSame}) {
		t.Errorf("kept %+v", kept)
	}
	if found := all(t, s, store.Query{}); len(found) != 1 || !found[0].FoundAt.Equal(noon) {
		t.Errorf("have %+v", found)
	}
}

func TestALaterReadingLeavesTheProofAndRefreshesWhatItMeans(t *testing.T) {
	s := open(t, store.Options{})
	first := reading(page, "text", lao())
	put(t, s, first)
	later := reading(page, "longer text", said(ewgwatch.Laos, ewgwatch.Attended, "LAOS took part"))
	f := &later.Findings[0]
	f.FoundAt, f.QuoteStart, f.QuoteEnd, f.Title = noon.Add(time.Hour), 77, 99, "New title"
	f.Capture = ewgwatch.Capture{SHA256: "ff", File: "later.warc.gz"}
	f.Event, f.Planned, f.Rule, f.Confidence, f.Via = ewgwatch.Event{ID: "other", Name: "Other"}, false, "new rule", 0.5, "group"
	put(t, s, later)
	want := first.Findings[0]
	want.Event, want.Planned, want.Rule, want.Confidence, want.Via = f.Event, f.Planned, f.Rule, f.Confidence, f.Via
	if diff := cmp.Diff([]ewgwatch.Finding{want}, all(t, s, store.Query{}), asRead); diff != "" {
		t.Error(diff)
	}
	sound(t, s)
}

func TestAFindingGivenTwiceIsKeptAsItStandsFirst(t *testing.T) {
	s := open(t, store.Options{})
	twice := lao()
	twice.Rule = "another rule"
	r := reading(page, "text", lao(), twice)
	if kept := put(t, s, r); kept.Findings != 1 {
		t.Errorf("kept %+v", kept)
	}
	if diff := cmp.Diff(r.Findings[:1], all(t, s, store.Query{}), asRead); diff != "" {
		t.Error(diff)
	}
}

func TestAnEditWithdrawsWhatIsGoneAndTakesBackWhatReturns(t *testing.T) {
	s := open(t, store.Options{})
	japan := said(ewgwatch.Japan, ewgwatch.Absent, "Japan did not.")
	check := func(r ewgwatch.Reading, want ewgwatch.Kept, status ewgwatch.Status) {
		t.Helper()
		if kept := put(t, s, r); kept != want {
			t.Errorf("kept %+v, want %+v", kept, want)
		}
		have := map[ewgwatch.State]ewgwatch.Status{}
		for _, f := range all(t, s, store.Query{}) {
			have[f.State] = f.Status
		}
		if diff := cmp.Diff(map[ewgwatch.State]ewgwatch.Status{ewgwatch.Laos: ewgwatch.Current, ewgwatch.Japan: status}, have); diff != "" {
			t.Error(diff)
		}
	}
	check(reading(page, "one", lao(), japan), ewgwatch.Kept{Article: ewgwatch.ArticleNew, Findings: 2}, ewgwatch.Current)
	check(reading(page, "two", lao()), ewgwatch.Kept{Article: ewgwatch.ArticleRevision, Withdrawn: 1}, ewgwatch.Withdrawn)
	check(reading(page, "three", lao()), ewgwatch.Kept{Article: ewgwatch.ArticleRevision}, ewgwatch.Withdrawn)
	check(reading(page, "four", lao(), japan), ewgwatch.Kept{Article: ewgwatch.ArticleRevision}, ewgwatch.Current)
	sound(t, s)
}

func TestOnlyTheSameArticleWithdraws(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(page, "text", lao()))
	for name, r := range map[string]ewgwatch.Reading{
		"same text, other rules": reading(page, "text"),
		"another article":        reading(page+"/b", "text"),
		"nothing read":           {Visit: ewgwatch.Visit{URL: page, Source: tribune.ID, At: noon, Outcome: ewgwatch.Gone, Status: 404}},
	} {
		if kept := put(t, s, r); kept.Withdrawn != 0 || len(all(t, s, store.Query{Status: ewgwatch.Current})) != 1 {
			t.Errorf("%s: kept %+v", name, kept)
		}
	}
}

func TestTitleTextAndDateMakeARevisionAndNothingElse(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*ewgwatch.Article)
		want ewgwatch.ArticleChange
	}{
		{"nothing", func(*ewgwatch.Article) {}, ewgwatch.ArticleSame},
		{"title", func(a *ewgwatch.Article) { a.Title = "Corrected" }, ewgwatch.ArticleRevision},
		{"text", func(a *ewgwatch.Article) { a.Text += "." }, ewgwatch.ArticleRevision},
		{"date", func(a *ewgwatch.Article) { a.Published.Date.Day = 26 }, ewgwatch.ArticleRevision},
		{"the same date in other words", func(a *ewgwatch.Article) { a.Published.Raw, a.Published.Rule = "yesterday", "visible" }, ewgwatch.ArticleSame},
		{"capture and author", func(a *ewgwatch.Article) { a.Capture.Offset, a.Authors = 99, []string{"A"} }, ewgwatch.ArticleSame},
	} {
		s := open(t, store.Options{})
		put(t, s, reading(page, "text"))
		r := reading(page, "text")
		c.edit(r.Article)
		if kept := put(t, s, r); kept.Article != c.want {
			t.Errorf("%s: %q, want %q", c.name, kept.Article, c.want)
		}
		sound(t, s)
	}
}

func TestAReadingThatCannotBeKeptWholeIsRefused(t *testing.T) {
	s := open(t, store.Options{})
	for want, spoil := range map[string]func(*ewgwatch.Reading){
		"URL of the visit":     func(r *ewgwatch.Reading) { r.Visit.URL = "" },
		"URL of the article":   func(r *ewgwatch.Reading) { r.Article.URL = "" },
		"article of the find":  func(r *ewgwatch.Reading) { r.Article = nil },
		"want a finding ID":    func(r *ewgwatch.Reading) { r.Findings[0].ID = "f_1" },
		"lower-case":           func(r *ewgwatch.Reading) { r.Findings[0].ID = "f_" + strings.Repeat("A", 32) },
		"want the article's U": func(r *ewgwatch.Reading) { r.Findings[0].URL = "https://elsewhere.test/" },
	} {
		r := reading(page, "text", lao())
		spoil(&r)
		if _, err := s.Put(t.Context(), r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, have %v", want, err)
		}
	}
	if _, known, err := s.Visit(page); known || err != nil {
		t.Errorf("visit known: %v, %v", known, err)
	}
}

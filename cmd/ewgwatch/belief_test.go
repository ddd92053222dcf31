package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/ledger"
	"ewgwatch/store"
)

// tells is a page of a site of its own that says one thing of an event.
func tells(site string, at time.Time, state ewgwatch.State, event ewgwatch.Event) ewgwatch.Reading {
	source := ewgwatch.Source{ID: site, URL: "https://" + site + "/", Name: site}
	f := ewgwatch.Finding{URL: source.URL + "1", State: state, Stance: ewgwatch.Attended, Planned: true, Quote: fmt.Sprintf("%s sends a team, %s has learnt.", state.Name(), site),
		FoundAt: at, Status: ewgwatch.Current, Source: source, Event: event}.Identify()
	return ewgwatch.Reading{Article: &ewgwatch.Article{URL: f.URL, Text: f.Quote, Source: source}, Findings: []ewgwatch.Finding{f},
		Visit: ewgwatch.Visit{URL: f.URL, Source: site, At: at, Outcome: ewgwatch.New}}
}

func provisional(id string) ewgwatch.Event {
	e := ewgwatch.EventOf(id)
	e.Name, e.Provisional = "Exercise "+id, true
	return e
}

// tellsAll is the ledger and the standings as of a moment, as exports have them.
func tellsAll(t *testing.T, s *store.Store, asOf time.Time) string {
	t.Helper()
	c, err := newCorpus(t.Context(), s, filter{query: store.Query{AsOf: asOf}})
	if err != nil {
		t.Fatal(err)
	}
	matrix, err := c.ledger(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := matrix.Table(&text, ledger.TableOptions{Width: 200}); err != nil {
		t.Fatal(err)
	}
	for _, e := range matrix.Events {
		fmt.Fprintf(&text, "%+v\n", e)
	}
	standing, err := c.standing(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for f, err := range c.findings(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		claim := c.belief.finding(f).Claim()
		if counted := standing(claim); counted != matrix.Standing(claim) || counted.Independent == 0 {
			t.Errorf("%+v: a state at a time %+v, together %+v", claim, counted, matrix.Standing(claim))
		}
		fmt.Fprintln(&text, claim, standing(claim))
	}
	return text.String()
}

// TestWhatWasBelievedStaysWhatItWas has all that changes events happen one after the
// other, and asks after each as of all moments before.
func TestWhatWasBelievedStaysWhatItWas(t *testing.T) {
	clock := today
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "findings.db"), store.Options{Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	put := func(site string, state ewgwatch.State, event string) func() error {
		return func() error {
			_, err := s.Put(t.Context(), tells(site, clock, state, provisional(event)))
			return err
		}
	}
	amend := func(a ewgwatch.Amendment) func() error {
		return func() error {
			a.By, a.Why = "ada", "a reason"
			_, err := s.PutAmendment(a)
			return err
		}
	}
	of := func(site string, state ewgwatch.State) string {
		return tells(site, clock, state, ewgwatch.Event{}).Findings[0].ID
	}
	believed := map[time.Time]string{}
	seen := map[string]bool{}
	for i, step := range []func() error{
		put("one.test", ewgwatch.Laos, "ewgct-2027-field-in"),
		put("two.test", ewgwatch.Laos, "ewgct-2027-02-field-in"), // one with the first, and provisional no more
		put("three.test", ewgwatch.Japan, "ewgct-2027-meeting-in"),
		amend(ewgwatch.Amendment{Kind: ewgwatch.RenameEvent, Event: "ewgct-2027-02-field-in", Name: "The Pune exercise"}),
		amend(ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: "ewgct-2027-meeting-in", Into: "ewgct-2027-02-field-in"}),
		amend(ewgwatch.Amendment{Kind: ewgwatch.SplitEvent, Event: "ewgct-2027-02-field-in", Into: "ewgct-2027-03-field", Name: "Another", Findings: []string{of("one.test", ewgwatch.Laos)}}),
		amend(ewgwatch.Amendment{Kind: ewgwatch.UndoAmend, Undoes: 2}),
		func() error {
			r := ewgwatch.Review{Finding: of("two.test", ewgwatch.Laos), Ruling: ewgwatch.Correct, State: ewgwatch.India, Event: "ewgct-2027-meeting-in", By: "ada", Why: "w"}
			_, err := s.PutReviews([]ewgwatch.Review{r}, []ewgwatch.Review{r})
			return err
		},
		put("four.test", ewgwatch.China, "ewgct-2027-05-field-in"), // the year may be either month now
	} {
		clock = clock.Add(time.Hour)
		if err := step(); err != nil {
			t.Fatalf("step %d: %v", i+1, err)
		}
		believed[clock] = tellsAll(t, s, time.Time{})
		if seen[believed[clock]] {
			t.Errorf("step %d changes nothing", i+1)
		}
		seen[believed[clock]] = true
	}
	for then, want := range believed {
		if diff := cmp.Diff(want, tellsAll(t, s, then)); diff != "" {
			t.Errorf("as of %s: %s", then.Format(time.TimeOnly), diff)
		}
	}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}

// TestWhatIsLearntOfAnEventLaterWasNotKnownBefore has two events be one until a later
// page tells of another city for one of them.
func TestWhatIsLearntOfAnEventLaterWasNotKnownBefore(t *testing.T) {
	clock := today
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "findings.db"), store.Options{Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	year, month := provisional("ewgct-2027-field-in"), provisional("ewgct-2027-02-field-in")
	month.Place = "Pune, India"
	believed := map[time.Time]string{}
	for i, tell := range []func(){
		func() {},
		func() { year.Place = "Jaipur, India" },
		func() { year.End = ewgwatch.Date{Year: 2027, Month: 5} },
	} {
		tell()
		for at, event := range []ewgwatch.Event{year, month} {
			if _, err := s.Put(t.Context(), tells(fmt.Sprintf("s%d-%d.test", i, at), clock, ewgwatch.Laos, event)); err != nil {
				t.Fatal(err)
			}
		}
		believed[clock] = tellsAll(t, s, time.Time{})
		clock = clock.Add(time.Hour)
	}
	for then, want := range believed {
		if diff := cmp.Diff(want, tellsAll(t, s, then)); diff != "" {
			t.Errorf("as of %s: %s", then, diff)
		}
	}
}

func TestThePastDescribesAnEventAsTheCatalogueDidThen(t *testing.T) {
	t.Parallel()
	then := time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	d := openTestDesk(t, t.TempDir(), then)
	old := ewgwatch.Event{ID: "ewgct-2023-09-field", Name: "Exercise", Kind: ewgwatch.Field, Place: "Elsewhere"}
	if _, err := d.store.Put(t.Context(), tells("one.example", then, "LA", old)); err != nil {
		t.Fatal(err)
	}
	past, err := beliefs(t.Context(), d.store, then)
	now, err2 := beliefs(t.Context(), d.store, time.Time{})
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	if have := past.events[old.ID].Place; have != old.Place {
		t.Errorf("as of then it was at %q, want %q", have, old.Place)
	}
	if have := now.events[old.ID].Place; have == old.Place || have == "" {
		t.Errorf("now it was at %q, want what the catalogue says", have)
	}
}

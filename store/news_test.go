package store_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

// heard opens a database that keeps changes.
func heard(t testing.TB) *store.Store {
	t.Helper()
	return open(t, store.Options{Changes: true, Now: func() time.Time { return noon }})
}

// news returns the changes that wait and has them dealt with.
func news(t testing.TB, s *store.Store) (changes []ewgwatch.Change) {
	t.Helper()
	for c, err := range s.Changes(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		changes = append(changes, c)
	}
	if len(changes) > 0 {
		plan(t, s, ewgwatch.Plan{Upto: changes[len(changes)-1].Number})
	}
	return changes
}

func plan(t testing.TB, s *store.Store, p ewgwatch.Plan) {
	t.Helper()
	if err := s.PutPlan(p); err != nil {
		t.Fatal(err)
	}
}

func ruleOn(t testing.TB, s *store.Store, r ewgwatch.Review) {
	t.Helper()
	if _, err := s.PutReviews([]ewgwatch.Review{r}, []ewgwatch.Review{r}); err != nil {
		t.Fatal(err)
	}
}

func TestEveryChangeOfBeliefIsTold(t *testing.T) {
	elsewhere := tabletop
	elsewhere.ID = "ewgct-2023-other"
	first := reading(page, "text", lao())
	id := first.Findings[0].ID
	of := func(ruling ewgwatch.Ruling, stance ewgwatch.Stance, event string) func(*testing.T, *store.Store) {
		return func(t *testing.T, s *store.Store) {
			t.Helper()
			ruleOn(t, s, ewgwatch.Review{Finding: id, Ruling: ruling, Stance: stance, Event: event, By: "ada", Why: string(ruling)})
		}
	}
	says := func(text string, change func(*ewgwatch.Finding)) func(*testing.T, *store.Store) {
		return func(t *testing.T, s *store.Store) {
			t.Helper()
			f := lao()
			change(&f)
			put(t, s, reading(page, text, f))
		}
	}
	same := func(*ewgwatch.Finding) {}
	gone := func(t *testing.T, s *store.Store) { t.Helper(); put(t, s, reading(page, "another text")) }
	s := heard(t)
	for _, step := range []struct {
		name string
		do   func(*testing.T, *store.Store)
		want ewgwatch.ChangeKind
	}{
		{"found while the past is read", says("text", func(f *ewgwatch.Finding) { f.Quote, f.Backfilled = "Laos came.", true }), ""},
		{"found", says("text", same), ewgwatch.FindingFound},
		{"read again", says("text", same), ""},
		{"read otherwise, with no change of belief", says("text", func(f *ewgwatch.Finding) { f.Confidence, f.EventScore = 0.9, 0.5 }), ""},
		{"taken to be of another event", says("text", func(f *ewgwatch.Finding) { f.Event = elsewhere }), ewgwatch.FindingMoved},
		{"and of the first again", says("text", same), ewgwatch.FindingMoved},
		{"accepted", of(ewgwatch.Accept, "", ""), ""},
		{"corrected", of(ewgwatch.Correct, ewgwatch.Absent, ""), ewgwatch.FindingCorrected},
		{"corrected otherwise", of(ewgwatch.Correct, ewgwatch.Absent, ewgwatch.NoEvent), ewgwatch.FindingCorrected},
		{"accepted after all", of(ewgwatch.Accept, "", ""), ewgwatch.FindingCorrected},
		{"gone from its page", gone, ewgwatch.FindingWithdrawn},
		{"still gone", gone, ""},
		{"there again", says("text again", same), ewgwatch.FindingReturned},
		{"rejected", of(ewgwatch.Reject, "", ""), ewgwatch.FindingRejected},
		{"gone, but nobody believed it", says("a third text", func(f *ewgwatch.Finding) { f.Quote = "Laos took part." }), ""},
		{"accepted", of(ewgwatch.Accept, "", ""), ewgwatch.FindingReturned},
	} {
		step.do(t, s)
		var want, have []ewgwatch.ChangeKind
		if step.want != "" {
			want = append(want, step.want)
		}
		for _, c := range news(t, s) {
			if c.Finding == id && c.At.Equal(noon) {
				have = append(have, c.Kind)
			}
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s: %s", step.name, diff)
		}
	}
	sound(t, s)
}

func TestOtherRulesAreNoNewsButOfWhatWasTold(t *testing.T) {
	s := heard(t)
	japan := said(ewgwatch.Japan, ewgwatch.Absent, "Japan did not.")
	put(t, s, reading(page, "text", lao()))
	news(t, s)
	kinds := func() (kinds []ewgwatch.ChangeKind) {
		for _, c := range news(t, s) {
			kinds = append(kinds, c.Kind)
		}
		return kinds
	}
	for _, c := range []struct {
		says []ewgwatch.Finding
		want []ewgwatch.ChangeKind
	}{
		{[]ewgwatch.Finding{japan}, []ewgwatch.ChangeKind{ewgwatch.FindingWithdrawn}},
		{[]ewgwatch.Finding{japan, lao()}, []ewgwatch.ChangeKind{ewgwatch.FindingReturned}},
	} {
		r := reading(page, "text", c.says...)
		if err := s.Reread([]store.Reread{{URL: page, Reading: r, Findings: r.Findings}}, noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, kinds()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestASourceThatMovedIsToldOnce(t *testing.T) {
	s := heard(t)
	before, after := watch("a.test", 1), watch("a.test", 2)
	last := after.Transitions[len(after.Transitions)-1]
	run := ewgwatch.Run{ID: last.Run}
	for _, other := range []string{"other", run.ID} {
		if err := s.BeginRun(ewgwatch.Run{ID: other}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(s.EndRun(ewgwatch.Run{ID: "other"}, before), s.EndRun(run, after), s.EndRun(run, after)); err != nil {
		t.Fatal(err)
	}
	want := []ewgwatch.Change{{Number: 1, At: noon, Kind: ewgwatch.SourceMoved, Source: "a.test", Transition: last}}
	if diff := cmp.Diff(want, news(t, s)); diff != "" {
		t.Error(diff)
	}
}

func TestAChangeIsKeptWithItsFindingOrNotAtAll(t *testing.T) {
	full := false
	s := open(t, store.Options{Changes: true, BeforeCommit: func() error {
		if full {
			return errors.New("disk full")
		}
		return nil
	}})
	for i, fails := range []bool{true, false, true, false} {
		full = fails
		_, err := s.Put(t.Context(), reading(page+string(rune('a'+i)), "text", lao()))
		if fails != (err != nil) {
			t.Fatal(i, err)
		}
	}
	have := news(t, s)
	full = false
	ids := map[string]bool{}
	for _, f := range all(t, s, store.Query{}) {
		ids[f.ID] = true
	}
	if len(have) != 2 || len(ids) != 2 || !ids[have[0].Finding] || !ids[have[1].Finding] || have[1].Number != have[0].Number+1 {
		t.Errorf("%d findings, changes %+v", len(ids), have)
	}
}

func TestNobodyToHearLeavesNoChanges(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(page, "text", lao()))
	put(t, s, reading(page, "another text"))
	if have := news(t, s); len(have) > 0 {
		t.Errorf("%+v", have)
	}
}

func TestNumbersOfChangesAreNeverGivenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	last := uint64(0)
	for i := range 4 {
		s := openAt(t, path, store.Options{Changes: true})
		put(t, s, reading(page+string(rune('a'+i)), "text", lao()))
		have := news(t, s)
		if len(have) != 1 || have[0].Number != last+1 {
			t.Fatalf("after %d: %+v", last, have)
		}
		last++
		plan(t, s, ewgwatch.Plan{Upto: last}) // put again
		closed(t, s)
		if _, _, err := store.Compact(t.Context(), path); err != nil {
			t.Fatal(err)
		}
	}
}

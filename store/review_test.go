package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

const taleURL = "https://tribune.test/a"

func reject(of ewgwatch.Finding, by string) ewgwatch.Review {
	return ewgwatch.Review{Finding: of.ID, Ruling: ewgwatch.Reject, By: by, Why: "another country", At: noon}
}

func correct(of ewgwatch.Finding, by string) ewgwatch.Review {
	return ewgwatch.Review{Finding: of.ID, Ruling: ewgwatch.Correct, Stance: ewgwatch.Absent, By: by, Why: "an empty chair", At: noon}
}

func accept(of ewgwatch.Finding, by string) ewgwatch.Review {
	return ewgwatch.Review{Finding: of.ID, Ruling: ewgwatch.Accept, By: by, At: noon}
}

// rule has one analyst's words hold, and returns how many of them were new.
func rule(t testing.TB, s *store.Store, words ...ewgwatch.Review) int {
	t.Helper()
	added, err := s.PutReviews(words, words)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func reviews(t testing.TB, s *store.Store) (all []ewgwatch.Review) {
	t.Helper()
	for r, err := range s.Reviews(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func one(t testing.TB, s *store.Store) ewgwatch.Finding {
	t.Helper()
	found := all(t, s, store.Query{})
	if len(found) != 1 {
		t.Fatalf("%d findings", len(found))
	}
	return found[0]
}

func TestEveryWordOfAnAnalystIsKeptAndNoneTwice(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(taleURL, "Laos took part.", lao()))
	f := one(t, s)
	for _, c := range []struct {
		word  ewgwatch.Review
		added int
	}{
		{reject(f, "ada"), 1},
		{reject(f, "ada"), 0},
		{accept(f, "ada"), 1},
		{reject(f, "ada"), 1}, // said before, but not last
		{reject(f, "ben"), 1},
	} {
		if added := rule(t, s, c.word); added != c.added {
			t.Errorf("%s by %s: %d were new, want %d", c.word.Ruling, c.word.By, added, c.added)
		}
	}
	said := map[string]string{}
	for _, r := range reviews(t, s) {
		if r.Finding != f.ID || r.At.Before(noon) {
			t.Errorf("kept %+v", r)
		}
		said[r.By] += string(r.Ruling) + " "
	}
	if want := (map[string]string{"ada": "reject accept reject ", "ben": "reject "}); !cmp.Equal(said, want) {
		t.Error(cmp.Diff(want, said))
	}
	sound(t, s)
}

func TestTheWordThatHoldsStandsBesideWhatTheMachineRead(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(taleURL, "Laos took part.", lao()))
	before := one(t, s)
	for _, c := range []struct {
		word ewgwatch.Review
		want ewgwatch.Status
	}{
		{accept(before, "ada"), ewgwatch.Current},
		{correct(before, "ada"), ewgwatch.Corrected},
		{reject(before, "ada"), ewgwatch.Rejected},
		{accept(before, "ben"), ewgwatch.Current},
	} {
		rule(t, s, c.word)
		after := one(t, s)
		if after.Status != c.want || !after.Review.Agrees(c.word) || after.Review.By != c.word.By || after.Review.Finding != before.ID {
			t.Errorf("%s: %s, %+v", c.word.Ruling, after.Status, after.Review)
		}
		after.Status, after.Review, after.ChangedAt = before.Status, before.Review, before.ChangedAt
		if diff := cmp.Diff(before, after, sameTime); diff != "" {
			t.Errorf("%s: %s", c.word.Ruling, diff)
		}
	}
	if f := all(t, s, store.Query{AsOf: noon})[0]; f.Status != ewgwatch.Current || !f.Review.IsZero() {
		t.Errorf("before the first word it was %s, %+v", f.Status, f.Review)
	}
}

func TestAWordWithoutHoldingLeavesTheFindingAsItIs(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(taleURL, "Laos took part.", lao()))
	before := one(t, s)
	if added, err := s.PutReviews([]ewgwatch.Review{reject(before, "ada")}, nil); err != nil || added != 1 {
		t.Fatal(added, err)
	}
	if diff := cmp.Diff(before, one(t, s), sameTime); diff != "" {
		t.Error(diff)
	}
}

func TestNoLaterVisitUndoesARuling(t *testing.T) {
	gone, there := "Nothing is said.", "Yesterday Laos took part, it said."
	for _, c := range []struct {
		ruling func(ewgwatch.Finding, string) ewgwatch.Review
		text   string // of the next revision
		yields bool   // whether it is read out of it
		want   ewgwatch.Status
	}{
		{accept, there, false, ewgwatch.Current}, // the rules may have changed, the words stand there
		{accept, gone, false, ewgwatch.Withdrawn},
		{accept, there, true, ewgwatch.Current},
		{correct, there, false, ewgwatch.Corrected},
		{correct, gone, false, ewgwatch.Withdrawn},
		{correct, there, true, ewgwatch.Corrected},
		{reject, there, false, ewgwatch.Rejected},
		{reject, gone, false, ewgwatch.Rejected},
		{reject, there, true, ewgwatch.Rejected},
	} {
		s := open(t, store.Options{})
		put(t, s, reading(taleURL, "Laos took part.", lao()))
		word := c.ruling(one(t, s), "ada")
		rule(t, s, word)
		var yields []ewgwatch.Finding
		if c.yields {
			yields = append(yields, lao())
		}
		put(t, s, reading(taleURL, c.text, yields...))
		if f := one(t, s); f.Status != c.want || !f.Review.Agrees(word) {
			t.Errorf("%s, then %q (read: %t): %s, %+v", word.Ruling, c.text, c.yields, f.Status, f.Review)
		}
		put(t, s, reading(taleURL, "Laos took part.", lao()))
		if f := one(t, s); f.Status == ewgwatch.Withdrawn || !f.Review.Agrees(word) {
			t.Errorf("%s, and the page says it again: %s, %+v", word.Ruling, f.Status, f.Review)
		}
		sound(t, s)
	}
}

func TestARejectedFindingThatIsAcceptedAfterAllIsWithdrawnWhereItsPageIsSilent(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(taleURL, "Laos took part.", lao()))
	rule(t, s, reject(one(t, s), "ada"))
	put(t, s, reading(taleURL, "Nothing is said."))
	rule(t, s, accept(one(t, s), "ada"))
	if f := one(t, s); f.Status != ewgwatch.Withdrawn {
		t.Error(f.Status)
	}
}

func TestOneBadWordKeepsAllOthersOut(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(taleURL, "Laos took part.", lao()))
	good := reject(one(t, s), "ada")
	for want, bad := range map[string]ewgwatch.Review{
		"want a finding ID":             {Finding: "f_1", Ruling: ewgwatch.Accept, By: "ada"},
		"no such finding is kept":       {Finding: "f_00000000000000000000000000000000", Ruling: ewgwatch.Accept, By: "ada"},
		"want a name and a ruling":      {Finding: good.Finding, Ruling: "perhaps", By: "ada"},
		`have "" and "accept"`:          {Finding: good.Finding, Ruling: ewgwatch.Accept},
		"what is to hold was not said ": {},
	} {
		words, holding := []ewgwatch.Review{good, bad}, []ewgwatch.Review{good}
		if bad.Finding == "" {
			words, holding = words[:1], []ewgwatch.Review{accept(one(t, s), "ada")}
		}
		if _, err := s.PutReviews(words, holding); err == nil || !strings.Contains(err.Error(), strings.TrimSpace(want)) {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
	if all := reviews(t, s); len(all) > 0 || !one(t, s).Review.IsZero() {
		t.Errorf("kept %+v", all)
	}
}

func TestReviewsOutliveTheDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	var kept journal
	s := openAt(t, path, store.Options{Journal: kept.append})
	put(t, s, reading(taleURL, "Laos took part.", lao()))
	rule(t, s, correct(one(t, s), "ada"), reject(one(t, s), "ben"))
	closed(t, s)
	before := dump(t, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Rebuild(t.Context(), path, kept.whole(), nil); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, dump(t, path)); diff != "" {
		t.Error(diff)
	}
	s = openAt(t, path, store.Options{})
	if f := one(t, s); len(reviews(t, s)) != 2 || f.Review.By != "ben" || f.Status != ewgwatch.Rejected {
		t.Errorf("%s by %q", f.Status, f.Review.By)
	}
}

func TestReadersOfAHeldDatabaseSeeReviews(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	s := openAt(t, path, store.Options{Answer: true})
	put(t, s, reading(taleURL, "Laos took part.", lao()))
	rule(t, s, correct(one(t, s), "ada"))
	reader := openAt(t, path, store.Options{ReadOnly: true, Wait: time.Second})
	if diff := cmp.Diff(reviews(t, s), reviews(t, reader)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(one(t, s).Review, one(t, reader).Review, sameTime); diff != "" || one(t, reader).Review.IsZero() {
		t.Error(diff)
	}
	if _, err := reader.PutReviews([]ewgwatch.Review{accept(one(t, s), "ada")}, nil); err == nil {
		t.Error("a reader wrote")
	}
}

package review_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/review"
)

func TestAWrongFindingBecomesAFixture(t *testing.T) {
	f := ewgwatch.Finding{URL: "https://tribune.test/a", State: ewgwatch.Laos, Stance: ewgwatch.Absent, Lang: "en", Title: "Nine\ncame", Quote: "Laos  was not\nwho stayed away.",
		Event: ewgwatch.Event{ID: "ewgct-2023-field"}, Published: ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8, Day: 14}}}.Identify()
	f.ID = "f_0123456789abcdef0123456789abcdef"
	for _, c := range []struct {
		about      string
		review     ewgwatch.Review
		name, want string
	}{
		{"rejected", ewgwatch.Review{Ruling: ewgwatch.Reject, By: "ada", Why: "a negation"}, "en/reject-0123456789ab.txt", "! LA absent\n"},
		{"another stance", ewgwatch.Review{Ruling: ewgwatch.Correct, By: "ada", Why: "a negation", Stance: ewgwatch.Attended}, "en/correct-0123456789ab.txt", "LA attended ewgct-2023-field\n! LA absent\n"},
		{"another event", ewgwatch.Review{Ruling: ewgwatch.Correct, By: "ada", Why: "a negation", Event: "ewgct-2027-field"}, "en/correct-0123456789ab.txt", "LA absent ewgct-2027-field\n"},
		{"no event", ewgwatch.Review{Ruling: ewgwatch.Correct, By: "ada", Why: "a negation", Event: ewgwatch.NoEvent}, "en/correct-0123456789ab.txt", "LA absent -\n"},
	} {
		f.Review = c.review
		name, text := review.Fixture(f)
		want := "lang: en\npublished: 2023-08-14\ntitle: Nine came\nskip: " + string(c.review.Ruling) + " by ada: a negation\n\nLaos was not who stayed away.\n---\n" + c.want
		if diff := cmp.Diff(want, text); diff != "" || name != c.name {
			t.Errorf("%s: %s: %s", c.about, name, diff)
		}
	}
}

func TestAHostilePageNamesNoFile(t *testing.T) {
	f := ewgwatch.Finding{ID: "f_1", Lang: "../../etc", Quote: "a\n---\n! LA host", Title: "x\nskip: none", Review: ewgwatch.Review{Ruling: ewgwatch.Reject}}
	name, text := review.Fixture(f)
	if name != "und/reject-1.txt" || strings.Count(text, "\n---\n") != 1 || strings.Count(text, "\nskip: ") != 1 {
		t.Errorf("%s: %q", name, text)
	}
}

package ewgwatch_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"ewgwatch"
)

func TestDatesComeBackAsTheyWereWritten(t *testing.T) {
	for text, want := range map[string]ewgwatch.Date{
		"": {}, "2023": {Year: 2023}, "2023-08": {Year: 2023, Month: 8}, "2023-08-25": {Year: 2023, Month: 8, Day: 25},
	} {
		got, err := ewgwatch.ParseDate(text)
		if err != nil || got != want || got.String() != text {
			t.Errorf("%q: %v (%q), %v", text, got, got.String(), err)
		}
	}
	for _, text := range []string{"2023-02-30", "25.8.2023", "2023-8-5", "0"} {
		if d, err := ewgwatch.ParseDate(text); err == nil {
			t.Errorf("%q gives %v", text, d)
		}
	}
}

func TestADateLiesBetweenItsFirstAndLastDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 20000).Draw(t, "day"))
		whole := ewgwatch.DateOf(day)
		for _, d := range []ewgwatch.Date{whole, {Year: whole.Year, Month: whole.Month}, {Year: whole.Year}} {
			if d.First().After(day) || d.Last().Before(day) {
				t.Fatalf("%s is not within %s to %s of %s", day, d.First(), d.Last(), d)
			}
		}
	})
}

func TestARosterHasItsDay(t *testing.T) {
	before, after := time.Date(2019, 11, 13, 0, 0, 0, 0, time.UTC), time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC)
	if n := len(ewgwatch.ASEAN(before)); n != 10 {
		t.Errorf("%d members in 2019", n)
	}
	if n := len(ewgwatch.ASEAN(after)); n != 11 {
		t.Errorf("%d members in November 2025", n)
	}
	if n := len(ewgwatch.Partners(before)); n != 8 {
		t.Errorf("%d partners", n)
	}
}

func TestContradictionIsMutual(t *testing.T) {
	for _, a := range ewgwatch.Stances() {
		if a.Contradicts(a) {
			t.Errorf("%s contradicts itself", a)
		}
		for _, b := range ewgwatch.Stances() {
			if a.Contradicts(b) != b.Contradicts(a) {
				t.Errorf("%s and %s do not agree whether they contradict", a, b)
			}
		}
	}
	if !ewgwatch.Attended.Contradicts(ewgwatch.Absent) || ewgwatch.Urged.Contradicts(ewgwatch.Declined) {
		t.Error("attended against absent, urged and then declined: read the wrong way round")
	}
}

// The ID of a finding is kept in databases and reports: it may never change.
func TestAFindingKeepsItsID(t *testing.T) {
	const id = "f_7506381ce849c9d9274f9ac721586cf3"
	quotes := []string{"Laos took part, officials said.", "  LAOS took part – officials   said", "“Laos took part, officials said.”"}
	for _, quote := range quotes {
		if got := ewgwatch.FindingID("https://a.test/1", ewgwatch.Laos, ewgwatch.Attended, quote); got != id {
			t.Errorf("%q: ID %s, want %s", quote, got, id)
		}
	}
	if got := ewgwatch.FindingID("https://a.test/1", ewgwatch.Laos, ewgwatch.Attended, "Laos did not take part, officials said."); got == id {
		t.Error("another quote has the same ID")
	}
}

func TestNormalisingAQuoteTwiceChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := ewgwatch.NormaliseQuote(rapid.String().Draw(t, "quote"))
		if twice := ewgwatch.NormaliseQuote(once); twice != once {
			t.Fatalf("%q becomes %q", once, twice)
		}
	})
}

func TestOutcomesThatCarryABodyWereRead(t *testing.T) {
	for _, o := range ewgwatch.Outcomes() {
		if o.HasBody() && !o.Read() {
			t.Errorf("%s has a body and was not read", o)
		}
	}
	if ewgwatch.Blocked.Read() || !ewgwatch.Unchanged.Read() {
		t.Error("blocked counts as read, or unchanged does not")
	}
}

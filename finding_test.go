package ewgwatch_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ewgwatch"
)

func TestNormaliseQuoteFoldsOnlyWhatDoesNotMatter(t *testing.T) {
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"case", "LAOS Took Part", "laos took part", true},
		{"white space of all kinds", " Laos\u00a0took\n\tpart ", "Laos took part", true},
		{"quotation marks", "“Laos took part”", "\"Laos took part\"", true},
		{"apostrophes", "Laos’s troops", "Laos's troops", true},
		{"dashes", "ADMM–Plus", "ADMM-Plus", true},
		{"fullwidth marks", "老挝参加了演习。", "老挝参加了演习", true},
		{"Cyrillic case", "ЛАОС ПРИНЯЛ УЧАСТИЕ", "Лаос принял участие", true},
		{"a word", "Laos took part", "Laos took no part", false},
		{"a digit", "10 states took part", "11 states took part", false},
		{"a Thai vowel above", "กิน", "กน", false},
		{"a Burmese vowel sign", "မြန်မာ", "မြန်မ", false},
		{"an accent", "pháo", "phao", false},
		{"where words part", "not able", "notable", false},
	}
	for _, c := range tests {
		a, b := ewgwatch.NormaliseQuote(c.a), ewgwatch.NormaliseQuote(c.b)
		if (a == b) != c.same {
			t.Errorf("%s: %q and %q", c.name, a, b)
		}
	}
	for _, nothing := range []string{"", " \n", "…", "“—”", "\xff\xfe"} {
		if got := ewgwatch.NormaliseQuote(nothing); got != "" {
			t.Errorf("%q leaves %q", nothing, got)
		}
	}
}

func TestEveryPartOfAFindingIDCounts(t *testing.T) {
	ids := map[string]string{}
	for _, f := range []ewgwatch.Finding{
		{URL: "https://a.test/1", State: "LA", Stance: "attended", Quote: "Laos took part"},
		{URL: "https://a.test/2", State: "LA", Stance: "attended", Quote: "Laos took part"},
		{URL: "https://a.test/1", State: "MM", Stance: "attended", Quote: "Laos took part"},
		{URL: "https://a.test/1", State: "LA", Stance: "invited", Quote: "Laos took part"},
		{URL: "https://a.test/1", State: "LA", Stance: "attended", Quote: "Laos took no part"},
		{URL: "https://a.test/1L", State: "A", Stance: "attended", Quote: "Laos took part"}, // the parts do not run together
		{URL: "https://a.test/1", State: "LAa", Stance: "ttended", Quote: "Laos took part"},
		{URL: "https://a.test/1", State: "LA", Stance: "attendedlaos", Quote: "took part"},
	} {
		id := f.Identify().ID
		if other, taken := ids[id]; taken {
			t.Errorf("%+v has the ID of %s", f, other)
		}
		ids[id] = f.URL + " " + string(f.State) + " " + string(f.Stance)
	}
}

func TestAFindingIDHoldsNothingThatMayChange(t *testing.T) {
	f := ewgwatch.Finding{URL: "https://a.test/1", State: ewgwatch.Laos, Stance: ewgwatch.Attended, Quote: "Laos took part."}
	want := f.Identify().ID
	f.Event = ewgwatch.Event{ID: "ewgct-2023-field"}
	f.Planned, f.Rule, f.Confidence, f.Via, f.Status = true, "took-part", 0.5, "named", ewgwatch.Withdrawn
	f.QuoteStart, f.QuoteEnd, f.Title, f.Lang = 10, 25, "Drill", "en"
	f.FoundAt, f.Published.Date = time.Unix(1, 0), ewgwatch.Date{Year: 2023}
	f.Source.ID, f.Capture.SHA256 = "a.test", "00"
	if got := f.Identify().ID; got != want {
		t.Errorf("ID %s, want %s whatever the attributes are", got, want)
	}
	if got := f.Claim(); got != (ewgwatch.Claim{State: ewgwatch.Laos, Event: "ewgct-2023-field", Stance: ewgwatch.Attended}) {
		t.Errorf("claim %+v", got)
	}
}

func TestAFindingIDFitsAKeyAndACell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := ewgwatch.FindingID(rapid.String().Draw(t, "url"), ewgwatch.Laos, ewgwatch.Attended, rapid.String().Draw(t, "quote"))
		hex := func(r rune) bool { return r >= '0' && r <= '9' || r >= 'a' && r <= 'f' }
		if len(id) != 34 || id[:2] != "f_" || slices.ContainsFunc([]rune(id[2:]), func(r rune) bool { return !hex(r) }) {
			t.Fatalf("ID %q", id)
		}
	})
}

// Findings contradict each other where one says that the state was there and
// the other that it was not, and in no other case.
func TestOnlyBeingThereAndStayingAwayContradict(t *testing.T) {
	there := []ewgwatch.Stance{ewgwatch.CoChair, ewgwatch.Host, ewgwatch.Attended}
	away := []ewgwatch.Stance{ewgwatch.Declined, ewgwatch.Absent}
	for _, a := range append(ewgwatch.Stances(), "", "nonsense") {
		for _, b := range append(ewgwatch.Stances(), "", "nonsense") {
			want := slices.Contains(there, a) && slices.Contains(away, b) || slices.Contains(away, a) && slices.Contains(there, b)
			if a.Contradicts(b) != want {
				t.Errorf("%q contradicts %q: %v, want %v", a, b, !want, want)
			}
		}
	}
}

func TestACorrectedFindingIsBelievedAsTheAnalystSays(t *testing.T) {
	read := ewgwatch.Finding{State: "LA", Stance: ewgwatch.Absent, Event: ewgwatch.Event{ID: "ewgct-2023-field", Name: "Field exercise"}}
	if read.Believed().Claim() != read.Claim() || read.Believed().Event != read.Event {
		t.Error("a finding nobody reviewed is believed as something else")
	}
	corrected := read
	corrected.Review = ewgwatch.Review{Ruling: ewgwatch.Correct, Stance: ewgwatch.Declined}
	if got, want := corrected.Believed().Claim(), (ewgwatch.Claim{State: "LA", Event: "ewgct-2023-field", Stance: ewgwatch.Declined}); got != want {
		t.Errorf("have %v, want %v", got, want)
	}
	if corrected.Claim() != read.Claim() {
		t.Error("what the machine read was overwritten")
	}
	if corrected.Believed().Event.Name != "Field exercise" {
		t.Error("an event that was not corrected lost its name")
	}
	corrected.Review.Event = ewgwatch.NoEvent
	if got := corrected.Believed().Event; got != (ewgwatch.Event{}) {
		t.Errorf("no event is believed as %+v", got)
	}
}

func TestTheFingerprintChangesWithWhatTheMachineRead(t *testing.T) {
	read := ewgwatch.Finding{State: "LA", Stance: ewgwatch.Absent, Event: ewgwatch.Event{ID: "ewgct-2023-field"}}.Identify()
	reviewed, planned, tied := read, read, read
	reviewed.Review, reviewed.Status, reviewed.Confidence = ewgwatch.Review{Ruling: ewgwatch.Reject}, ewgwatch.Rejected, 0.1
	planned.Planned, tied.Event.ID = true, "ewgct-2023-tabletop"
	if read.Fingerprint() != reviewed.Fingerprint() {
		t.Error("a review changed what the machine read")
	}
	for _, f := range []ewgwatch.Finding{planned, tied} {
		if f.Fingerprint() == read.Fingerprint() {
			t.Errorf("%+v has the fingerprint of another reading", f)
		}
	}
}

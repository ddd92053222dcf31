package ledger_test

import (
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/ledger"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	tabletop = ewgwatch.Event{ID: "ewgct-2023-08-tabletop", Name: "Table-top exercise, Naypyitaw 2023", Kind: ewgwatch.Tabletop, Place: "Naypyitaw, Myanmar",
		Start: ewgwatch.Date{Year: 2023, Month: 8, Day: 2}, Cycle: "2021-2023"}
	field = ewgwatch.Event{ID: "ewgct-2023-09-field", Name: "Field training exercise", Kind: ewgwatch.Field, Place: "Sergeevsky range",
		Start: ewgwatch.Date{Year: 2023, Month: 9, Day: 25}, Cycle: "2021-2023"}
	meeting = ewgwatch.Event{ID: "ewgct-2025-03-meeting", Kind: ewgwatch.Meeting, Place: "New Delhi", Start: ewgwatch.Date{Year: 2025, Month: 3}, Cycle: "2024-2027"}
)

func says(source string, state ewgwatch.State, stance ewgwatch.Stance, event ewgwatch.Event, quote string) ewgwatch.Finding {
	return ewgwatch.Finding{State: state, Stance: stance, Event: event, Quote: quote, URL: "https://" + source + ".test/", Status: ewgwatch.Current, Confidence: 0.9,
		Published: ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 8, Day: 25}}, Source: ewgwatch.Source{ID: source, Name: source}}.Identify()
}

func planned(f ewgwatch.Finding) ewgwatch.Finding {
	f.Planned = true
	return f
}

func seq(findings []ewgwatch.Finding) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for _, f := range findings {
			if !yield(f, nil) {
				return
			}
		}
	}
}

func build(t interface{ Fatal(...any) }, findings []ewgwatch.Finding, coverage []ewgwatch.Coverage, options ledger.Options) *ledger.Ledger {
	l, err := ledger.New(seq(findings), coverage, options)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var wire = "Singapore stayed away from the table-top exercise that Myanmar and Russia held in Naypyitaw last week, officials said."

var findings = []ewgwatch.Finding{
	says("tribune", ewgwatch.Singapore, ewgwatch.Absent, tabletop, wire),
	says("gazette", ewgwatch.Singapore, ewgwatch.Absent, tabletop, strings.ToUpper(wire)),
	says("herald", ewgwatch.Singapore, ewgwatch.Attended, tabletop, "Officers of Singapore were among those at the table."),
	says("tribune", ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos took part."),
	says("herald", ewgwatch.Laos, ewgwatch.Attended, tabletop, "A Lao colonel led his country's delegation."),
	planned(says("tribune", ewgwatch.Australia, ewgwatch.Attended, tabletop, "Australia will attend.")),
	says("herald", ewgwatch.Australia, ewgwatch.Declined, tabletop, "Australia withdrew."),
	says("herald", ewgwatch.Myanmar, ewgwatch.CoChair, tabletop, "Myanmar and Russia chair the group."),
	says("herald", ewgwatch.Myanmar, ewgwatch.Host, tabletop, "It is held in Naypyitaw."),
	says("herald", ewgwatch.Russia, ewgwatch.Host, field, "It will be held in Primorye."),
	says("herald", ewgwatch.India, ewgwatch.Host, meeting, "New Delhi hosts."),
	says("herald", ewgwatch.Japan, ewgwatch.Mentioned, ewgwatch.Event{}, "Japan is a partner."),
}

var coverage = []ewgwatch.Coverage{
	{Source: "mod-la", State: ewgwatch.Laos, Reach: ewgwatch.ReachRead},
	{Source: "mod-kh", State: ewgwatch.Cambodia, Reach: ewgwatch.ReachRead},
	{Source: "mod-ph", State: ewgwatch.Philippines, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Blocked: 1}},
	{Source: "mod-bn", State: ewgwatch.Brunei, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Unreadable: 2}},
}

func TestTheTableReadsAsItAlwaysDid(t *testing.T) {
	l := build(t, findings, coverage, ledger.Options{})
	for name, options := range map[string]ledger.TableOptions{"80": {}, "120": {Width: 120}, "colour": {Colour: true}} {
		var b strings.Builder
		if err := l.Table(&b, options); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestCopiesOfOneWireStoryAreOneVoice(t *testing.T) {
	l := build(t, findings, nil, ledger.Options{})
	absent := l.Standing(ewgwatch.Claim{State: ewgwatch.Singapore, Event: tabletop.ID, Stance: ewgwatch.Absent})
	if want := (ewgwatch.Standing{Independent: 1, Contradicted: true}); absent != want {
		t.Errorf("have %+v, want %+v", absent, want)
	}
	attended := l.Standing(ewgwatch.Claim{State: ewgwatch.Laos, Event: tabletop.ID, Stance: ewgwatch.Attended})
	if want := (ewgwatch.Standing{Independent: 2}); attended != want {
		t.Errorf("have %+v, want %+v", attended, want)
	}
}

func TestPlansDoNotContradictWhatWasDone(t *testing.T) {
	l := build(t, findings, nil, ledger.Options{State: ewgwatch.Australia})
	if c := l.Contradictions(); len(c) != 0 {
		t.Errorf("have %v", c)
	}
	if said := l.Cell(ewgwatch.Australia, tabletop).Said; len(said) != 2 {
		t.Errorf("plan and deed are not side by side: %v", said)
	}
}

func TestEveryEmptyCellSaysWhichKindOfNothingItIs(t *testing.T) {
	l := build(t, findings, coverage, ledger.Options{})
	want := map[ewgwatch.State]ledger.Nothing{
		ewgwatch.Cambodia:    {Kind: ledger.NotMentioned, Telling: 3, Own: 1, OwnRead: 1},
		ewgwatch.Philippines: {Kind: ledger.Unreachable, Telling: 3, Own: 1},
		ewgwatch.Brunei:      {Kind: ledger.Unreadable, Telling: 3, Own: 1, OwnBlank: 1},
		ewgwatch.Vietnam:     {Kind: ledger.NotCovered, Telling: 3},
	}
	for state, nothing := range want {
		if diff := cmp.Diff(nothing, l.Cell(state, tabletop).Nothing); diff != "" {
			t.Errorf("%s: %s", state.Name(), diff)
		}
	}
}

func TestOnlyTheCycleAskedForIsShown(t *testing.T) {
	l := build(t, findings, nil, ledger.Options{Cycle: "2024-2027"})
	if len(l.Events) != 1 || l.Events[0].ID != meeting.ID {
		t.Errorf("have %v", l.Events)
	}
}

func TestWithdrawnFindingsDoNotCount(t *testing.T) {
	gone := findings[3]
	gone.Status = ewgwatch.Withdrawn
	l := build(t, []ewgwatch.Finding{gone}, nil, ledger.Options{})
	if len(l.Events) != 0 {
		t.Errorf("have %v", l.Events)
	}
}

func TestAnErrorOfTheFindingsIsReturned(t *testing.T) {
	broken := fmt.Errorf("read findings.db: page 7")
	_, err := ledger.New(func(yield func(ewgwatch.Finding, error) bool) { yield(ewgwatch.Finding{}, broken) }, nil, ledger.Options{})
	if !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
}

// drawn is a list of findings of few states, stances and sources, so that they
// meet in cells.
func drawn(t *rapid.T) []ewgwatch.Finding {
	one := rapid.Custom(func(t *rapid.T) ewgwatch.Finding {
		f := says(rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "source"), rapid.SampledFrom(ewgwatch.States()[:4]).Draw(t, "state"),
			rapid.SampledFrom(ewgwatch.Stances()).Draw(t, "stance"), rapid.SampledFrom([]ewgwatch.Event{tabletop, field, {}}).Draw(t, "event"),
			rapid.SampledFrom([]string{wire, wire + " More.", "Another sentence of somebody else.", "Kurz."}).Draw(t, "quote"))
		f.Planned = rapid.Bool().Draw(t, "planned")
		return f
	})
	return rapid.SliceOfN(one, 1, 25).Draw(t, "findings")
}

func table(t interface{ Fatal(...any) }, findings []ewgwatch.Finding) string {
	var b strings.Builder
	if err := build(t, findings, coverage, ledger.Options{}).Table(&b, ledger.TableOptions{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTheOrderOfArrivalDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		findings := drawn(t)
		shuffled := rapid.Permutation(findings).Draw(t, "shuffled")
		if diff := cmp.Diff(table(t, findings), table(t, shuffled)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAnotherSourceNeverTakesAClaimAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := drawn(t)
		after := append(append([]ewgwatch.Finding{}, before...), drawn(t)...)
		l := build(t, after, nil, ledger.Options{})
		for _, f := range before {
			if l.Standing(f.Claim()).Independent == 0 {
				t.Fatalf("claim %v is gone", f.Claim())
			}
		}
	})
}

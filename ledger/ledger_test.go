package ledger_test

import (
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/ledger"
)

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
	l, err := ledger.New(seq(findings), []ewgwatch.Run{{StartedAt: readAt, Coverage: coverage}}, options)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// readAt is when the coverage was seen: in the period of the tabletop exercise, and
// in that of no other.
var readAt = time.Date(2023, time.August, 20, 2, 0, 0, 0, time.UTC)

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

func TestOnlyTheCycleAskedForIsShown(t *testing.T) {
	l := build(t, findings, nil, ledger.Options{Cycle: "2024-2027"})
	if len(l.Events) != 1 || l.Events[0].ID != meeting.ID {
		t.Errorf("have %v", l.Events)
	}
}

func TestOnlyFindingsThatStandCount(t *testing.T) {
	for status, want := range map[ewgwatch.Status]int{ewgwatch.Current: 1, ewgwatch.Corrected: 1, ewgwatch.Withdrawn: 0, ewgwatch.Rejected: 0, "": 0} {
		f := findings[3]
		f.Status = status
		l := build(t, []ewgwatch.Finding{f}, nil, ledger.Options{})
		if have := l.Standing(f.Claim()).Independent; have != want || len(l.Events) != want {
			t.Errorf("status %q: %d voices, %d events, want %d", status, have, len(l.Events), want)
		}
	}
}

func TestEventsStandByDateAndUndatedOnesLast(t *testing.T) {
	undated := ewgwatch.Event{ID: "ewgct-undated-field-in", Provisional: true}
	early := ewgwatch.Event{ID: "ewgct-2023-tabletop", Start: ewgwatch.Date{Year: 2023}}
	l := build(t, []ewgwatch.Finding{
		says("a", ewgwatch.Laos, ewgwatch.Attended, ewgwatch.Event{}, "They went."),
		says("a", ewgwatch.Laos, ewgwatch.Attended, undated, "It was there."),
		says("a", ewgwatch.Laos, ewgwatch.Attended, meeting, "Laos met."),
		says("a", ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos sat."),
		says("a", ewgwatch.Laos, ewgwatch.Attended, early, "Laos came."),
	}, nil, ledger.Options{})
	var have []string
	for _, e := range l.Events {
		have = append(have, e.ID)
	}
	if diff := cmp.Diff([]string{early.ID, tabletop.ID, meeting.ID, undated.ID, ""}, have); diff != "" {
		t.Error(diff)
	}
}

func TestAMentionOfNoEventOpensNoColumn(t *testing.T) {
	mention := says("a", ewgwatch.Japan, ewgwatch.Mentioned, ewgwatch.Event{}, "Japan is a partner.")
	if l := build(t, []ewgwatch.Finding{mention}, nil, ledger.Options{}); len(l.Events) != 0 {
		t.Errorf("a mention alone gives the columns %v", l.Events)
	}
	went := says("a", ewgwatch.India, ewgwatch.Attended, ewgwatch.Event{}, "India took part.")
	l := build(t, []ewgwatch.Finding{mention, went}, nil, ledger.Options{})
	if len(l.Events) != 1 || l.Events[0].ID != "" {
		t.Fatalf("columns are %v", l.Events)
	}
	if said := l.Cell(ewgwatch.Japan, l.Events[0]).Said; len(said) != 1 {
		t.Errorf("Japan is named, and the cell says %v", said)
	}
}

func TestTheBestQuoteIsTheSurestThenTheEarliest(t *testing.T) {
	at := func(source string, day int, confidence float64) ewgwatch.Finding {
		f := says(source, ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos took part, as "+source+" saw.")
		f.Confidence, f.Published = confidence, ewgwatch.Published{}
		if day > 0 {
			f.Published.Date = ewgwatch.Date{Year: 2023, Month: 8, Day: day}
		}
		return f
	}
	for name, of := range map[string][]ewgwatch.Finding{
		"surer":                     {at("best", 9, 0.9), at("early", 1, 0.8)},
		"earlier of the same":       {at("best", 2, 0.9), at("late", 3, 0.9)},
		"dated before undated":      {at("best", 30, 0.9), at("undated", 0, 0.9)},
		"surer though undated":      {at("best", 0, 0.9), at("dated", 3, 0.5)},
		"three, with several rules": {at("best", 4, 0.9), at("late", 5, 0.9), at("unsure", 1, 0.1)},
	} {
		slices.Reverse(of)
		if best := build(t, of, nil, ledger.Options{}).Cell(ewgwatch.Laos, tabletop).Said[0].Best; best.Source.ID != "best" {
			t.Errorf("%s: %s is shown", name, best.Source.ID)
		}
	}
}

func TestOfEquallyGoodQuotesTheLowestIDIsShown(t *testing.T) {
	of := []ewgwatch.Finding{
		says("a", ewgwatch.Laos, ewgwatch.Attended, tabletop, "Zebras were there."), says("b", ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos went."),
		says("c", ewgwatch.Laos, ewgwatch.Attended, tabletop, "A colonel sat."), says("d", ewgwatch.Laos, ewgwatch.Attended, tabletop, "They came."),
	}
	lowest := slices.MinFunc(of, func(a, b ewgwatch.Finding) int { return strings.Compare(a.ID, b.ID) })
	if best := build(t, of, nil, ledger.Options{}).Cell(ewgwatch.Laos, tabletop).Said[0].Best; best.ID != lowest.ID {
		t.Errorf("%s is shown, not %s", best.Quote, lowest.Quote)
	}
}

func TestWhatACatalogueKnowsOfAnEventGoesFirst(t *testing.T) {
	read := ewgwatch.Event{ID: tabletop.ID, Name: "drill", Kind: ewgwatch.Tabletop, Place: "Burma", Start: ewgwatch.Date{Year: 2023}, End: ewgwatch.Date{Year: 2023},
		Host: ewgwatch.Myanmar, Cycle: "2020-2023", Provisional: true}
	one, other := says("a", ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos sat."), says("b", ewgwatch.Laos, ewgwatch.Attended, read, "Laos went.")
	for _, of := range [][]ewgwatch.Finding{{one, other}, {other, one}} {
		l := build(t, of, nil, ledger.Options{})
		if diff := cmp.Diff([]ewgwatch.Event{tabletop}, l.Events); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAnErrorOfTheFindingsIsReturned(t *testing.T) {
	broken := errors.New("read findings.db: page 7")
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
		f.Confidence = rapid.SampledFrom([]float64{0.5, 0.9}).Draw(t, "confidence")
		if f.Event.ID != "" {
			f.Event.Place = rapid.SampledFrom([]string{"", "Yangon", "Bago"}).Draw(t, "place")
		}
		return f
	})
	return rapid.SliceOfN(one, 1, 25).Draw(t, "findings")
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

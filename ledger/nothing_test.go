package ledger_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/ledger"
)

var coverage = []ewgwatch.Coverage{
	{Source: "old", OnTopic: 1, Reach: ewgwatch.ReachRead}, // of an earlier night
	{Source: "mod-th", State: ewgwatch.Thailand, Reach: ewgwatch.ReachRead},
	{Source: "mod-la", State: ewgwatch.Laos, Reach: ewgwatch.ReachRead},
	{Source: "mod-kh", State: ewgwatch.Cambodia, Reach: ewgwatch.ReachRead},
	{Source: "agency-kh", State: ewgwatch.Cambodia, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Timeout: 1}},
	{Source: "mod-ph", State: ewgwatch.Philippines, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Blocked: 1}},
	{Source: "mod-bn", State: ewgwatch.Brunei, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Unreadable: 2}},
	{Source: "mod-th", State: ewgwatch.Thailand, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Blocked: 1}},
	{Source: "herald", Reach: ewgwatch.ReachPartial}, // tells of events
	{Source: "pdfs", OnTopic: 1, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.NotHTML: 3}},
	{Source: "old", Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Timeout: 1}},
	{Source: "jakarta", Covers: []ewgwatch.State{ewgwatch.Indonesia}, Reach: ewgwatch.ReachRead},
	{Source: "sport", Reach: ewgwatch.ReachRead, Articles: 40},
}

func TestEveryEmptyCellSaysWhichKindOfNothingItIs(t *testing.T) {
	l := build(t, findings, coverage, ledger.Options{})
	others := ledger.Count{Watched: 3, Then: 2, Read: 1, Partial: 1, Unreadable: 1, Earlier: 1}
	for state, want := range map[ewgwatch.State]ledger.Nothing{
		ewgwatch.Cambodia:    {Kind: ledger.NotMentioned, Telling: 3, Own: ledger.Count{Watched: 2, Then: 1, Read: 1}, Others: others},
		ewgwatch.Philippines: {Kind: ledger.Unreachable, Telling: 3, Own: ledger.Count{Watched: 1}, Others: others},
		ewgwatch.Brunei:      {Kind: ledger.Unreadable, Telling: 3, Own: ledger.Count{Watched: 1, Unreadable: 1}, Others: others},
		ewgwatch.Thailand:    {Kind: ledger.NotMentioned, Telling: 3, Own: ledger.Count{Watched: 1, Then: 1, Earlier: 1}, Others: others},
		ewgwatch.Vietnam:     {Kind: ledger.NotMentioned, Telling: 3, Others: others},
		ewgwatch.Indonesia:   {Kind: ledger.NotMentioned, Telling: 3, Others: ledger.Count{Watched: 4, Then: 3, Read: 2, Partial: 1, Unreadable: 1, Earlier: 1}},
	} {
		if diff := cmp.Diff(want, l.Cell(state, tabletop).Nothing); diff != "" {
			t.Errorf("%s: %s", state.Name(), diff)
		}
	}
}

func TestWithoutAnySourceNothingIsCovered(t *testing.T) {
	far := []ewgwatch.Coverage{{Source: "mod-la", State: ewgwatch.Laos, Reach: ewgwatch.ReachRead}, {Source: "sport", Reach: ewgwatch.ReachRead, Articles: 9}}
	for name, coverage := range map[string][]ewgwatch.Coverage{"no coverage": nil, "sources of others and off the topic": far} {
		if have := build(t, findings, coverage, ledger.Options{}).Cell(ewgwatch.Vietnam, tabletop).Nothing; have.Kind != ledger.NotCovered {
			t.Errorf("%s: %v", name, have)
		}
	}
}

func TestWhereNoOwnSourceIsWatchedTheOthersDecide(t *testing.T) {
	for want, other := range map[ledger.NothingKind]ewgwatch.Coverage{
		ledger.NotMentioned: {Source: "wire", OnTopic: 2, Reach: ewgwatch.ReachPartial},
		ledger.Unreachable:  {Source: "wire", OnTopic: 2, Reach: ewgwatch.ReachNone},
		ledger.Unreadable:   {Source: "wire", OnTopic: 2, Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Paywall: 1}},
		ledger.NotCovered:   {Source: "wire", Reach: ewgwatch.ReachRead},
	} {
		have := build(t, findings, []ewgwatch.Coverage{other}, ledger.Options{}).Cell(ewgwatch.Vietnam, tabletop).Nothing
		if have.Kind != want {
			t.Errorf("%+v: %s, want %s", other, have.Kind, want)
		}
	}
}

func TestACellInWhichSomethingIsSaidIsNoNothing(t *testing.T) {
	if have := build(t, findings, coverage, ledger.Options{}).Cell(ewgwatch.Laos, tabletop).Nothing; have != (ledger.Nothing{}) {
		t.Errorf("have %+v", have)
	}
}

func TestNothingSaysItsCounts(t *testing.T) {
	for want, n := range map[string]ledger.Nothing{
		"7 of 11 own sources read for the event (last run: 9 read, 1 in part, 1 unreadable, 2 read earlier); 1 of 1 other source on the topic; 2 sources tell of the event and do not name it": {
			Own: ledger.Count{Watched: 11, Then: 7, Read: 9, Partial: 1, Unreadable: 1, Earlier: 2}, Others: ledger.Count{Watched: 1, Then: 1, Read: 1}, Telling: 2},
		"no source of its own is watched; no other source is on the topic; 1 source tells of the event and does not name it": {Telling: 1},
	} {
		if diff := cmp.Diff(want, n.String()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWhatWasReadOfAnotherTimeIsNoSilence(t *testing.T) {
	month := func(m time.Month) map[ewgwatch.Date]int { return map[ewgwatch.Date]int{{Year: 2023, Month: m}: 3} }
	nightOf := time.Date(2026, time.March, 1, 2, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		at   time.Time
		saw  ewgwatch.Coverage
		want ledger.NothingKind
		late bool // covered, but at another time
	}{
		{"read years later, nothing of the time", nightOf, ewgwatch.Coverage{Reach: ewgwatch.ReachRead}, ledger.NotCovered, true},
		{"read years later, with articles of the month", nightOf, ewgwatch.Coverage{Reach: ewgwatch.ReachRead, Months: month(time.August)}, ledger.NotMentioned, false},
		{"read years later, with articles of another month", nightOf, ewgwatch.Coverage{Reach: ewgwatch.ReachRead, Months: month(time.October)}, ledger.NotCovered, true},
		{"read at the time, undated articles", readAt, ewgwatch.Coverage{Reach: ewgwatch.ReachPartial, Undated: 9}, ledger.NotMentioned, false},
		{"blocked at the time", readAt, ewgwatch.Coverage{Reach: ewgwatch.ReachNone}, ledger.Unreachable, false},
		{"shut at the time", readAt, ewgwatch.Coverage{Reach: ewgwatch.ReachNone, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Paywall: 1}}, ledger.Unreadable, false},
		{"months without articles", nightOf, ewgwatch.Coverage{Reach: ewgwatch.ReachRead, Months: map[ewgwatch.Date]int{{Year: 2023, Month: time.August}: 0}}, ledger.NotCovered, true},
	} {
		c.saw.Source, c.saw.State = "mod-vn", ewgwatch.Vietnam
		l, err := ledger.New(seq(findings), []ewgwatch.Run{{StartedAt: c.at, Coverage: []ewgwatch.Coverage{c.saw}}}, ledger.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if have := l.Cell(ewgwatch.Vietnam, tabletop).Nothing; have.Kind != c.want || have.OtherTime() != c.late {
			t.Errorf("%s: %s, of another time %v", c.name, have.Kind, have.OtherTime())
		}
	}
}

func TestTheCountsStandBesideAReportedAbsenceToo(t *testing.T) {
	l := build(t, findings, coverage, ledger.Options{})
	empty, said := l.Read(ewgwatch.Malaysia, tabletop), l.Read(ewgwatch.Singapore, tabletop)
	if empty.Kind != ledger.NotMentioned || said.Kind != "" {
		t.Errorf("kinds are %q and %q", empty.Kind, said.Kind)
	}
	if said.Others.Then != 2 || said.Others != empty.Others {
		t.Errorf("beside the absence: %+v", said)
	}
}

func TestNothingNeverSaysAbsent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.Custom(func(t *rapid.T) ledger.Count {
			n := rapid.IntRange(0, 9)
			return ledger.Count{Watched: n.Draw(t, "watched"), Then: n.Draw(t, "then"), Read: n.Draw(t, "read"), Partial: n.Draw(t, "partial"), Unreadable: n.Draw(t, "unreadable"), Earlier: n.Draw(t, "earlier")}
		})
		n := ledger.Nothing{Own: count.Draw(t, "own"), Others: count.Draw(t, "others"), Telling: rapid.IntRange(0, 3).Draw(t, "telling")}
		for _, word := range []string{"absent", "declined", "stayed away", "did not"} {
			if strings.Contains(n.String(), word) {
				t.Fatalf("%q says %q", n, word)
			}
		}
	})
}

// sighted draws what some nights saw of the sources of the drawn findings and of
// others.
func sighted(t *rapid.T) []ewgwatch.Run {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ewgwatch.Run {
		at := time.Date(2023, time.August, rapid.IntRange(1, 31).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		return ewgwatch.Run{StartedAt: at, Coverage: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ewgwatch.Coverage {
			return ewgwatch.Coverage{
				Source:  rapid.SampledFrom([]string{"a", "b", "mod", "press"}).Draw(t, "source"),
				State:   rapid.SampledFrom([]ewgwatch.State{"", "", ewgwatch.States()[0], ewgwatch.States()[1]}).Draw(t, "state"),
				Reach:   rapid.SampledFrom([]ewgwatch.Reach{ewgwatch.ReachRead, ewgwatch.ReachPartial, ewgwatch.ReachNone}).Draw(t, "reach"),
				OnTopic: rapid.IntRange(0, 1).Draw(t, "on topic"),
				Months:  map[ewgwatch.Date]int{{Year: 2023, Month: time.Month(rapid.IntRange(1, 12).Draw(t, "month"))}: rapid.IntRange(0, 2).Draw(t, "articles")},
			}
		}), 0, 4).Draw(t, "coverage")}
	}), 0, 4).Draw(t, "runs")
}

func TestCoverageNeverTakesAClaimAwayNorAddsOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		findings, runs := drawn(t), sighted(t)
		bare := build(t, findings, nil, ledger.Options{})
		l, err := ledger.New(seq(findings), runs, ledger.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(maps.Collect(bare.Standings()), maps.Collect(l.Standings())); diff != "" {
			t.Fatal(diff)
		}
		for _, event := range l.Events {
			for _, state := range l.States {
				if diff := cmp.Diff(bare.Cell(state, event).Said, l.Cell(state, event).Said); diff != "" {
					t.Fatal(diff)
				}
				if n := l.Read(state, event); n.Own.Then > n.Own.Watched || n.Others.Then > n.Others.Watched {
					t.Fatalf("more read than watched: %+v", n)
				}
			}
		}
	})
}

func TestAnotherNightNeverReadsLessForAnEvent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		findings, runs, more := drawn(t), sighted(t), sighted(t)
		before, err := ledger.New(seq(findings), runs, ledger.Options{})
		if err != nil {
			t.Fatal(err)
		}
		after, err := ledger.New(seq(findings), append(append([]ewgwatch.Run{}, runs...), more...), ledger.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, event := range before.Events {
			then := after.Reading(event).Sources
			for _, id := range before.Reading(event).Sources {
				if !slices.Contains(then, id) {
					t.Fatalf("%s was read for %s and is no more", id, event.ID)
				}
			}
		}
	})
}

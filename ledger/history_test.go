package ledger_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/ledger"
)

// on dates a finding; 0 is no date.
func on(day int, f ewgwatch.Finding) ewgwatch.Finding {
	f.Published = ewgwatch.Published{}
	if day > 0 {
		f.Published.Date = ewgwatch.Date{Year: 2023, Month: 8, Day: day}
	}
	return f
}

func of(kind ewgwatch.SourceKind, state ewgwatch.State, f ewgwatch.Finding) ewgwatch.Finding {
	f.Source.Kind, f.Source.State = kind, state
	return f
}

var story = []ewgwatch.Finding{
	on(0, says("blog", ewgwatch.Japan, ewgwatch.Absent, tabletop, "Japan was not seen.")),
	on(20, of(ewgwatch.Ministry, ewgwatch.Japan, says("mod-jp", ewgwatch.Japan, ewgwatch.Declined, tabletop, "Japan has withdrawn."))),
	on(9, of(ewgwatch.News, "", says("herald", ewgwatch.Japan, ewgwatch.Undecided, tabletop, "Tokyo would not comment."))),
	on(1, of(ewgwatch.NGO, "", says("ngo", ewgwatch.Japan, ewgwatch.Urged, tabletop, "We urge Japan to stay away."))),
	on(12, of(ewgwatch.News, "", says("herald", ewgwatch.Japan, ewgwatch.Undecided, tabletop, "Tokyo still would not comment."))),
}

func TestAHistoryGoesByPublicationAndSaysWhatIsSaidAgainOnce(t *testing.T) {
	l := build(t, story, nil, ledger.Options{})
	var have []string
	for _, s := range l.History(ewgwatch.Japan, tabletop) {
		have = append(have, fmt.Sprintf("%s %s, %s, %d, %s", s.Published, s.Stance, s.Class, s.Days, s.Quote))
	}
	want := []string{
		"2023-08-01 urged, NGO, 1, We urge Japan to stay away.",
		"2023-08-09 undecided, independent, 2, Tokyo would not comment.",
		"2023-08-20 declined, own ministry, 1, Japan has withdrawn.",
		" absent, unknown, 1, Japan was not seen.",
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	if c := l.Contradictions(); len(c) != 0 {
		t.Errorf("a history contradicts itself: %v", c)
	}
}

func TestAChangeOfMindAndBackIsThreeSteps(t *testing.T) {
	var all []ewgwatch.Finding
	for day, stance := range []ewgwatch.Stance{"", ewgwatch.Attended, ewgwatch.Absent, ewgwatch.Attended} {
		if day > 0 {
			f := on(day, says("herald", ewgwatch.Laos, stance, tabletop, "On day "+strings.Repeat("I", day)+"."))
			f.URL += strconv.Itoa(day)
			all = append(all, f)
		}
	}
	l := build(t, all, nil, ledger.Options{})
	if have := l.History(ewgwatch.Laos, tabletop); len(have) != 3 {
		t.Errorf("have %v", have)
	}
	c, is := l.Contradiction(ewgwatch.Laos, tabletop)
	if !is || c.Sides[0].Kin != ledger.OnePublisher {
		t.Errorf("one publisher says both: %v %+v", is, c)
	}
}

func TestAHistoryDoesNotDependOnTheOrderOfArrival(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		findings := drawn(t)
		for i := range findings {
			findings[i] = on(rapid.IntRange(0, 3).Draw(t, "day"), findings[i])
		}
		a, b := build(t, findings, nil, ledger.Options{}), build(t, rapid.Permutation(findings).Draw(t, "shuffled"), nil, ledger.Options{})
		for _, event := range a.Events {
			for _, state := range a.States {
				if diff := cmp.Diff(a.History(state, event), b.History(state, event)); diff != "" {
					t.Fatal(diff)
				}
				if said, steps := len(a.Cell(state, event).Said), len(a.History(state, event)); steps < said {
					t.Fatalf("%d stances in %d steps", said, steps)
				}
			}
		}
	})
}

func TestABriefLedgerCountsTheSameAndTellsNoHistory(t *testing.T) {
	brief, whole := build(t, story, nil, ledger.Options{Brief: true}), build(t, story, nil, ledger.Options{})
	if have := brief.History(ewgwatch.Japan, tabletop); have != nil {
		t.Errorf("have %v", have)
	}
	counted := 0
	for claim, standing := range whole.Standings() {
		counted++
		if have := brief.Standing(claim); have != standing {
			t.Errorf("%v: %v, want %v", claim, have, standing)
		}
		if have := brief.Voices(claim, false); have != nil {
			t.Errorf("%v: voices %v", claim, have)
		}
	}
	if counted == 0 {
		t.Error("nothing was counted")
	}
}

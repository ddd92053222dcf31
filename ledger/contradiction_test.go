package ledger_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/ledger"
)

func TestOnlyDeedsContradictEachOther(t *testing.T) {
	for _, c := range []struct {
		name          string
		one, other    ewgwatch.Stance
		plan1, plan2  bool
		contradiction bool
	}{
		{"was there, was not", ewgwatch.Attended, ewgwatch.Absent, false, false, true},
		{"was there, ruled it out", ewgwatch.Attended, ewgwatch.Declined, false, false, true},
		{"hosted, was not there", ewgwatch.Host, ewgwatch.Absent, false, false, true},
		{"planned to come, was not there", ewgwatch.Attended, ewgwatch.Absent, true, false, false},
		{"planned to stay away, came", ewgwatch.Declined, ewgwatch.Attended, true, false, false},
		{"two plans", ewgwatch.Attended, ewgwatch.Declined, true, true, false},
		{"invited, was not there", ewgwatch.Invited, ewgwatch.Absent, false, false, false},
		{"undecided, then declined", ewgwatch.Undecided, ewgwatch.Declined, false, false, false},
		{"two ways to stay away", ewgwatch.Declined, ewgwatch.Absent, false, false, false},
	} {
		one := says("a", ewgwatch.Laos, c.one, tabletop, "One thing.")
		other := says("b", ewgwatch.Laos, c.other, tabletop, "Another thing.")
		one.Planned, other.Planned = c.plan1, c.plan2
		l := build(t, []ewgwatch.Finding{one, other}, nil, ledger.Options{})
		if have := len(l.Contradictions()) == 1; have != c.contradiction {
			t.Errorf("%s: contradiction %v", c.name, have)
		}
		if said := l.Cell(ewgwatch.Laos, tabletop).Said; len(said) != 2 {
			t.Errorf("%s: not side by side: %v", c.name, said)
		}
		for _, f := range []ewgwatch.Finding{one, other} {
			if have := l.Standing(f.Claim()).Contradicted; have != c.contradiction {
				t.Errorf("%s: %s is contradicted: %v", c.name, f.Stance, have)
			}
		}
	}
}

func TestAContradictionKeepsTheQuotesOfBothSides(t *testing.T) {
	var have []string
	for _, c := range build(t, findings, nil, ledger.Options{}).Contradictions() {
		for _, s := range c.Sides {
			have = append(have, string(c.State)+" "+string(s.Stance)+": "+s.Best.Quote)
		}
	}
	want := []string{"SG attended: Officers of Singapore were among those at the table.", "SG absent: " + findings[1].Quote}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

func TestDifferentEventsAndStatesDoNotContradictEachOther(t *testing.T) {
	l := build(t, []ewgwatch.Finding{
		says("a", ewgwatch.Laos, ewgwatch.Attended, tabletop, "One."), says("b", ewgwatch.Laos, ewgwatch.Absent, field, "Two."),
		says("a", ewgwatch.India, ewgwatch.Attended, field, "Three."), says("b", ewgwatch.China, ewgwatch.Absent, field, "Four."),
		says("a", ewgwatch.Japan, ewgwatch.Attended, ewgwatch.Event{}, "Five."), says("b", ewgwatch.Japan, ewgwatch.Absent, ewgwatch.Event{}, "Six."),
	}, nil, ledger.Options{})
	if c := l.Contradictions(); len(c) != 0 {
		t.Errorf("have %v", c)
	}
}

func TestASideSaysWhoSpeaksWhichIsLaterAndWhatTiesThem(t *testing.T) {
	long := strings.Repeat("Officers of eleven states met in the capital and spoke of many things at length. ", 4)
	attended := on(3, of(ewgwatch.Ministry, ewgwatch.Russia, says("mil-ru", ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos took part in it.")))
	absent := on(9, of(ewgwatch.Agency, ewgwatch.Laos, says("kpl", ewgwatch.Laos, ewgwatch.Absent, tabletop, "Nobody went there from Vientiane.")))
	absent.Source.StateOwned = true
	for _, c := range []struct {
		name        string
		with        func(a, b *ewgwatch.Finding)
		kin         ledger.Kinship
		first, last bool // which is the later
	}{
		{"independent", func(_, _ *ewgwatch.Finding) {}, ledger.NoKin, false, true},
		{"one day", func(_, b *ewgwatch.Finding) { b.Published.Date.Day = 3 }, ledger.NoKin, false, false},
		{"a day unknown", func(a, _ *ewgwatch.Finding) { a.Published.Date = ewgwatch.Date{} }, ledger.NoKin, false, false},
		{"a month only, which holds the day", func(a, _ *ewgwatch.Finding) { a.Published.Date.Day = 0 }, ledger.NoKin, false, false},
		{"one article", func(a, b *ewgwatch.Finding) { b.URL = a.URL }, ledger.OneArticle, false, true},
		{"one publisher", func(a, b *ewgwatch.Finding) { b.Source.ID = a.Source.ID + "/en" }, ledger.OnePublisher, false, true},
		{"one quote, a word changed", func(a, b *ewgwatch.Finding) { a.Quote, b.Quote = wire, wire+" Not so." }, ledger.OneQuote, false, true},
		{"one text", func(a, b *ewgwatch.Finding) {
			a.Sketch, b.Sketch = ewgwatch.SketchOf(long), ewgwatch.SketchOf(long+"So it was.")
		}, ledger.OneText, false, true},
		{"one agency", func(a, b *ewgwatch.Finding) { a.Wire, b.Wire = "tass", "tass" }, ledger.OneAgency, false, true},
		{"two agencies", func(a, b *ewgwatch.Finding) { a.Wire, b.Wire = "tass", "afp" }, ledger.NoKin, false, true},
	} {
		a, b := attended, absent
		c.with(&a, &b)
		contradiction, is := build(t, []ewgwatch.Finding{a, b}, nil, ledger.Options{}).Contradiction(ewgwatch.Laos, tabletop)
		if !is || len(contradiction.Sides) != 2 {
			t.Fatalf("%s: %+v", c.name, contradiction)
		}
		one, two := contradiction.Sides[0], contradiction.Sides[1]
		if one.Kin != c.kin || two.Kin != c.kin || one.Later != c.first || two.Later != c.last {
			t.Errorf("%s: %q %v and %q %v", c.name, one.Kin, one.Later, two.Kin, two.Later)
		}
		if one.Class != ewgwatch.ThirdMinistry || two.Class != ewgwatch.StateMedia {
			t.Errorf("%s: said by %s and %s", c.name, one.Class, two.Class)
		}
	}
}

func TestAContradictionStandsInExactlyOneRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := build(t, drawn(t), nil, ledger.Options{})
		rows := map[[2]string]int{}
		for _, c := range l.Contradictions() {
			rows[[2]string{string(c.State), c.Event.ID}]++
			if len(c.Sides) < 2 {
				t.Fatalf("one side: %+v", c)
			}
		}
		for claim, standing := range l.Standings() {
			if n := rows[[2]string{string(claim.State), claim.Event}]; standing.Contradicted && n != 1 || n > 1 {
				t.Fatalf("%v stands in %d rows", claim, n)
			}
		}
	})
}

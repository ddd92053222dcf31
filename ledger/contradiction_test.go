package ledger_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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

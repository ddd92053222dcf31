package ledger_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

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
	others := ledger.Count{Watched: 3, Read: 1, Partial: 1, Unreadable: 1, Earlier: 1}
	for state, want := range map[ewgwatch.State]ledger.Nothing{
		ewgwatch.Cambodia:    {Kind: ledger.NotMentioned, Telling: 3, Own: ledger.Count{Watched: 2, Read: 1}, Others: others},
		ewgwatch.Philippines: {Kind: ledger.Unreachable, Telling: 3, Own: ledger.Count{Watched: 1}, Others: others},
		ewgwatch.Brunei:      {Kind: ledger.Unreadable, Telling: 3, Own: ledger.Count{Watched: 1, Unreadable: 1}, Others: others},
		ewgwatch.Thailand:    {Kind: ledger.Unreachable, Telling: 3, Own: ledger.Count{Watched: 1, Earlier: 1}, Others: others},
		ewgwatch.Vietnam:     {Kind: ledger.NotMentioned, Telling: 3, Others: others},
		ewgwatch.Indonesia:   {Kind: ledger.NotMentioned, Telling: 3, Others: ledger.Count{Watched: 4, Read: 2, Partial: 1, Unreadable: 1, Earlier: 1}},
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
		"9 of 11 own sources read (1 in part, 1 unreadable, 2 read earlier); 1 of 1 other source on the topic read; 2 sources tell of the event and do not name it": {
			Own: ledger.Count{Watched: 11, Read: 9, Partial: 1, Unreadable: 1, Earlier: 2}, Others: ledger.Count{Watched: 1, Read: 1}, Telling: 2},
		"no source of its own is watched; no other source is on the topic; 1 source tells of the event and does not name it": {Telling: 1},
	} {
		if diff := cmp.Diff(want, n.String()); diff != "" {
			t.Error(diff)
		}
	}
}

package ledger_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/ledger"
)

var (
	wish     = ewgwatch.Expectation{Event: tabletop.ID, By: ewgwatch.Date{Year: 2023, Month: 8, Day: 9}}
	weekLate = time.Date(2023, 8, 16, 5, 0, 0, 0, time.UTC)
)

func TestOnlyAMinistrysWordOnWhoWasThereMeetsAnExpectation(t *testing.T) {
	ministry := func(f ewgwatch.Finding) ewgwatch.Finding { return of(ewgwatch.Ministry, ewgwatch.Russia, f) }
	attended := says("mil-ru", ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos took part.")
	for _, c := range []struct {
		name string
		f    ewgwatch.Finding
		want ledger.ExpectedStanding
		late bool
	}{
		{"attended, in time", on(9, ministry(attended)), ledger.Met, false},
		{"attended, a day late", on(10, ministry(attended)), ledger.Met, true},
		{"attended, without a date", on(0, ministry(attended)), ledger.Met, false},
		{"absent", on(3, ministry(says("mil-ru", ewgwatch.Laos, ewgwatch.Absent, tabletop, "Laos was missing."))), ledger.Met, false},
		{"a newspaper's", on(3, of(ewgwatch.News, ewgwatch.Russia, attended)), ledger.Passed, false},
		{"a plan", on(3, planned(ministry(attended))), ledger.Passed, false},
		{"host", on(3, ministry(says("mil-ru", ewgwatch.Myanmar, ewgwatch.Host, tabletop, "It is in Naypyitaw."))), ledger.Passed, false},
		{"another event's", on(3, ministry(says("mil-ru", ewgwatch.Laos, ewgwatch.Attended, field, "Laos fired."))), ledger.Passed, false},
	} {
		have := build(t, []ewgwatch.Finding{c.f}, nil, ledger.Options{State: ewgwatch.Japan}).Expect(wish, tabletop, weekLate)
		if have.Standing != c.want || have.Late != c.late || (have.First != nil) != (c.want == ledger.Met) {
			t.Errorf("%s: %+v", c.name, have)
		}
	}
}

func TestAnExpectationWaitsUntilItsDayIsOver(t *testing.T) {
	l := build(t, nil, nil, ledger.Options{})
	for text, want := range map[string]ledger.Expected{
		"2023-08-09T23:59:59Z": {Standing: ledger.Waiting, DaysAfter: 7},
		"2023-08-10T00:00:00Z": {Standing: ledger.Passed, Overdue: 1, DaysAfter: 8},
		"2023-07-01T00:00:00Z": {Standing: ledger.Waiting},
	} {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		have := l.Expect(wish, tabletop, at)
		want.Event, want.By = tabletop, wish.By
		if have != want {
			t.Errorf("%s: %+v", text, have)
		}
	}
}

func TestTheSilenceOfMinistriesThatWereNotReadIsSaidToProveNothing(t *testing.T) {
	saw := func(reach ewgwatch.Reach) []ewgwatch.Coverage {
		return []ewgwatch.Coverage{{Source: "mil-ru", Kind: ewgwatch.Ministry, Reach: reach}, {Source: "mod-la", Kind: ewgwatch.Ministry}, {Source: "herald", Kind: ewgwatch.News, Reach: ewgwatch.ReachRead}}
	}
	late := readAt.AddDate(0, 0, 7)
	for reach, want := range map[ewgwatch.Reach]string{
		ewgwatch.ReachNone: "no ministry has named participants 25 days after it; none of 2 ministries was read meanwhile: the silence proves nothing",
		ewgwatch.ReachRead: "no ministry has named participants 25 days after it; 1 of 2 ministries were read meanwhile, the silence of the others proves nothing",
	} {
		have := build(t, nil, saw(reach), ledger.Options{}).Expect(wish, tabletop, late)
		if !strings.HasSuffix(have.String(), want) {
			t.Errorf("have %q", have)
		}
	}
	if before := build(t, nil, saw(ewgwatch.ReachRead), ledger.Options{}).Expect(wish, field, late); before.Read != 0 {
		t.Errorf("read before the event began: %+v", before)
	}
}

func TestExpectationsPrintTameAndNarrowAndGoIntoJSON(t *testing.T) {
	f := on(5, of(ewgwatch.Ministry, ewgwatch.Russia, says("mil-ru", ewgwatch.Laos, ewgwatch.Attended, tabletop, "Laos took part.")))
	f.Source.Name = "Mini\x1b[31mstry\u202e of " + strings.Repeat("War", 50)
	l := build(t, []ewgwatch.Finding{f}, nil, ledger.Options{})
	var b strings.Builder
	all := []ledger.Expected{l.Expect(wish, tabletop, weekLate), l.Expect(ewgwatch.Expectation{Event: "ewgct-2099-field", By: wish.By}, ewgwatch.Event{}, weekLate)}
	if err := l.Expectations(&b, all, ledger.TableOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"+     Table-top exercise, Naypyitaw 2023: met: Mini", "!     ewgct-2099-field (no event of this ID is known): no ministry has named"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("want %q in\n%s", want, b.String())
		}
	}
	narrow(t, b.String(), 80)
	if text, err := json.Marshal(all); err != nil || !strings.Contains(string(text), `"Standing":"met"`) {
		t.Errorf("%s %v", text, err)
	}
}

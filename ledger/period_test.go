package ledger_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/ledger"
)

func TestTheTimeInWhichAnEventIsSpokenOf(t *testing.T) {
	for _, c := range []struct {
		name              string
		start, end, cycle string
		want              string
	}{
		{"two days", "2022-07-20", "2022-07-21", "2021-2023", "2022-07-06 to 2022-08-18"},
		{"one day without an end", "2023-08-02", "", "", "2023-07-19 to 2023-08-30"},
		{"a month", "2019-04", "2019-04", "", "2019-03-18 to 2019-05-28"},
		{"a year", "2026", "2026", "2024-2027", "2025-12-18 to 2027-01-28"},
		{"an end before its start", "2023-08-02", "2023-07-01", "", "2023-07-19 to 2023-08-30"},
		{"over the leap day", "2024-02-10", "2024-02-12", "", "2024-01-27 to 2024-03-11"},
		{"a cycle only", "", "", "2021-2023", "2020-12-18 to 2024-01-28"},
		{"an end only", "", "2023-08-02", "", "any time"},
		{"a cycle that is none", "", "", "third", "any time"},
		{"a cycle that runs backwards", "", "", "2023-2021", "any time"},
		{"nothing", "", "", "", "any time"},
	} {
		if diff := cmp.Diff(c.want, ledger.PeriodOf(ewgwatch.Event{Start: date(t, c.start), End: date(t, c.end), Cycle: c.cycle}).String()); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func date(t *testing.T, text string) ewgwatch.Date {
	t.Helper()
	d, err := ewgwatch.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAPeriodHasItsDaysAndTheMonthsOfWhichItHasAWeek(t *testing.T) {
	p := ledger.PeriodOf(ewgwatch.Event{Start: date(t, "2023-08-02"), End: date(t, "2023-08-04")}) // 19 July to 1 September
	for at, want := range map[time.Time]bool{
		p.From: true, p.From.Add(-1): false, p.To.Add(-1): true, p.To: false,
	} {
		if p.Has(at) != want {
			t.Errorf("has %s: %v", at, !want)
		}
	}
	for month, want := range map[string]bool{"2023-06": false, "2023-07": true, "2023-08": true, "2023-09": false, "2022-08": false, "2023": false, "": false} {
		if p.HasMonth(date(t, month)) != want {
			t.Errorf("has the month %q: %v", month, !want)
		}
	}
	if always := (ledger.Period{}); !always.HasMonth(ewgwatch.Date{}) || !always.Has(time.Time{}) {
		t.Error("all time lacks some of it")
	}
}

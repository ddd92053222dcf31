package dates

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func zoneNamed(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Skip(err)
	}
	return zone
}

func TestPublishedKeepsTheInstantAndItsZone(t *testing.T) {
	jakarta := zoneNamed(t, "Asia/Jakarta")
	for _, c := range []struct {
		in   string
		zone *time.Location
		want string // day, instant, precision, zone, rule
	}{
		{"3 August 2023", jakarta, "2023-08-03 - day  day-month-year"},
		{"3 August 2023 10:15", nil, "2023-08-03 2023-08-03T10:15:00Z minute UTC day-month-year"},
		{"3 August 2023 10:15", jakarta, "2023-08-03 2023-08-03T03:15:00Z minute Asia/Jakarta day-month-year"},
		{"3 August 2023 10:15 SGT", jakarta, "2023-08-03 2023-08-03T02:15:00Z minute +08:00 day-month-year"},
		{"2023-08-03T23:30:00-05:00", jakarta, "2023-08-03 2023-08-04T04:30:00Z second -05:00 iso"},
		{"2023-08-03T23:30:00Z", jakarta, "2023-08-04 2023-08-03T23:30:00Z second Asia/Jakarta iso"},
		{"2023-08-03T23:30:00Z", nil, "2023-08-03 2023-08-03T23:30:00Z second +00:00 iso"},
		{"Thu, 03 Aug 2023 10:15:00 GMT", nil, "2023-08-03 2023-08-03T10:15:00Z second +00:00 day-month-year"},
		{"Thu Aug 03 2023 10:15:00 GMT+0700 (Indochina Time)", nil, "2023-08-03 2023-08-03T03:15:00Z second +07:00 month-day-year"},
		{"1691032500", jakarta, "2023-08-03 2023-08-03T03:15:00Z second Asia/Jakarta epoch"},
		{"/Date(1691032500000)/", nil, "2023-08-03 2023-08-03T03:15:00Z second UTC epoch"},
		{"20230803T101500+0700", nil, "2023-08-03 2023-08-03T03:15:00Z second +07:00 compact"},
		{"20230803", nil, "2023-08-03 - day  compact"},
		{"입력 2023.08.03. 오후 3:30", zoneNamed(t, "Asia/Seoul"), "2023-08-03 2023-08-03T06:30:00Z minute Asia/Seoul year-month-day-numeric"},
		{"12:05 am, 3 August 2023", nil, "2023-08-03 2023-08-03T00:05:00Z minute UTC day-month-year"},
		{"3 August 2023 12:05 pm", nil, "2023-08-03 2023-08-03T12:05:00Z minute UTC day-month-year"},
		{"Updated 4 August 2023. Published 3 August 2023", nil, "2023-08-03 - day  day-month-year"},
		{"Diperbarui: 4 Agustus 2023", nil, "2023-08-04 - day  day-month-year"},
	} {
		p, ok := Published(c.in, Options{Zone: c.zone})
		at := "-"
		if !p.At.IsZero() {
			at = p.At.Format(time.RFC3339)
		}
		got := p.Date.String() + " " + at + " " + string(p.Precision) + " " + p.Zone + " " + p.Rule
		if diff := cmp.Diff(c.want, got); diff != "" || !ok {
			t.Errorf("%s (%v): %v\n%s", c.in, c.zone, ok, diff)
		}
	}
}

func TestPublishedSaysWhyADateIsUnknown(t *testing.T) {
	now := time.Date(2023, 8, 25, 12, 0, 0, 0, time.UTC)
	for in, want := range map[string]string{
		"":                        "unknown: no full date",
		"© 2024 Ministry":         "unknown: no full date",
		"August 2023":             "unknown: no full date",
		"2-4 August 2023":         "unknown: a range of days",
		"28 August 2023":          "unknown: in the future",
		"2023-08-27T00:30:00Z":    "unknown: in the future",
		"3 August 1994":           "unknown: before 1995",
		"788000000000":            "unknown: no full date",
		"0000000000":              "unknown: before 1995",
		"9999999999":              "unknown: in the future",
		"0001-01-01T00:00:00Z":    "unknown: no full date",
		"30 February 2023":        "unknown: no full date",
		"/Date(-62135596800000)/": "unknown: before 1995",
		"3 สิงหาคม 2580 (ยังไม่ถึง)": "unknown: in the future",
	} {
		got, ok := Published(in, Options{Now: now})
		wanted := ewgwatch.Published{Precision: ewgwatch.PrecisionUnknown, Rule: want, Raw: got.Raw}
		if diff := cmp.Diff(wanted, got); diff != "" || ok {
			t.Errorf("%q: %v\n%s", in, ok, diff)
		}
	}
	if p, ok := Published("26 August 2023", Options{Now: now}); !ok || !p.Known() {
		t.Error("a day that has begun further east is refused:", p)
	}
}

func FuzzPublished(f *testing.F) {
	for _, seed := range []string{"2023-08-03T10:15:00Z", "/Date(1)/", "3 ส.ค. 66", "令和元年5月1日", "112/08/03", "Thu Aug 3 10:15:00 2023"} {
		f.Add(seed)
	}
	now := time.Date(2023, 8, 25, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := Published(s, Options{Now: now})
		if ok != p.Known() {
			t.Fatalf("%q: %v but %+v", s, ok, p)
		}
		if ok && (p.Date.Year < 1995 || p.Date.First().After(now.Add(60*time.Hour)) || !onCalendar(p.Date)) {
			t.Fatalf("%q: no such day to publish on: %v", s, p.Date)
		}
	})
}

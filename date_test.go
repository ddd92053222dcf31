package ewgwatch_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ewgwatch"
)

// drawDate draws an unknown date, a year, a month or a day.
func drawDate(t *rapid.T) ewgwatch.Date {
	day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3652058).Draw(t, "day"))
	d := ewgwatch.DateOf(day)
	return rapid.SampledFrom([]ewgwatch.Date{{}, {Year: d.Year}, {Year: d.Year, Month: d.Month}, d}).Draw(t, "date")
}

func TestEveryDateIsReadBackFromItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t)
		if got, err := ewgwatch.ParseDate(d.String()); err != nil || got != d {
			t.Fatalf("%q: %#v, %v, want %#v", d, got, err, d)
		}
		text, err := json.Marshal(map[string]ewgwatch.Date{"on": d})
		if err != nil {
			t.Fatal(err)
		}
		back := map[string]ewgwatch.Date{}
		if err := json.Unmarshal(text, &back); err != nil || back["on"] != d {
			t.Fatalf("%s: %#v, %v, want %#v", text, back["on"], err, d)
		}
	})
}

func TestNoDateIsReadFromWhatIsNone(t *testing.T) {
	for _, text := range []string{
		"2023-13", "2023-00", "2023-00-10", "2023-08-00", "2023-08-32", "2023-02-29", "1900-02-29", // no calendar has them
		" 2023", "2023 ", "23", "20230825", "2023-8", "2023/08/25", "-2023", "+2023", "2023-08-25T00:00:00Z", "２０２３", "today",
	} {
		if d, err := ewgwatch.ParseDate(text); err == nil {
			t.Errorf("%q gives %#v", text, d)
		}
	}
	kept := ewgwatch.Date{Year: 2023}
	if err := kept.UnmarshalText([]byte("2023-02-30")); err == nil || !kept.IsZero() {
		t.Errorf("a day that is none: %#v, %v", kept, err)
	}
}

func TestFirstAndLastSpanWhatADateCanMean(t *testing.T) {
	tests := []struct{ date, first, last string }{
		{"2023", "2023-01-01", "2023-12-31"},
		{"2023-12", "2023-12-01", "2023-12-31"},
		{"2023-09", "2023-09-01", "2023-09-30"},
		{"2023-02", "2023-02-01", "2023-02-28"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2024-02-29", "2024-02-29", "2024-02-29"},
	}
	for _, c := range tests {
		d, err := ewgwatch.ParseDate(c.date)
		if err != nil {
			t.Fatal(err)
		}
		first, last := d.First().Format(time.RFC3339), d.Last().Format(time.RFC3339)
		if first != c.first+"T00:00:00Z" || last != c.last+"T00:00:00Z" {
			t.Errorf("%s spans %s to %s, want %s to %s", d, first, last, c.first, c.last)
		}
	}
	if unknown := (ewgwatch.Date{}); !unknown.First().IsZero() || !unknown.Last().IsZero() {
		t.Error("an unknown date has a first or a last day")
	}
}

func TestTheDayOfATimeIsThatOfItsOwnZone(t *testing.T) {
	late := time.Date(2023, 8, 25, 20, 0, 0, 0, time.UTC)
	if got := ewgwatch.DateOf(late.In(time.FixedZone("Yangon", 6*3600+1800))).String(); got != "2023-08-26" {
		t.Errorf("20:00 UTC is %s in Yangon, want 2023-08-26", got)
	}
}

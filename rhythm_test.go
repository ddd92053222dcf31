package ewgwatch_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ewgwatch"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestARhythmIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "immediate",
		"immediate":                           "immediate",
		"daily":                               "daily 07:00 UTC",
		"digest daily 07:30 Asia/Bangkok":     "daily 07:30 Asia/Bangkok",
		"weekly":                              "weekly mon 07:00 UTC",
		"weekly 18:00":                        "weekly mon 18:00 UTC",
		"weekly friday 18:00 Asia/Phnom_Penh": "weekly fri 18:00 Asia/Phnom_Penh",
	} {
		r, err := ewgwatch.ParseRhythm(text)
		if err != nil || r.String() != want || r.Valid() != nil {
			t.Errorf("%q: %q, %v, want %q", text, r, err, want)
		}
	}
	for text, want := range map[string]string{
		"hourly": "want immediate, daily", "daily 7": "time of day like 07:00", "daily 24:00": "time of day", "daily 07:00 Bangkok": "IANA time zone",
		"daily 07:00 Local": "IANA time zone", "daily 07:00 UTC please": "nothing behind the zone", "weekly someday 07:00": "time of day",
		"digest": "want immediate, daily", "immediate 07:00": "want immediate, daily",
	} {
		if r, err := ewgwatch.ParseRhythm(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %q, %v, want an error with %q", text, r, err, want)
		}
	}
}

func TestADigestIsDueAtTheNextTimeOfItsZone(t *testing.T) {
	for _, c := range []struct{ rhythm, after, want string }{
		{"immediate", "2026-03-02T10:00:00Z", "2026-03-02T10:00:00Z"},
		{"daily 07:00 Asia/Bangkok", "2026-03-01T23:59:59Z", "2026-03-02T00:00:00Z"},
		{"daily 07:00 Asia/Bangkok", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"},
		{"weekly mon 07:00 Asia/Bangkok", "2026-03-02T00:00:00Z", "2026-03-09T00:00:00Z"}, // 2 March 2026 is a Monday
		{"weekly sun 07:00 Asia/Bangkok", "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z"},
		// Clocks in Berlin leap from 02:00 to 03:00 on 29 March 2026, and back from 03:00 to 02:00 on 25 October.
		{"daily 02:30 Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"},
		{"daily 02:30 Europe/Berlin", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"},
		{"daily 02:30 Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"},
		{"daily 02:30 Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
		{"daily 07:00 Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z"},
		{"daily 07:00 Australia/Lord_Howe", "2026-04-04T12:00:00Z", "2026-04-04T20:30:00Z"}, // leaps by half an hour
		{"daily 07:00 Pacific/Apia", "2011-12-29T18:00:00Z", "2011-12-30T10:00:00Z"},        // had no 30 December
	} {
		r, err := ewgwatch.ParseRhythm(c.rhythm)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Next(instant(t, c.after)).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s after %s: %s, want %s", c.rhythm, c.after, got, c.want)
		}
	}
}

func instant(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestQuietHoursEndWhenTheyEnd(t *testing.T) {
	for _, c := range []struct{ quiet, at, want string }{
		{"", "2026-03-02T23:00:00Z", "2026-03-02T23:00:00Z"},
		{"22:00-07:00", "2026-03-02T21:59:59Z", "2026-03-02T21:59:59Z"},
		{"22:00-07:00", "2026-03-02T22:00:00Z", "2026-03-03T07:00:00Z"},
		{"22:00-07:00", "2026-03-03T06:59:59Z", "2026-03-03T07:00:00Z"},
		{"22:00-07:00", "2026-03-03T07:00:00Z", "2026-03-03T07:00:00Z"},
		{"12:00-13:00", "2026-03-03T12:30:00Z", "2026-03-03T13:00:00Z"},
		{"12:00-13:00", "2026-03-03T13:30:00Z", "2026-03-03T13:30:00Z"},
		{"22:00-07:00 Asia/Bangkok", "2026-03-02T15:00:00Z", "2026-03-03T00:00:00Z"},
		{"22:00-02:30 Europe/Berlin", "2026-03-28T22:00:00Z", "2026-03-29T01:00:00Z"}, // 02:30 is leapt over
		{"22:00-02:30 Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z"}, // 02:30 comes twice
		{"22:00-02:30 Europe/Berlin", "2026-10-25T01:15:00Z", "2026-10-25T01:15:00Z"},
	} {
		q, err := ewgwatch.ParseQuiet(c.quiet)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.After(instant(t, c.at)).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s at %s: %s, want %s", c.quiet, c.at, got, c.want)
		}
	}
	for _, text := range []string{"22:00", "22:00-22:00", "22-7", "22:00-07:00 Mars", "22:00-07:00 UTC x", "7:00-22:00"} {
		if q, err := ewgwatch.ParseQuiet(text); err == nil {
			t.Errorf("%q gives %v", text, q)
		}
	}
}

func TestEveryDayHasOneDigestOutsideOfQuietHours(t *testing.T) {
	zones := []string{"UTC", "Asia/Bangkok", "Asia/Yangon", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"}
	rapid.Check(t, func(rt *rapid.T) {
		minutes := rapid.IntRange(0, 24*60-1)
		z := zone(t, rapid.SampledFrom(zones).Draw(rt, "zone"))
		r := ewgwatch.Rhythm{Every: ewgwatch.Daily, At: time.Duration(minutes.Draw(rt, "at")) * time.Minute, Zone: z}
		q := ewgwatch.QuietHours{From: time.Duration(minutes.Draw(rt, "from")) * time.Minute, To: time.Duration(minutes.Draw(rt, "to")) * time.Minute, Zone: z}
		at := time.Date(2008, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.Int64Range(0, 20*366*24*60).Draw(rt, "minute")) * time.Minute)
		next := r.Next(at)
		again := r.Next(next)
		if !next.After(at) || next.Sub(at) > 50*time.Hour || !again.After(next) {
			rt.Fatalf("%s after %s: %s, then %s", r, at, next, again)
		}
		if a, b := ewgwatch.DateOf(next.In(z)), ewgwatch.DateOf(again.In(z)); a == b {
			rt.Fatalf("%s is due twice on %s: %s and %s", r, a, next, again)
		}
		end := q.After(next)
		if end.Before(next) || end.Sub(next) > 50*time.Hour || !q.After(end).Equal(end) {
			rt.Fatalf("quiet %s at %s end at %s, then %s", q, next, end, q.After(end))
		}
	})
}

func FuzzParseRhythm(f *testing.F) {
	for _, text := range []string{"immediate", "daily 07:00 Asia/Bangkok", "weekly mon 07:00", "digest weekly", "daily ٠٧:٠٠"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ewgwatch.ParseRhythm(text)
		if err != nil {
			return
		}
		again, err := ewgwatch.ParseRhythm(r.String())
		if err != nil || again.String() != r.String() || r.Valid() != nil {
			t.Errorf("%q is %q, and that %q: %v, %v", text, r, again, err, r.Valid())
		}
	})
}

func FuzzParseQuiet(f *testing.F) {
	for _, text := range []string{"", "22:00-07:00 Asia/Bangkok", "00:00-23:59", "1:00-2:00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ewgwatch.ParseQuiet(text)
		if err != nil {
			return
		}
		again, err := ewgwatch.ParseQuiet(q.String())
		if err != nil || again.String() != q.String() || q.Valid() != nil {
			t.Errorf("%q is %q, and that %q: %v, %v", text, q, again, err, q.Valid())
		}
	})
}

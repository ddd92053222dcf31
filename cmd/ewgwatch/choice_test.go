package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

var today = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func TestDaysAndTimesOfAChoiceAreUnderstood(t *testing.T) {
	at := func(text string) time.Time {
		day, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	for _, c := range []struct {
		choice             choice
		since, until, asOf time.Time
	}{
		{choice: choice{}},
		{choice: choice{since: "2023-09-01", until: "2023-09-30"}, since: at("2023-09-01T00:00:00Z"), until: at("2023-10-01T00:00:00Z")},
		{choice: choice{since: "2023-09-01T07:00:00+07:00", until: "2023-09-01T01:00:00Z"}, since: at("2023-09-01T00:00:00Z"), until: at("2023-09-01T01:00:00Z")},
		{choice: choice{asOf: "2026-11-23"}, asOf: at("2026-11-23T23:59:59.999999999Z")},
		{choice: choice{asOf: "2026-11-24"}, asOf: today},
		{choice: choice{asOf: "2026-11-24T11:00:00Z"}, asOf: at("2026-11-24T11:00:00Z")},
	} {
		f, err := c.choice.filter(today)
		if err != nil || !f.query.Since.Equal(c.since) || !f.query.Until.Equal(c.until) || !f.query.AsOf.Equal(c.asOf) {
			t.Errorf("%+v is understood as %+v, error %v", c.choice, f.query, err)
		}
	}
}

func TestSpansOfPublicationAreUnderstood(t *testing.T) {
	month, first, last := ewgwatch.Date{Year: 2023, Month: 9}, ewgwatch.Date{Year: 2023, Month: 9, Day: 1}, ewgwatch.Date{Year: 2023, Month: 10, Day: 15}
	for text, want := range map[string][2]ewgwatch.Date{
		"": {}, "2023-09": {month, month}, "2023-09-01..2023-10-15": {first, last}, "2023-09-01 .. 2023-10-15": {first, last},
		"2023-09-01..": {first, {}}, "..2023-10-15": {{}, last}, "2023-09..2023-09-01": {month, first},
	} {
		if have, err := span(text); err != nil || have != want {
			t.Errorf("%q is understood as %v, error %v", text, have, err)
		}
	}
}

func TestAWrongChoiceIsToldWhatIsAllowed(t *testing.T) {
	for want, c := range map[string]choice{
		"--since: want a day like":                  {since: "yesterday"},
		"--until: want a time after --since":        {since: "2023-09-02", until: "2023-09-01"},
		"--published: want 2023, 2023-09":           {published: "2023-13"},
		"--published: want a span that ends after":  {published: "2024..2023"},
		"--published: want a span":                  {published: ".."},
		"--as-of: want a day or time that has been": {asOf: "2026-11-25"},
		"--state: want one of BN, KH":               {states: []string{"SG", "XX"}},
		"--stance: want one of co_chair, host":      {stances: []string{"came"}},
		"--status: want one of current, withdrawn":  {statuses: []string{"new"}},
		"--lang: want the tag of a language":        {langs: []string{"english language"}},
	} {
		if _, err := c.filter(today); err == nil || codeOf(err) != exitUsage || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: exit code %d, error %v, want %s", c, codeOf(err), err, want)
		}
	}
}

func TestSeveralOfAKindAreAllWanted(t *testing.T) {
	f, err := choice{states: []string{"sg", " la"}, stances: []string{"Attended"}, langs: []string{"en", "zh-hant"}}.filter(today)
	if err != nil || f.query.State != "" || f.query.Stance != ewgwatch.Attended {
		t.Fatalf("%+v, error %v", f, err)
	}
	wanted := func(state ewgwatch.State, stance ewgwatch.Stance, lang string) bool {
		return f.wants(ewgwatch.Finding{State: state, Stance: stance, Lang: lang})
	}
	for _, c := range []struct {
		state  ewgwatch.State
		stance ewgwatch.Stance
		lang   string
		want   bool
	}{
		{ewgwatch.Singapore, ewgwatch.Attended, "en", true},
		{ewgwatch.Laos, ewgwatch.Attended, "en-SG", true},
		{ewgwatch.Laos, ewgwatch.Attended, "zh-Hant-TW", true},
		{ewgwatch.Laos, ewgwatch.Attended, "enm", false},
		{ewgwatch.Laos, ewgwatch.Absent, "en", false},
		{ewgwatch.Thailand, ewgwatch.Attended, "en", false},
		{ewgwatch.Singapore, ewgwatch.Attended, "", false},
	} {
		if have := wanted(c.state, c.stance, c.lang); have != c.want {
			t.Errorf("%+v is wanted: %v", c, have)
		}
	}
	if diff := cmp.Diff(map[string]any{"state": []string{"SG", "LA"}, "stance": []string{"attended"}, "lang": []string{"en", "zh-Hant"}}, f.told()); diff != "" {
		t.Error(diff)
	}
}

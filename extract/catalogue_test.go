package extract

import (
	"slices"
	"strings"
	"testing"

	"ewgwatch"
)

func TestTheCatalogueIsSound(t *testing.T) {
	seen := map[string]bool{}
	kinds := []ewgwatch.EventKind{ewgwatch.Tabletop, ewgwatch.Field, ewgwatch.Planning, ewgwatch.Meeting, ewgwatch.OtherKind}
	entries, names := CatalogueEntries(), map[string]string{}
	if len(entries) < 16 {
		t.Errorf("%d events", len(entries))
	}
	for _, entry := range entries {
		e := entry.Event
		if err := ewgwatch.CheckEventID(e.ID); err != nil || len(entry.Sources) == 0 {
			t.Errorf("%s: %v, sources %v", e.ID, err, entry.Sources)
		}
		for _, name := range append(entry.Aliases, e.Name) {
			name = strings.ToLower(name)
			if other, taken := names[name]; taken {
				t.Errorf("%q is a name of %s and of %s", name, other, e.ID)
			}
			names[name] = e.ID
		}
		if seen[e.ID] || !strings.HasPrefix(e.ID, "ewgct-") || !slices.Contains(kinds, e.Kind) || e.Host != "" && !e.Host.Valid() ||
			e.Name == "" || e.Start.IsZero() || e.End.Last().Before(e.Start.First()) || len(e.Cycle) != 9 {
			t.Errorf("event %+v", e)
		}
		seen[e.ID] = true
	}
}

func TestEventsAreRecognisedByWhatIsSaidOfThem(t *testing.T) {
	august := ewgwatch.Date{Year: 2023, Month: 8, Day: 25}
	tests := []struct {
		name      string
		described ewgwatch.Event
		published ewgwatch.Date
		want      string
	}{
		{"kind and host, near in time", ewgwatch.Event{Kind: ewgwatch.Tabletop, Host: ewgwatch.Myanmar}, august, "ewgct-2023-08-tabletop"},
		{"planned next month", ewgwatch.Event{Kind: ewgwatch.Field, Start: ewgwatch.Date{Year: 2023, Month: 9}}, august, "ewgct-2023-09-field"},
		{"an exercise of any kind, by its day", ewgwatch.Event{Kind: ewgwatch.OtherKind, Start: ewgwatch.Date{Year: 2019, Month: 11, Day: 14}}, ewgwatch.Date{}, "ewgct-2019-11-field"},
		{"the city tells two meetings apart", ewgwatch.Event{Kind: ewgwatch.Meeting, Host: ewgwatch.Russia, Place: "Khabarovsk, Russia"}, ewgwatch.Date{Year: 2023, Month: 6, Day: 22}, "ewgct-2023-06-planning"},
		{"another host", ewgwatch.Event{Kind: ewgwatch.Field, Host: ewgwatch.Vietnam, Start: ewgwatch.Date{Year: 2023, Month: 9}}, august, "ewgct-2023-09-field-vn"},
		{"a year alone tells nothing from its neighbours", ewgwatch.Event{Kind: ewgwatch.Meeting, Start: ewgwatch.Date{Year: 2025, Month: 9}}, ewgwatch.Date{}, "ewgct-2025-09-meeting"},
		{"a month does where it is said", ewgwatch.Event{Kind: ewgwatch.Meeting, Start: ewgwatch.Date{Year: 2022, Month: 12}}, ewgwatch.Date{}, "ewgct-2022-12-meeting"},
		{"and not where it is not", ewgwatch.Event{Kind: ewgwatch.Meeting, Host: ewgwatch.Thailand}, ewgwatch.Date{Year: 2023, Month: 1, Day: 9}, "ewgct-undated-meeting-th"},
		{"the host tells it from one without", ewgwatch.Event{Kind: ewgwatch.Meeting, Host: ewgwatch.Russia}, ewgwatch.Date{Year: 2022, Month: 11, Day: 20}, "ewgct-2022-07-meeting"},
		{"nothing known of it", ewgwatch.Event{Kind: ewgwatch.Field}, ewgwatch.Date{}, "ewgct-undated-field"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, score := recognise(test.described, Catalogue(), test.published)
			if score <= 0 || score > 1 {
				t.Errorf("the score is %v", score)
			}
			if got.ID != test.want {
				t.Errorf("recognised as %s, want %s", got.ID, test.want)
			}
			if known := slices.ContainsFunc(Catalogue(), func(e ewgwatch.Event) bool { return e.ID == got.ID }); known == got.Provisional {
				t.Errorf("%s: provisional is %v", got.ID, got.Provisional)
			}
		})
	}
}

func TestTheMoreIsSaidOfAnEventTheHigherItScores(t *testing.T) {
	day := ewgwatch.Date{Year: 2023, Month: 8, Day: 2}
	for name, steps := range map[string][]ewgwatch.Event{
		"known": {
			{Kind: ewgwatch.OtherKind, Start: ewgwatch.Date{Year: 2023, Month: 8, Day: 12}},
			{Kind: ewgwatch.OtherKind, Start: day},
			{Kind: ewgwatch.Tabletop, Start: day},
			{Kind: ewgwatch.Tabletop, Start: day, Host: ewgwatch.Myanmar},
			{Kind: ewgwatch.Tabletop, Start: day, Host: ewgwatch.Myanmar, Place: "Naypyitaw, Myanmar"},
		},
		"provisional": {
			{Kind: ewgwatch.OtherKind},
			{Kind: ewgwatch.Field},
			{Kind: ewgwatch.Field, Start: ewgwatch.Date{Year: 2031}},
			{Kind: ewgwatch.Field, Start: ewgwatch.Date{Year: 2031, Month: 5}},
			{Kind: ewgwatch.Field, Start: ewgwatch.Date{Year: 2031, Month: 5, Day: 4}},
			{Kind: ewgwatch.Field, Start: ewgwatch.Date{Year: 2031, Month: 5, Day: 4}, Host: ewgwatch.Laos},
			{Kind: ewgwatch.Field, Start: ewgwatch.Date{Year: 2031, Month: 5, Day: 4}, Host: ewgwatch.Laos, Place: "Vientiane, Laos"},
		},
	} {
		before := 0.0
		for _, described := range steps {
			event, score := recognise(described, Catalogue(), ewgwatch.Date{})
			if event.Provisional != (name == "provisional") || score <= before || score > 1 {
				t.Errorf("%s: %+v scores %v as %s, after %v", name, described, score, event.ID, before)
			}
			before = score
		}
		if before != 1 {
			t.Errorf("%s: an event of which all is said scores %v", name, before)
		}
	}
}

func TestACatalogueLineWithAMistakeIsNamed(t *testing.T) {
	for _, line := range []string{"a\tb", "id1\tfield\tRU\t2023-13\t-\t-\t-\tn\ta\ts", "id1\tfield\tRU\t2023\t2023-13\t-\t-\tn\ta\ts"} {
		if _, err := parseCatalogue("# head\n" + line); err == nil || !strings.Contains(err.Error(), "catalogue.tsv:2") {
			t.Errorf("%q: error %v", line, err)
		}
	}
}

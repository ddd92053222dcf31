package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/ledger"
)

// unknown is an event that no catalogue knows, described by its ID and a place.
func unknown(id, place string) ewgwatch.Event {
	e := ewgwatch.EventOf(id)
	e.Place, e.Provisional = place, true
	return e
}

func TestProvisionalEventsAreOneOnlyIfNothingSpeaksAgainstIt(t *testing.T) {
	known := ewgwatch.EventOf("ewgct-2027-03-field-in")
	for _, c := range []struct {
		name   string
		events []ewgwatch.Event
		want   string // the IDs that the first, the second … are known by
	}{
		{"month and year", []ewgwatch.Event{unknown("ewgct-2027-field-in", ""), unknown("ewgct-2027-02-field-in", "")}, "ewgct-2027-02-field-in ewgct-2027-02-field-in"},
		{"host and city", []ewgwatch.Event{unknown("ewgct-2027-02-field", ""), unknown("ewgct-2027-02-field-in", "Pune, India")}, "ewgct-2027-02-field-in ewgct-2027-02-field-in"},
		{"three ways to say it", []ewgwatch.Event{unknown("ewgct-2027-field", ""), unknown("ewgct-2027-field-in", "India"), unknown("ewgct-2027-02-field", "")},
			"ewgct-2027-02-field ewgct-2027-02-field ewgct-2027-02-field"},
		{"two kinds", []ewgwatch.Event{unknown("ewgct-2027-field-in", ""), unknown("ewgct-2027-02-tabletop-in", "")}, "ewgct-2027-field-in ewgct-2027-02-tabletop-in"},
		{"two hosts", []ewgwatch.Event{unknown("ewgct-2027-field-in", ""), unknown("ewgct-2027-02-field-my", "")}, "ewgct-2027-field-in ewgct-2027-02-field-my"},
		{"two cities", []ewgwatch.Event{unknown("ewgct-2027-field-in", "Pune, India"), unknown("ewgct-2027-02-field-in", "Agra, India")}, "ewgct-2027-field-in ewgct-2027-02-field-in"},
		{"two months", []ewgwatch.Event{unknown("ewgct-2027-03-field-in", ""), unknown("ewgct-2027-02-field-in", "")}, "ewgct-2027-03-field-in ewgct-2027-02-field-in"},
		{"a year that may be either month", []ewgwatch.Event{unknown("ewgct-2027-field-in", ""), unknown("ewgct-2027-02-field-in", ""), unknown("ewgct-2027-05-field-in", "")},
			"ewgct-2027-field-in ewgct-2027-02-field-in ewgct-2027-05-field-in"},
		{"no date", []ewgwatch.Event{unknown("ewgct-undated-field-in", ""), unknown("ewgct-2027-02-field-in", "")}, "ewgct-undated-field-in ewgct-2027-02-field-in"},
		{"one of the catalogue", []ewgwatch.Event{unknown("ewgct-2027-field-in", ""), known}, "ewgct-2027-field-in ewgct-2027-03-field-in"},
	} {
		same := ledger.Identify(slices.Values(c.events), ewgwatch.Amended{})
		var have []string
		for _, e := range c.events {
			have = append(have, same.Finding(ewgwatch.Finding{Event: e}).Event.ID)
		}
		if diff := cmp.Diff(c.want, strings.Join(have, " ")); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestOneEventKnowsWhatEachOfItsDescriptionsKnows(t *testing.T) {
	month, year := unknown("ewgct-2027-02-field", ""), unknown("ewgct-2027-field-in", "Pune, India")
	month.Name, year.Cycle = "Field training exercise 2027", "2024-2027"
	want := ewgwatch.Event{ID: month.ID, Name: month.Name, Kind: ewgwatch.Field, Place: "Pune, India", Host: ewgwatch.India,
		Start: ewgwatch.Date{Year: 2027, Month: 2}, Cycle: "2024-2027", Provisional: true}
	have := ledger.Identify(slices.Values([]ewgwatch.Event{month, year}), ewgwatch.Amended{}).Finding(ewgwatch.Finding{Event: year}).Event
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

func TestWhichEventsAreOneDoesNotDependOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := drawUnknown(t)
		shuffled := rapid.Permutation(append(slices.Clone(events), events[0])).Draw(t, "shuffled")
		if diff := cmp.Diff(ledger.Identify(slices.Values(events), ewgwatch.Amended{}), ledger.Identify(slices.Values(shuffled), ewgwatch.Amended{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestWhatAnAnalystAmendedKeepsItsID has a name given to the less and then to the more
// exact of two events that are one.
func TestWhatAnAnalystAmendedKeepsItsID(t *testing.T) {
	year, month := unknown("ewgct-2027-field-in", "India"), unknown("ewgct-2027-02-field-in", "India")
	for named, want := range map[string]string{"ewgct-2025-meeting": month.ID, month.ID: month.ID, year.ID: year.ID} {
		amended := ewgwatch.Amend([]ewgwatch.Amendment{{Number: 1, Kind: ewgwatch.RenameEvent, Event: named, Name: "Drill"}}, time.Time{})
		same := ledger.Identify(slices.Values([]ewgwatch.Event{year, month}), amended)
		if have := same.Finding(ewgwatch.Finding{Event: year}).Event.ID; have != want {
			t.Errorf("%s renamed: %s is known as %s, want %s", named, year.ID, have, want)
		}
	}
}

// TestWhatWasNotAmendedStaysTogether amends one of three events that are one.
func TestWhatWasNotAmendedStaysTogether(t *testing.T) {
	exact, year, bare := unknown("ewgct-2027-02-field-in", "India"), unknown("ewgct-2027-field-in", "India"), unknown("ewgct-2027-field", "")
	for _, a := range []ewgwatch.Amendment{
		{Kind: ewgwatch.RenameEvent, Event: bare.ID, Name: "Drill"}, {Kind: ewgwatch.RenameEvent, Event: year.ID, Name: "Drill"},
		{Kind: ewgwatch.MergeEvents, Event: year.ID, Into: exact.ID},
	} {
		a.Number = 1
		same := ledger.Identify(slices.Values([]ewgwatch.Event{bare, year, exact}), ewgwatch.Amend([]ewgwatch.Amendment{a}, time.Time{}))
		for _, e := range []ewgwatch.Event{year, bare} {
			want := exact.ID
			if e.ID == a.Event {
				want = e.ID
			}
			if have := same.Finding(ewgwatch.Finding{Event: e}).Event.ID; have != want {
				t.Errorf("%s %s: %s is known as %s, want %s", a.Kind, a.Event, e.ID, have, want)
			}
		}
	}
}

func drawUnknown(t *rapid.T) []ewgwatch.Event {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ewgwatch.Event {
		date := rapid.SampledFrom([]string{"undated", "2027", "2027-02", "2027-05"}).Draw(t, "date")
		kind := rapid.SampledFrom([]string{"field", "meeting"}).Draw(t, "kind")
		host := rapid.SampledFrom([]string{"", "-in", "-my"}).Draw(t, "host")
		e := unknown(fmt.Sprint("ewgct-", date, "-", kind, host), rapid.SampledFrom([]string{"", "Pune, India"}).Draw(t, "place"))
		if host != "-in" {
			e.Place = ""
		}
		return e
	}), 1, 8).Draw(t, "events")
}

func TestAnEventNoCatalogueKnowsTakesTwoIndependentVoices(t *testing.T) {
	event := unknown("ewgct-2027-02-field-in", "India")
	first := says("tribune.test", ewgwatch.India, ewgwatch.Host, event, "India will hold the field exercise in February 2027, the ministry said.")
	for _, c := range []struct {
		name        string
		second      ewgwatch.Finding
		provisional bool
	}{
		{"nobody else", first, true},
		{"another page of the publisher", says("tribune.test/hi", ewgwatch.Laos, ewgwatch.Attended, event, "Laos is to send a team."), true},
		{"a copy", says("herald.test", ewgwatch.India, ewgwatch.Host, event, strings.ToUpper(first.Quote)), true},
		{"a mention", says("herald.test", ewgwatch.Laos, ewgwatch.Mentioned, event, "Laos was named as well."), true},
		{"of another event", says("herald.test", ewgwatch.Laos, ewgwatch.Attended, field, "Laos is to send a team."), true},
		{"another who says something else", says("herald.test", ewgwatch.Laos, ewgwatch.Attended, event, "Laos is to send a team."), false},
	} {
		l := build(t, []ewgwatch.Finding{first, c.second}, nil, ledger.Options{})
		at := slices.IndexFunc(l.Events, func(e ewgwatch.Event) bool { return e.ID == event.ID })
		if at < 0 || l.Events[at].Provisional != c.provisional {
			t.Errorf("%s: %+v", c.name, l.Events)
		}
		if at >= 0 && l.Cell(ewgwatch.India, l.Events[at]).Event.Provisional != c.provisional {
			t.Errorf("%s: the cell says otherwise", c.name)
		}
	}
}

package ewgwatch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
)

const (
	moscow = "ewgct-2022-07-meeting"
	online = "ewgct-2022-12-meeting"
	winter = "ewgct-2022-meeting-ru"
)

var firstDay = time.Date(2026, time.March, 1, 9, 0, 0, 0, time.UTC)

// amendments numbers and dates some, a day apart, and wants each to be allowed.
func amendments(t testing.TB, all ...ewgwatch.Amendment) (list []ewgwatch.Amendment) {
	t.Helper()
	for i, a := range all {
		a.By, a.Why = "ada", "a reason"
		if err := ewgwatch.CheckAmendment(list, a); err != nil {
			t.Fatalf("amendment %d: %v", i+1, err)
		}
		a.Number, a.At = i+1, firstDay.AddDate(0, 0, i)
		list = append(list, a)
	}
	return list
}

func merge(event, into string) ewgwatch.Amendment {
	return ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: event, Into: into}
}

func split(event, as string, findings ...string) ewgwatch.Amendment {
	return ewgwatch.Amendment{Kind: ewgwatch.SplitEvent, Event: event, Into: as, Name: "Part " + as, Findings: findings}
}

func rename(event, name string) ewgwatch.Amendment {
	return ewgwatch.Amendment{Kind: ewgwatch.RenameEvent, Event: event, Name: name}
}

func undo(number int) ewgwatch.Amendment {
	return ewgwatch.Amendment{Kind: ewgwatch.UndoAmend, Undoes: number}
}

func TestFindingsFollowTheirEvents(t *testing.T) {
	for _, c := range []struct {
		name string
		list []ewgwatch.Amendment
		// of f_1 tied to Moscow, f_2 tied to Moscow, f_3 tied to the winter meeting
		want string
	}{
		{"nothing amended", nil, moscow + " " + moscow + " " + winter},
		{"merged", []ewgwatch.Amendment{merge(winter, moscow)}, moscow + " " + moscow + " " + moscow},
		{"a chain", []ewgwatch.Amendment{merge(winter, online), merge(online, moscow)}, moscow + " " + moscow + " " + moscow},
		{"split", []ewgwatch.Amendment{split(moscow, online, "f_2")}, moscow + " " + online + " " + winter},
		{"split out of a merged one", []ewgwatch.Amendment{merge(winter, moscow), split(moscow, online, "f_3")}, moscow + " " + moscow + " " + online},
		{"split, then merged", []ewgwatch.Amendment{split(moscow, online, "f_2"), merge(winter, online)}, moscow + " " + online + " " + online},
		{"split back out", []ewgwatch.Amendment{merge(winter, moscow), split(moscow, winter, "f_3")}, moscow + " " + moscow + " " + winter},
		{"split back out and merged again", []ewgwatch.Amendment{merge(winter, moscow), split(moscow, winter, "f_3"), merge(winter, online)}, moscow + " " + moscow + " " + online},
		{"undone", []ewgwatch.Amendment{merge(winter, moscow), undo(1)}, moscow + " " + moscow + " " + winter},
		{"the undo undone", []ewgwatch.Amendment{merge(winter, moscow), undo(1), undo(2)}, moscow + " " + moscow + " " + moscow},
		{"undone again", []ewgwatch.Amendment{merge(winter, moscow), undo(1), undo(2), undo(3)}, moscow + " " + moscow + " " + winter},
		{"a split of what is not there", []ewgwatch.Amendment{split(online, winter, "f_2")}, moscow + " " + moscow + " " + winter},
	} {
		amended := ewgwatch.Amend(amendments(t, c.list...), time.Time{})
		var have []string
		for i, event := range []string{moscow, moscow, winter} {
			f := ewgwatch.Finding{ID: fmt.Sprint("f_", i+1), Event: ewgwatch.Event{ID: event, Kind: ewgwatch.Meeting}}
			have = append(have, amended.Finding(f).Event.ID)
		}
		if diff := cmp.Diff(c.want, strings.Join(have, " ")); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestNothingOfAFindingButItsEventIsAmended(t *testing.T) {
	f := ewgwatch.Finding{URL: "https://a.test/", State: ewgwatch.Laos, Stance: ewgwatch.Attended, Quote: "Laos took part.", Event: ewgwatch.Event{ID: winter}}.Identify()
	after := ewgwatch.Amend(amendments(t, merge(winter, moscow), rename(moscow, "The July meeting")), time.Time{}).Finding(f)
	want := f
	want.Event = ewgwatch.Event{ID: moscow, Name: "The July meeting", Kind: ewgwatch.Meeting, Start: ewgwatch.Date{Year: 2022, Month: 7}}
	if diff := cmp.Diff(want, after); diff != "" {
		t.Error(diff)
	}
	if again := after.Identify().ID; again != f.ID {
		t.Errorf("it was %s and is %s", f.ID, again)
	}
}

func TestWhatAnAnalystSaysOfAFindingComesBeforeWhatIsSaidOfItsEvent(t *testing.T) {
	amended := ewgwatch.Amend(amendments(t, merge(online, winter)), time.Time{})
	f := ewgwatch.Finding{ID: "f_1", Event: ewgwatch.Event{ID: moscow}, Review: ewgwatch.Review{Ruling: ewgwatch.Correct, Event: online}}
	if have := amended.Finding(f.Believed()).Event.ID; have != winter {
		t.Errorf("have %s", have)
	}
	f.Review.Event = ewgwatch.NoEvent
	if have := amended.Finding(f.Believed()).Event; have != (ewgwatch.Event{}) {
		t.Errorf("have %v", have)
	}
}

func TestAnEventThatASplitMadeIsKnownByItsIDAndName(t *testing.T) {
	amended := ewgwatch.Amend(amendments(t, split(moscow, online, "f_1")), time.Time{})
	want := ewgwatch.Event{ID: online, Name: "Part " + online, Kind: ewgwatch.Meeting, Start: ewgwatch.Date{Year: 2022, Month: 12}}
	if diff := cmp.Diff([]ewgwatch.Event{want}, amended.Parts()); diff != "" {
		t.Error(diff)
	}
	if have := amended.Event(ewgwatch.Event{ID: online}); have != want {
		t.Errorf("have %+v", have)
	}
}

func TestAnAmendmentThatCannotFollowIsRefused(t *testing.T) {
	for _, c := range []struct {
		list []ewgwatch.Amendment
		next ewgwatch.Amendment
		want string
	}{
		{nil, merge(moscow, moscow), "want two events, have ewgct-2022-07-meeting twice"},
		{nil, merge("moscow", winter), `want the ID of an event like ewgct-2022-12-meeting, have "moscow"`},
		{nil, merge(moscow, ""), `have ""`},
		{nil, rename(moscow, ""), "want a name"},
		{nil, split(moscow, online), "want the findings that leave"},
		{nil, ewgwatch.Amendment{Kind: "drop"}, `want merge, split, rename or undo, have "drop"`},
		{nil, undo(1), "want the number of an amendment that was made, have 1"},
		{nil, ewgwatch.Amendment{Kind: ewgwatch.UndoAmend, Undoes: 1, Event: moscow}, "want nothing of an undo but the number"},
		{nil, ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: moscow, Into: winter, Undoes: 1}, "want no number to undo"},
		{[]ewgwatch.Amendment{merge(winter, moscow)}, merge(moscow, winter), "ewgct-2022-meeting-ru is part of ewgct-2022-07-meeting by amendment 1"},
		{[]ewgwatch.Amendment{merge(winter, online), merge(online, moscow)}, merge(moscow, winter), "is part of ewgct-2022-12-meeting by amendment 1"},
		{[]ewgwatch.Amendment{merge(winter, moscow)}, merge(winter, online), "by amendment 1"},
		{[]ewgwatch.Amendment{merge(winter, moscow)}, rename(winter, "Winter"), "name that, or undo the amendment first"},
		{[]ewgwatch.Amendment{merge(winter, moscow)}, split(winter, online, "f_1"), "by amendment 1"},
		{[]ewgwatch.Amendment{merge(winter, moscow), undo(1)}, undo(1), "amendment 1 is undone already, by amendment 2"},
		{[]ewgwatch.Amendment{merge(winter, moscow), undo(1), merge(moscow, winter)}, undo(2), "amendment 3, which has to do with ewgct-2022-meeting-ru, then stands against amendment 1"},
	} {
		list := amendments(t, c.list...)
		c.next.By, c.next.Why = "ada", "a reason"
		if err := ewgwatch.CheckAmendment(list, c.next); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("after %v: %v\nwant %s", c.list, err, c.want)
		}
	}
	if err := ewgwatch.CheckAmendment(nil, merge(winter, moscow)); err == nil || !strings.Contains(err.Error(), "want who says so, and why") {
		t.Errorf("without a name: %v", err)
	}
}

func TestWhatIsPastStaysAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawAmendments(t)
		until := rapid.IntRange(0, len(list)).Draw(t, "until")
		then := firstDay.AddDate(0, 0, until-1)
		f := drawFinding(t)
		early, late := ewgwatch.Amend(list[:until], time.Time{}), ewgwatch.Amend(list, then)
		if diff := cmp.Diff(early.Finding(f), late.Finding(f)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestUndoingTheLastOneGivesBackWhatWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawAmendments(t)
		f := drawFinding(t)
		before := ewgwatch.Amend(list, time.Time{}).Finding(f)
		next := drawAmendment(t, len(list)+1)
		if ewgwatch.CheckAmendment(list, next) != nil {
			return
		}
		list = append(list, next)
		back := undo(next.Number)
		back.By, back.Why, back.Number, back.At = "ada", "a mistake", next.Number+1, next.At.AddDate(0, 0, 1)
		if err := ewgwatch.CheckAmendment(list, back); err != nil {
			t.Fatalf("it cannot be undone: %v", err)
		}
		if diff := cmp.Diff(before, ewgwatch.Amend(append(list, back), time.Time{}).Finding(f)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestTheOrderInWhichAmendmentsAreReadDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawAmendments(t)
		f := drawFinding(t)
		shuffled := rapid.Permutation(list).Draw(t, "shuffled")
		if diff := cmp.Diff(ewgwatch.Amend(list, time.Time{}).Finding(f), ewgwatch.Amend(shuffled, time.Time{}).Finding(f)); diff != "" {
			t.Fatal(diff)
		}
	})
}

var events = []string{"ewgct-2022-meeting", "ewgct-2022-07-meeting", "ewgct-2022-12-meeting", "ewgct-2023-field"}

func drawFinding(t *rapid.T) ewgwatch.Finding {
	return ewgwatch.Finding{ID: rapid.SampledFrom([]string{"f_1", "f_2", "f_3"}).Draw(t, "finding"),
		Event: ewgwatch.EventOf(rapid.SampledFrom(append(slices.Clone(events), "")).Draw(t, "event"))}
}

// drawAmendments draws some that may follow each other.
func drawAmendments(t *rapid.T) (list []ewgwatch.Amendment) {
	for range rapid.IntRange(0, 12).Draw(t, "tries") {
		if next := drawAmendment(t, len(list)+1); ewgwatch.CheckAmendment(list, next) == nil {
			list = append(list, next)
		}
	}
	return list
}

func drawAmendment(t *rapid.T, number int) ewgwatch.Amendment {
	event, into := rapid.SampledFrom(events).Draw(t, "event"), rapid.SampledFrom(events).Draw(t, "into")
	a := merge(event, into)
	switch rapid.SampledFrom(ewgwatch.AmendmentKinds()).Draw(t, "kind") {
	case ewgwatch.SplitEvent:
		a = split(event, into, rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"f_1", "f_2", "f_3"}), 1, 2, rapid.ID).Draw(t, "findings")...)
	case ewgwatch.RenameEvent:
		a = rename(event, rapid.SampledFrom([]string{"One", "Other"}).Draw(t, "name"))
	case ewgwatch.UndoAmend:
		a = undo(rapid.IntRange(1, number).Draw(t, "undoes"))
	case ewgwatch.MergeEvents:
	}
	a.By, a.Why, a.Number, a.At = "ada", "a reason", number, firstDay.AddDate(0, 0, number-1)
	return a
}

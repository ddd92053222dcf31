package alert_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert"
)

func watches(s *ewgwatch.Subscription) { s.Interest.Coverage = true }

func TestSourcesAreToldOnTheirMovesOnly(t *testing.T) {
	w, book := newWorld(), bookOf(desk(watches))
	const ok, degraded, blocked, silent, gone = ewgwatch.HealthOK, ewgwatch.HealthDegraded, ewgwatch.HealthBlocked, ewgwatch.HealthSilent, ewgwatch.HealthGone
	for i, c := range []struct {
		from, to ewgwatch.HealthState
		want     alert.Reason
	}{
		{ok, degraded, ""},
		{degraded, ok, ""},
		{ok, blocked, alert.SourceLost},
		{blocked, degraded, ""},
		{degraded, blocked, ""},
		{blocked, gone, alert.SourceLost},
		{gone, degraded, ""},
		{degraded, ok, alert.SourceBack},
		{ok, degraded, ""},
		{degraded, ok, ""},
		{ok, blocked, alert.SourceLost},
		{blocked, ok, alert.SourceBack},
		{ok, silent, alert.SourceLost},
	} {
		w.move("mod.test", c.from, c.to)
		got := reasons(w.night(book))
		if want := []alert.Reason{c.want}; c.want != "" && !cmp.Equal(got, want) || c.want == "" && len(got) > 0 {
			t.Errorf("night %d, %s to %s: %v, want %q", i, c.from, c.to, got, c.want)
		}
	}
	if len(w.order) != 6 {
		t.Errorf("%d alerts have different IDs, want 6", len(w.order))
	}
}

func TestSourcesThatMovedInOneNightShareAMessage(t *testing.T) {
	w, book := newWorld(), bookOf(desk(watches))
	w.find(laosAttended("f_1", "a.test"))
	for _, id := range []string{"c.test", "a.test", "b.test"} {
		w.move(id, ewgwatch.HealthOK, ewgwatch.HealthBlocked)
	}
	plan := w.night(book)
	if len(plan.Alerts) != 2 {
		t.Fatal(reasons(plan))
	}
	a := plan.Alerts[1]
	if a.Class != ewgwatch.SourceHealth || len(a.Notices) != 3 || a.Notices[0].Source.ID != "a.test" || a.Notices[2].Transition.Why == "" {
		t.Errorf("have %+v", a)
	}
	w.move("b.test", ewgwatch.HealthBlocked, ewgwatch.HealthOK)
	if back := only(t, w.night(book)); back.Thread != a.ID || back.Notices[0].Before != a.ID {
		t.Errorf("back in thread %s, want %s", back.Thread, a.ID)
	}
}

func TestASourceThatIsBackBeforeAnybodyHeardIsNotTold(t *testing.T) {
	w, book := newWorld(), bookOf(desk(watches))
	w.move("a.test", ewgwatch.HealthOK, ewgwatch.HealthBlocked)
	w.move("a.test", ewgwatch.HealthBlocked, ewgwatch.HealthOK)
	if plan := w.night(book); len(plan.Alerts) > 0 {
		t.Error(reasons(plan))
	}
}

func TestSourcesAreToldToThoseWhoseTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		desk func(*ewgwatch.Subscription)
		want int
	}{
		"who did not ask": {func(*ewgwatch.Subscription) {}, 0},
		"who asked for its kind": {func(s *ewgwatch.Subscription) {
			watches(s)
			s.Interest.Kinds = []ewgwatch.SourceKind{ewgwatch.Ministry}
		}, 1},
		"who asked for another":      {func(s *ewgwatch.Subscription) { watches(s); s.Interest.Kinds = []ewgwatch.SourceKind{ewgwatch.NGO} }, 0},
		"who reads its language":     {func(s *ewgwatch.Subscription) { watches(s); s.Interest.Langs = []string{"lo"} }, 1},
		"who does not":               {func(s *ewgwatch.Subscription) { watches(s); s.Interest.Langs = []string{"th"} }, 0},
		"who asked for other states": {func(s *ewgwatch.Subscription) { watches(s); s.Interest.States = []ewgwatch.State{ewgwatch.Japan} }, 1},
		"who came later":             {func(s *ewgwatch.Subscription) { watches(s); s.Since = day(3) }, 0},
		"who is paused":              {func(s *ewgwatch.Subscription) { watches(s); s.Paused = true }, 0},
	} {
		w, book := newWorld(), bookOf(desk(c.desk))
		w.move("mod.test", ewgwatch.HealthOK, ewgwatch.HealthSilent)
		if plan := w.night(book); len(plan.Alerts) != c.want {
			t.Errorf("%s: %d alerts, want %d", name, len(plan.Alerts), c.want)
		}
	}
}

func TestAnExpectationIsToldOnceItsDayIsOverEverywhere(t *testing.T) {
	w := newWorld()
	waits := func(s *ewgwatch.Subscription) { s.Interest.Expectations = true }
	book := bookOf(desk(waits), desk(waits, func(s *ewgwatch.Subscription) { s.Name, s.Interest.Events = "other", []string{meeting} }),
		desk(func(s *ewgwatch.Subscription) { s.Name = "third" }))
	e := ewgwatch.Expectation{Event: drill, By: ewgwatch.Date{Year: 2026, Month: 3, Day: 5}}
	w.unmet = []ewgwatch.Expectation{e, e, {Event: meeting}}
	w.now = time.Date(2026, 3, 6, 11, 59, 59, 0, time.UTC)
	if plan := book.Plan(w.facts()); len(plan.Alerts) > 0 || len(plan.Marks) > 0 {
		t.Errorf("told early: %+v", plan)
	}
	w.now = w.now.Add(time.Second)
	plan := w.night(book)
	if a := only(t, plan); a.Subscription != "desk" || a.Class != ewgwatch.ExpectationDue || a.Notices[0].By != e.By || a.Notices[0].Event.ID != drill {
		t.Errorf("have %+v", a)
	}
	if diff := cmp.Diff([]string{alert.Mark(e)}, plan.Marks); diff != "" {
		t.Error(diff)
	}
	if plan := w.night(book); len(plan.Alerts) > 0 {
		t.Error("told twice")
	}
}

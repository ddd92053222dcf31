package store_test

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

var (
	post = ewgwatch.Channel{Kind: ewgwatch.MailChannel, To: "desk@tribune.test"}
	hook = ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "https://hook.test/"}
)

// message is an alert that is due at noon.
func message(id string, channel ewgwatch.Channel) ewgwatch.Alert {
	return ewgwatch.Alert{ID: id, Subscription: "desk", Channel: channel, Class: ewgwatch.NewClaim, MadeAt: noon, DueAt: noon, State: ewgwatch.Owed,
		Notices: []ewgwatch.Notice{{Class: ewgwatch.NewClaim, Reason: id, Event: tabletop, Source: tribune}}}
}

func list[T any](t testing.TB, rows iter.Seq2[T, error]) (all []T) {
	t.Helper()
	for row, err := range rows {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

// lent leases what is due for a minute and returns the IDs.
func lent(t testing.TB, s *store.Store, now time.Time, limit int, free func(ewgwatch.Alert) bool) (ids []string) {
	t.Helper()
	alerts, err := s.LeaseAlerts(now, now.Add(time.Minute), limit, free)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range alerts {
		ids = append(ids, a.ID)
	}
	return ids
}

func settled(t testing.TB, s *store.Store, done ...ewgwatch.Settled) {
	t.Helper()
	if err := s.SettleAlerts(done); err != nil {
		t.Fatal(err)
	}
}

func received(id string) ewgwatch.Settled {
	return ewgwatch.Settled{Alert: id, Receipt: &ewgwatch.Receipt{At: noon, To: "desk", Response: "250 OK", SHA256: strings.Repeat("ab", 32), Subject: "Laos"}}
}

// clockwork is a database whose time is told.
func clockwork(t testing.TB, now *time.Time) *store.Store {
	t.Helper()
	return open(t, store.Options{Now: func() time.Time { return *now }})
}

func stateOf(t testing.TB, s *store.Store, id string) ewgwatch.AlertState {
	t.Helper()
	a, _, err := s.Alert(id)
	if err != nil {
		t.Fatal(err)
	}
	return a.State
}

func TestAPlanIsKeptOnceAndWhole(t *testing.T) {
	now := noon
	s := clockwork(t, &now)
	told := ewgwatch.Told{Subscription: "desk", Claim: lao().Claim(), Voices: 1, Thread: "a", At: noon}
	p := ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("a", post)}, Told: []ewgwatch.Told{told}, Marks: []string{"2023"}}
	plan(t, s, p)
	plan(t, s, p)
	if diff := cmp.Diff(p.Alerts, list(t, s.Alerts(t.Context(), ewgwatch.Owed)), sameTime); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(p.Told, list(t, s.Told(t.Context(), "desk"))); diff != "" {
		t.Error(diff)
	}
	if other := list(t, s.Told(t.Context(), "des")); len(other) > 0 {
		t.Errorf("another was told %v", other)
	}
	marked, err := s.Marked("2023")
	unmarked, err2 := s.Marked("2024")
	if !marked || unmarked || errors.Join(err, err2) != nil {
		t.Error(marked, unmarked, err, err2)
	}
	bad := ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("b", post)}, Told: []ewgwatch.Told{{Subscription: "two\nlines"}}}
	if err := s.PutPlan(bad); err == nil || stateOf(t, s, "b") != "" {
		t.Errorf("half a plan was kept: %v", err)
	}
	sound(t, s)
}

func TestAnAlertPutAgainIsLeftAsItIs(t *testing.T) {
	now := noon
	s := clockwork(t, &now)
	again := ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("owed", post), message("sent", post), message("dead", post), message("replaced", post)}}
	plan(t, s, again)
	plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("instead", post)}, Replaces: []string{"replaced", "unknown"}})
	lent(t, s, noon, 9, nil)
	settled(t, s, received("sent"), ewgwatch.Settled{Alert: "dead", Dead: true, Why: "550"}, ewgwatch.Settled{Alert: "owed", RetryAt: noon.Add(time.Hour), Why: "421"})
	want := list(t, s.Alerts(t.Context(), ""))
	now = noon.Add(89 * 24 * time.Hour)
	settled(t, s, received("of another database")) // forgets what is over for long
	plan(t, s, again)
	if diff := cmp.Diff(want, list(t, s.Alerts(t.Context(), "")), sameTime); diff != "" {
		t.Error(diff)
	}
	for _, a := range want {
		if state := ewgwatch.AlertState(a.ID); a.State != state && a.ID != "instead" {
			t.Errorf("%s is %s", a.ID, a.State)
		}
	}
	sound(t, s)
	now = noon.Add(91 * 24 * time.Hour)
	settled(t, s, received("instead"))
	if stateOf(t, s, "sent") != "" || stateOf(t, s, "replaced") != "" || stateOf(t, s, "dead") != ewgwatch.Dead {
		t.Error("what was sent 91 days ago is not forgotten, or what was not is")
	}
	if n := len(list(t, s.Receipts(t.Context(), noon))); n != 3 {
		t.Errorf("%d receipts are left, want all 3", n)
	}
	sound(t, s)
}

func TestAChannelWithManyOverdueHoldsUpNoOther(t *testing.T) {
	now := noon
	s := clockwork(t, &now)
	var many []ewgwatch.Alert
	for i := range 2000 {
		a := message(fmt.Sprintf("mail %04d", i), post)
		a.DueAt = noon.Add(time.Duration(i-3000) * time.Second)
		many = append(many, a)
	}
	plan(t, s, ewgwatch.Plan{Alerts: append(many, message("hook", hook), message("hook too", hook))})
	if diff := cmp.Diff([]string{"mail 0000", "hook", "mail 0001", "hook too", "mail 0002"}, lent(t, s, noon, 5, nil)); diff != "" {
		t.Error(diff)
	}
	asked := 0
	busy := func(a ewgwatch.Alert) bool { asked++; return a.Channel != post }
	if ids := lent(t, s, noon, 5, busy); len(ids) > 0 || asked != 1 {
		t.Errorf("%v after %d questions", ids, asked)
	}
	due, owed, err := s.NextAlert(noon)
	if err != nil || !owed || !due.Equal(noon) {
		t.Error(due, owed, err)
	}
	sound(t, s)
}

func TestALeaseEndsAndALateFailureUndoesNothing(t *testing.T) {
	now := noon
	s := clockwork(t, &now)
	plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("a", post)}})
	if ids := lent(t, s, noon, 9, nil); len(ids) != 1 {
		t.Fatal(ids)
	}
	later := noon.Add(time.Minute)
	due, owed, err := s.NextAlert(noon)
	if ids := lent(t, s, later.Add(-1), 9, nil); len(ids) > 0 || !owed || !due.Equal(later) || err != nil {
		t.Errorf("leased twice: %v, next at %s, %v", ids, due, err)
	}
	if ids := lent(t, s, later, 9, nil); len(ids) != 1 {
		t.Error("the lease did not end")
	}
	settled(t, s, ewgwatch.Settled{Alert: "a", Attempt: 1, Dead: true})
	a, _, err := s.Alert("a")
	if err != nil || a.State != ewgwatch.Owed || a.Attempts != 2 || !a.LeasedUntil.Equal(later.Add(time.Minute)) {
		t.Errorf("%+v, %v", a, err)
	}
	settled(t, s, ewgwatch.Settled{Alert: "a", Attempt: 2, Why: "503", RetryAt: later.Add(time.Hour)})
	if due, _, _ := s.NextAlert(noon); !due.Equal(later.Add(time.Hour)) {
		t.Errorf("next at %s", due)
	}
	settled(t, s, received("a"), received("a"))
	if _, owed, err := s.NextAlert(noon); owed || err != nil || stateOf(t, s, "a") != ewgwatch.Sent {
		t.Error("it is owed still", err)
	}
	if n := len(list(t, s.Receipts(t.Context(), noon))); n != 2 {
		t.Errorf("%d receipts, want that it went out twice", n)
	}
	if _, err := s.LeaseAlerts(noon, noon, 1, nil); err == nil {
		t.Error("a lease without an end ahead is no error")
	}
	sound(t, s)
}

func TestDeadAlertsAreReplayedWithTheirIDs(t *testing.T) {
	now := noon
	s := clockwork(t, &now)
	old, other := message("old", post), message("other", post)
	old.MadeAt, other.Subscription = noon.Add(-time.Hour), "radio"
	plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{old, other, message("a", post), message("owed", post)}})
	lent(t, s, noon, 9, nil)
	for _, id := range []string{"old", "other", "a"} {
		settled(t, s, ewgwatch.Settled{Alert: id, Dead: true, Why: "550"})
	}
	later := noon.Add(time.Hour)
	n, err := s.ReplayAlerts(t.Context(), noon, "desk", later)
	if a, _, _ := s.Alert("a"); n != 1 || err != nil || a.State != ewgwatch.Owed || a.Attempts != 0 || !a.DueAt.Equal(later) || a.LastError != "550" {
		t.Errorf("%d, %v: %+v", n, err, a)
	}
	if n, err := s.ReplayAlerts(t.Context(), time.Time{}, "", later); n != 2 || err != nil {
		t.Errorf("%d of all, %v", n, err)
	}
	if dead := list(t, s.Alerts(t.Context(), ewgwatch.Dead)); len(dead) > 0 {
		t.Errorf("still dead: %v", dead)
	}
	sound(t, s)
}

func TestADigestTakesMoreUntilSomebodyMayHaveIt(t *testing.T) {
	now := noon
	s := clockwork(t, &now)
	digest := func(news ...string) ewgwatch.Plan {
		a := message("digest", post)
		a.Class, a.Notices = ewgwatch.Digest, nil
		for _, n := range news {
			a.Notices = append(a.Notices, ewgwatch.Notice{Reason: n})
		}
		return ewgwatch.Plan{Alerts: []ewgwatch.Alert{a}}
	}
	want := func(want map[string]string) {
		t.Helper()
		have := map[string]string{}
		for _, a := range list(t, s.Alerts(t.Context(), "")) {
			for _, n := range a.Notices {
				have[a.ID] += n.Reason
			}
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Error(diff)
		}
	}
	plan(t, s, digest("a"))
	plan(t, s, digest("a", "b"))
	plan(t, s, digest("c"))
	want(map[string]string{"digest": "abc"})
	lent(t, s, noon, 1, nil)
	plan(t, s, digest("d", "a"))
	plan(t, s, digest("e"))
	want(map[string]string{"digest": "abc", "digest-2": "de"})
	settled(t, s, received("digest"), ewgwatch.Settled{Alert: "digest-2", Dead: true})
	plan(t, s, digest("a", "e", "f"))
	want(map[string]string{"digest": "abc", "digest-2": "de", "digest-3": "f"})
	sound(t, s)
}

func TestASubscriptionIsKeptAndRemovedWithWhatItIsOwed(t *testing.T) {
	now := noon
	s := clockwork(t, &now)
	sub := ewgwatch.Subscription{Name: "desk", Channels: []ewgwatch.Channel{post}, Interest: ewgwatch.Interest{States: []ewgwatch.State{ewgwatch.Laos}}}
	for range 2 {
		sub.Paused = !sub.Paused
		if err := s.PutSubscription(sub); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Hour)
	}
	want := sub
	want.Since = noon
	if diff := cmp.Diff([]ewgwatch.Subscription{want}, list(t, s.Subscriptions(t.Context()))); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"", "two\nlines", "nul\x00", strings.Repeat("long", 300)} {
		if err := s.PutSubscription(ewgwatch.Subscription{Name: bad}); err == nil {
			t.Errorf("%.20q is taken for a name", bad)
		}
	}
	radio := message("of another", post)
	radio.Subscription = "desk too"
	claim := lao().Claim()
	plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{radio, message("owed", post), message("sent", hook), message("dead", hook)},
		Told: []ewgwatch.Told{{Subscription: "desk", Claim: claim}, {Subscription: "desk too", Claim: claim}}})
	settled(t, s, received("sent"), ewgwatch.Settled{Alert: "dead", Dead: true})
	for _, known := range []bool{true, false} {
		if was, err := s.RemoveSubscription("desk"); was != known || err != nil {
			t.Errorf("known %v, %v", was, err)
		}
	}
	var left []string
	for _, a := range list(t, s.Alerts(t.Context(), "")) {
		left = append(left, a.ID)
	}
	if diff := cmp.Diff([]string{"of another", "sent"}, left); diff != "" {
		t.Error(diff)
	}
	if len(list(t, s.Told(t.Context(), "desk"))) != 0 || len(list(t, s.Told(t.Context(), "desk too"))) != 1 {
		t.Error("what was told is not removed, or too much of it")
	}
	settled(t, s, received("owed")) // it was on its way
	if n := len(list(t, s.Receipts(t.Context(), noon))); n != 2 {
		t.Errorf("%d receipts", n)
	}
	sound(t, s)
}

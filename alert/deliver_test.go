package alert_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert"
)

func bangkok(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Bangkok")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestAStoryOnTwentySitesIsOneAlertForEachSubscriberAndChannel(t *testing.T) {
	feed := ewgwatch.Channel{Kind: ewgwatch.FeedChannel, To: "alerts"}
	w := newWorld()
	book := bookOf(desk(func(s *ewgwatch.Subscription) { s.Steps = []int{2, 3, 5} }),
		desk(func(s *ewgwatch.Subscription) { s.Name, s.Channels = "two ways", append(s.Channels, feed) }))
	for i := range 20 {
		w.find(with(laosAttended(fmt.Sprintf("f_%02d", i), fmt.Sprintf("site%d.test", i)), func(f *ewgwatch.Finding) { f.Wire = "agency" }))
	}
	plan := w.night(book)
	if len(plan.Alerts) != 3 || len(plan.Told) != 2 {
		t.Fatalf("%d alerts and %d told, want 3 and 2", len(plan.Alerts), len(plan.Told))
	}
	ids := map[string]bool{}
	for _, a := range plan.Alerts {
		ids[a.ID] = true
		if !regexp.MustCompile(`^a_[0-9a-f]{32}$`).MatchString(a.ID) || a.Notices[0].Voices != 1 || a.Lang != "en" || a.State != ewgwatch.Owed {
			t.Errorf("have %+v", a)
		}
	}
	if len(ids) != 3 {
		t.Error("two channels have alerts of one ID")
	}
}

func TestOneIDIsForOneTelling(t *testing.T) {
	w, book := newWorld(), bookOf(desk())
	w.find(laosAttended("f_1", "a.test"))
	first := only(t, w.night(book))
	w.now = day(2) // a clock that stands still
	for range 3 {
		w.withdraw("f_1")
		w.night(book)
		w.now = day(2)
		w.bringBack("f_1")
		if a := only(t, w.night(book)); a.Thread != first.ID {
			t.Errorf("returned in thread %s, want %s", a.Thread, first.ID)
		}
		w.now = day(2)
	}
	if len(w.order) != 7 {
		t.Errorf("%d IDs for 7 tellings", len(w.order))
	}
}

func TestWhatIsToldAgainAfterAllWasForgottenHasTheSameID(t *testing.T) {
	w, book := newWorld(), bookOf(desk())
	w.find(laosAttended("f_1", "a.test"))
	changes := w.changes
	first := only(t, w.night(book))
	clear(w.told)
	w.changes = changes
	if again := only(t, w.night(book)); again.ID != first.ID {
		t.Errorf("ID %s, want %s", again.ID, first.ID)
	}
}

func TestNewsOfANightShareMessagesAsASubscriberLikes(t *testing.T) {
	for grouping, want := range map[ewgwatch.Grouping]int{ewgwatch.ByClaim: 4, ewgwatch.ByEvent: 2, ewgwatch.ByState: 3, ewgwatch.ByNight: 1} {
		w, book := newWorld(), bookOf(desk(func(s *ewgwatch.Subscription) { s.Grouping = grouping }))
		for i, c := range []struct {
			state ewgwatch.State
			event string
		}{{ewgwatch.Laos, drill}, {ewgwatch.Laos, meeting}, {ewgwatch.Myanmar, drill}, {ewgwatch.Japan, drill}} {
			w.find(with(laosAttended(fmt.Sprintf("f_%d", i), "a.test"), func(f *ewgwatch.Finding) { f.State, f.Event.ID = c.state, c.event }))
		}
		plan := w.night(book)
		if len(plan.Alerts) != want || len(notices(plan)) != 4 || len(plan.Told) != 4 {
			t.Errorf("by %q: %d alerts with %d notices, want %d with 4", grouping, len(plan.Alerts), len(notices(plan)), want)
		}
		for _, a := range plan.Alerts {
			if a.Class != ewgwatch.NewClaim || a.Thread != a.ID {
				t.Errorf("by %q: class %s, thread %s of %s", grouping, a.Class, a.Thread, a.ID)
			}
		}
	}
}

func TestTooManyNewsAtOnceAreOneMessage(t *testing.T) {
	for news, want := range map[int]int{alert.Most: alert.Most, alert.Most + 1: 1} {
		w, book := newWorld(), bookOf(desk())
		for i := range news {
			w.find(with(laosAttended(fmt.Sprintf("f_%d", i), "a.test"), func(f *ewgwatch.Finding) { f.Event.ID = fmt.Sprintf("event-%d", i) }))
		}
		plan := w.night(book)
		if len(plan.Alerts) != want || len(notices(plan)) != news {
			t.Errorf("%d news are %d alerts with %d notices, want %d", news, len(plan.Alerts), len(notices(plan)), want)
		}
	}
}

func TestADigestGathersUntilItIsDue(t *testing.T) {
	zone := bangkok(t)
	daily := func(s *ewgwatch.Subscription) {
		s.Rhythm = ewgwatch.Rhythm{Every: ewgwatch.Daily, At: 7 * time.Hour, Zone: zone}
	}
	w, book := newWorld(), bookOf(desk(daily))
	w.now = time.Date(2026, 3, 2, 10, 0, 0, 0, zone)
	w.find(laosAttended("f_1", "a.test"))
	first := only(t, w.night(book))
	if want := time.Date(2026, 3, 3, 7, 0, 0, 0, zone); !first.DueAt.Equal(want) || first.Class != ewgwatch.Digest {
		t.Errorf("a %s due %s, want a digest due %s", first.Class, first.DueAt, want)
	}
	w.now = time.Date(2026, 3, 3, 6, 59, 0, 0, zone)
	w.withdraw("f_1")
	second := only(t, w.night(book))
	if second.ID != first.ID || second.Notices[0].Before != first.ID {
		t.Errorf("the digest of the same morning is %s, want %s", second.ID, first.ID)
	}
	w.now = time.Date(2026, 3, 3, 7, 0, 0, 0, zone)
	w.bringBack("f_1")
	if third := only(t, w.night(book)); third.ID == first.ID || third.Thread != third.ID || !third.DueAt.Equal(time.Date(2026, 3, 4, 7, 0, 0, 0, zone)) {
		t.Errorf("at the hour itself it is the digest of %s", third.DueAt)
	}
}

func TestWhatIsDueInQuietHoursWaitsForTheirEnd(t *testing.T) {
	zone := bangkok(t)
	quiet := func(s *ewgwatch.Subscription) {
		s.Quiet = ewgwatch.QuietHours{From: 22 * time.Hour, To: 7 * time.Hour, Zone: zone}
	}
	w, book := newWorld(), bookOf(desk(quiet))
	w.now = time.Date(2026, 3, 2, 23, 30, 0, 0, zone)
	w.find(laosAttended("f_1", "a.test"))
	if a, want := only(t, w.night(book)), time.Date(2026, 3, 3, 7, 0, 0, 0, zone); !a.DueAt.Equal(want) {
		t.Errorf("due %s, want %s", a.DueAt, want)
	}
}

func TestAPlanDealsWithEveryChangeItWasGiven(t *testing.T) {
	w := newWorld()
	w.find(laosAttended("f_1", "a.test"))
	w.find(laosAttended("f_2", "b.test"))
	w.change(ewgwatch.Change{Kind: ewgwatch.FindingFound, Finding: "f_that_is_gone"})
	if plan := bookOf().Plan(w.facts()); plan.Upto != 3 || len(plan.Alerts) > 0 {
		t.Errorf("have %+v", plan)
	}
}

func TestNothingIsDecidedOfNoFacts(t *testing.T) {
	if plan := bookOf(desk()).Plan(alert.Facts{Now: day(1), Changes: []ewgwatch.Change{{Number: 1, Kind: ewgwatch.FindingFound, Finding: "f_1"}}}); len(plan.Alerts) > 0 || plan.Upto != 1 {
		t.Errorf("have %+v", plan)
	}
}

func TestAnOutageEndsWithOneDigest(t *testing.T) {
	mail, hook := desk().Channels[0], ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: "https://b.test"}
	now := day(10)
	owed := func(id string, channel ewgwatch.Channel, due time.Time) ewgwatch.Alert {
		return ewgwatch.Alert{
			ID: id, Subscription: "desk", Channel: channel, Class: ewgwatch.NewClaim, State: ewgwatch.Owed, MadeAt: due, DueAt: due,
			Notices: []ewgwatch.Notice{{Why: id}},
		}
	}
	var all []ewgwatch.Alert
	for i := range 5 {
		all = append(all, owed(fmt.Sprintf("a_%d", i), mail, now.Add(-time.Duration(10-i)*time.Hour)))
	}
	all[4].DueAt, all[4].Attempts, all[4].LastError = now.Add(time.Minute), 3, "refused"
	busy, test, young, sent := owed("a_busy", mail, day(9)), owed("a_test", mail, day(9)), owed("a_young", mail, now.Add(-time.Hour)), owed("a_sent", mail, day(9))
	busy.LeasedUntil, test.Class, sent.State = now.Add(time.Hour), ewgwatch.TestMessage, ewgwatch.Sent
	killed, unsure := owed("a_killed", mail, day(9)), owed("a_unsure", mail, day(9)) // their receiver may have them, and would not know them again in a digest
	killed.LeasedUntil, unsure.Unsure, unsure.Attempts = now.Add(-time.Hour), true, 3
	all = append([]ewgwatch.Alert{killed, unsure, busy, test, young, sent, owed("h_1", hook, day(9)), owed("h_2", hook, day(9)), owed("h_3", hook, day(9)), all[4]}, all[:4]...)
	plan := alert.CatchUp(all, now)
	want := []string{"a_0", "a_1", "a_2", "a_3", "a_4"}
	if diff := cmp.Diff(want, plan.Replaces); diff != "" {
		t.Error(diff)
	}
	a := only(t, plan)
	var told []string
	for _, n := range a.Notices {
		told = append(told, n.Why)
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
	if a.Class != ewgwatch.Digest || a.Channel != mail || !a.DueAt.Equal(now.Add(-10*time.Hour)) || a.Attempts != 3 || a.State != ewgwatch.Owed || a.Thread != a.ID {
		t.Errorf("have %+v", a)
	}
	if again := alert.CatchUp(all, now.Add(time.Minute)); again.Alerts[0].ID != a.ID {
		t.Error("the same alerts are caught up with under another ID")
	}
	if three := alert.CatchUp(all[6:9], now); len(three.Alerts) > 0 {
		t.Error("three are no flood")
	}
}

func TestADigestIsGivenUpNoLaterForWhatItTakesIn(t *testing.T) {
	due := day(1)
	owed := func(id string, due time.Time) ewgwatch.Alert {
		return ewgwatch.Alert{ID: id, Subscription: "desk", Channel: desk().Channels[0], State: ewgwatch.Owed, MadeAt: due, DueAt: due, Attempts: alert.Attempts}
	}
	waiting := []ewgwatch.Alert{owed("a_first", due)}
	for night := range 5 { // a dead channel, and news for it every night
		now := day(2 + night)
		for i := range alert.Flood {
			waiting = append(waiting, owed(fmt.Sprintf("a_%d_%d", night, i), now.Add(-alert.Overdue)))
		}
		waiting = alert.CatchUp(waiting, now).Alerts
		if len(waiting) != 1 || !waiting[0].DueAt.Equal(due) || waiting[0].Attempts != alert.Attempts {
			t.Fatalf("night %d: have %+v, want one digest that is due since %s", night, waiting, due)
		}
	}
}

func TestEveryChannelGoesOnWithTheThreadItBegan(t *testing.T) {
	w := newWorld()
	book := bookOf(desk(func(s *ewgwatch.Subscription) {
		s.Channels = append(s.Channels, ewgwatch.Channel{Kind: ewgwatch.MailChannel, To: "second@example.org"})
	}))
	w.find(laosAttended("f_1", "a.test"))
	first := w.night(book).Alerts
	w.reject("f_1", "another exercise")
	second := w.night(book).Alerts
	if len(first) != 2 || len(second) != 2 {
		t.Fatalf("%d and %d alerts, want two each", len(first), len(second))
	}
	for i := range first {
		if second[i].Channel != first[i].Channel || second[i].Thread != first[i].Thread {
			t.Errorf("%s: the correction is in thread %s, want %s", second[i].Channel, second[i].Thread, first[i].Thread)
		}
	}
}

func TestASubscriptionThatIsMadeAnewIsToldUnderNewIDs(t *testing.T) {
	w := newWorld()
	w.find(laosAttended("f_1", "a.test"))
	first := only(t, w.night(bookOf(desk())))
	delete(w.told, "desk") // it is removed, and made again under its name
	book := bookOf(desk(func(s *ewgwatch.Subscription) { s.Since = w.now }))
	w.withdraw("f_1")
	w.night(book)
	w.find(laosAttended("f_2", "b.test"))
	if second := only(t, w.night(book)); second.ID == first.ID {
		t.Error("what is news to it has the ID of an alert that was sent before it was there: nobody sends it again")
	}
}

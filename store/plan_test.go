package store_test

import (
	"errors"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/store"
)

func TestADigestGoesOnWithTheAttemptsOfWhatItReplaces(t *testing.T) {
	s := open(t, store.Options{})
	one := message("a_1", post)
	digest := message("d_1", post)
	digest.Class, digest.Attempts, digest.LastError = ewgwatch.Digest, 7, "503"
	for _, plan := range []ewgwatch.Plan{{Alerts: []ewgwatch.Alert{one}}, {Alerts: []ewgwatch.Alert{digest}, Replaces: []string{"a_1"}}} {
		if err := s.PutPlan(plan); err != nil {
			t.Fatal(err)
		}
	}
	if a, _, err := s.Alert("d_1"); err != nil || a.Attempts != 7 || a.LastError != "503" {
		t.Errorf("%d attempts, last error %q, %v: want 7 and 503", a.Attempts, a.LastError, err)
	}
	leased, err := s.LeaseAlerts(noon, noon.Add(time.Minute), 1, nil)
	if err != nil || len(leased) != 1 || leased[0].Attempts != 8 {
		t.Errorf("leased %d, %v: want one, for its eighth attempt", len(leased), err)
	}
}

func TestAPlanIsOvertakenByWhoSendsWhatItReplaces(t *testing.T) {
	digest := message("digest", post)
	digest.Class = ewgwatch.Digest
	for name, meanwhile := range map[string]func(*store.Store){
		"leased": func(*store.Store) {},
		"sent":   func(s *store.Store) { settled(t, s, received("a_2")) },
		"dead":   func(s *store.Store) { settled(t, s, ewgwatch.Settled{Alert: "a_2", Dead: true, Why: "550"}) },
		"unsure": func(s *store.Store) { settled(t, s, ewgwatch.Settled{Alert: "a_2", Unsure: true, Why: "no answer"}) },
	} {
		now := noon
		s := clockwork(t, &now)
		plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("a_1", hook), message("a_2", post)}})
		lent(t, s, noon, 9, func(a ewgwatch.Alert) bool { return a.ID == "a_2" })
		meanwhile(s)
		err := s.PutPlan(ewgwatch.Plan{Alerts: []ewgwatch.Alert{digest}, Replaces: []string{"a_1", "a_2"}, Marks: []string{"m"}})
		marked, err2 := s.Marked("m")
		if !errors.Is(err, store.ErrOvertaken) || err2 != nil || marked || stateOf(t, s, "digest") != "" || stateOf(t, s, "a_1") != ewgwatch.Owed {
			t.Errorf("%s: %v, marked %v, digest %q, a_1 %q", name, err, marked, stateOf(t, s, "digest"), stateOf(t, s, "a_1"))
		}
		sound(t, s)
	}
}

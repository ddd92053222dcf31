package store_test

import (
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

package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func TestWhoComesAfterAKillNeedNotWaitForItsLeases(t *testing.T) {
	now := noon
	s := clockwork(t, &now)
	later := message("later", hook)
	later.DueAt = noon.Add(time.Hour)
	plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("a", post), message("b", hook), later}})
	lent(t, s, noon, 9, nil)
	now = noon.Add(time.Second)
	plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("c", post)}})
	for _, want := range []int{2, 0} {
		if freed, err := s.FreeLeases(now); freed != want || err != nil {
			t.Errorf("freed %d, want %d; %v", freed, want, err)
		}
	}
	a, _, err := s.Alert("a")
	if err != nil || a.Attempts != 1 || a.Unsure {
		t.Errorf("%v; freed %+v, want it tried once", err, a)
	}
	if diff := cmp.Diff([]string{"c", "b", "a"}, lent(t, s, now, 9, nil)); diff != "" {
		t.Errorf("given out (-want +have):\n%s", diff)
	}
	if a, _, err = s.Alert("a"); err != nil || a.Attempts != 2 || !a.Unsure {
		t.Errorf("%v; leased again %+v, want it to be told that its receiver may have it", err, a)
	}
	sound(t, s)
}

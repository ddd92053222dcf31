package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

func TestWhoComesAfterAKillNeedNotWaitForItsLeases(t *testing.T) {
	now, path := noon, filepath.Join(t.TempDir(), "findings.db")
	commits := 0
	options := store.Options{Now: func() time.Time { return now }, BeforeCommit: func() error { commits++; return nil }}
	s := openAt(t, path, options)
	later := message("later", hook)
	later.DueAt = noon.Add(time.Hour)
	plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("a", post), message("b", hook), later}})
	lent(t, s, noon, 9, nil)
	now = noon.Add(time.Second)
	plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("c", post)}})
	for _, want := range []int{1, 0} {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		commits = 0
		if s = openAt(t, path, options); commits != want {
			t.Errorf("opened with %d commits, want %d", commits, want)
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

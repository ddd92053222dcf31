//go:build unix

package store_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/store"
)

// decide owes an alert for every finding that was found. Its ID is the finding's,
// so that deciding again names the same.
func decide(s *store.Store) error {
	var p ewgwatch.Plan
	for c, err := range s.Changes(context.Background()) {
		if err != nil {
			return err
		}
		if p.Upto = c.Number; c.Kind == ewgwatch.FindingFound {
			p.Alerts = append(p.Alerts, message(c.Finding, modelChannels[len(p.Alerts)%3]))
		}
	}
	return s.PutPlan(p)
}

// send sends what is due by saying it on standard output, and keeps what it may.
func send(s *store.Store, now time.Time) (sent int, err error) {
	leased, err := s.LeaseAlerts(now, now.Add(time.Minute), 7, nil)
	for _, a := range leased {
		fmt.Println("sent", a.ID)
		if err := s.SettleAlerts([]ewgwatch.Settled{received(a.ID)}); err != nil {
			return sent, err
		}
		sent++
	}
	return sent, err
}

// deliver puts stories, decides and sends for ever.
func deliver(path string) error {
	from := 0
	if _, err := fmt.Sscan(os.Getenv(childFrom), &from); err != nil {
		return err
	}
	says := func() error { _, err := fmt.Println("commit"); return err }
	s, err := store.Open(context.Background(), path, store.Options{Changes: true, BeforeCommit: says})
	if err != nil {
		return err
	}
	for ; ; from++ {
		_, err := s.Put(context.Background(), story(from))
		if err == nil {
			err = decide(s)
		}
		if err == nil {
			_, err = send(s, noon.Add(time.Duration(from)*time.Minute))
		}
		if err != nil {
			return err
		}
	}
}

func TestAKilledSenderLosesNoAlertAndRepeatsOnlyByTheSameKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	told := map[string]int{} // how often by each ID
	for round := range 10 {
		c, lines, _ := child(t, "deliver", path, 10*round)
		for left := 3 + 4*round; lines.Scan(); left-- {
			var id string
			if _, err := fmt.Sscanf(lines.Text(), "sent %s", &id); err == nil {
				told[id]++
			}
			if left == 0 {
				if err := c.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = c.Wait() // it was killed; that is its exit status
	}
	s := openAt(t, path, store.Options{Changes: true})
	sound(t, s)
	if err := decide(s); err != nil {
		t.Fatal(err)
	}
	for end, sent := noon.Add(24*time.Hour), 1; sent > 0; {
		leased, err := s.LeaseAlerts(end, end.Add(time.Minute), 100, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range leased {
			told[a.ID]++
			settled(t, s, received(a.ID))
		}
		sent = len(leased)
	}
	found, again := all(t, s, store.Query{}), 0
	for _, f := range found {
		if told[f.ID] == 0 || stateOf(t, s, f.ID) != ewgwatch.Sent {
			t.Errorf("finding %s was told %d times", f.ID, told[f.ID])
		}
		again += max(0, told[f.ID]-1)
		delete(told, f.ID)
	}
	if len(told) > 0 || again > 10*7 || len(found) < 10 {
		t.Errorf("%d findings, %d told again, and of none: %v", len(found), again, told)
	}
}

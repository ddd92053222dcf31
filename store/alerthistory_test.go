package store_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"ewgwatch"
	"ewgwatch/store"
)

// watched has something of every kind that is kept of alerts.
func watched(t testing.TB, path string, options store.Options) *store.Store {
	t.Helper()
	options.Changes = true
	s := openAt(t, path, options)
	put(t, s, reading(page, "text", lao()))
	news(t, s)
	if err := s.PutSubscription(ewgwatch.Subscription{Name: "desk", Channels: []ewgwatch.Channel{post}}); err != nil {
		t.Fatal(err)
	}
	plan(t, s, ewgwatch.Plan{Alerts: []ewgwatch.Alert{message("a", post), message("b", hook)}, Marks: []string{"m"},
		Told: []ewgwatch.Told{{Subscription: "desk", Claim: lao().Claim()}}})
	settled(t, s, received("b"))
	put(t, s, reading(page+"2", "text", lao()))
	return s
}

// heldOf is all that can be asked of alerts.
func heldOf(t testing.TB, s *store.Store) map[string]any {
	t.Helper()
	marked, err := s.Marked("m")
	due, owed, err2 := s.NextAlert(noon)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	return map[string]any{
		"alerts": list(t, s.Alerts(t.Context(), "")), "receipts": list(t, s.Receipts(t.Context(), time.Time{})), "changes": list(t, s.Changes(t.Context())),
		"told": list(t, s.Told(t.Context(), "desk")), "subscriptions": list(t, s.Subscriptions(t.Context())), "marked": marked, "due": due, "owed": owed,
	}
}

func TestARebuiltDatabaseKnowsItsSubscribersAndOwesNothing(t *testing.T) {
	var j journal
	path := filepath.Join(t.TempDir(), "findings.db")
	s := watched(t, path, store.Options{Journal: j.append})
	subscribers := list(t, s.Subscriptions(t.Context()))
	lent(t, s, noon, 1, nil) // the last commit is of no concern to the journal
	held := heldOf(t, s)
	closed(t, s)
	again, done := rebuilt(t, j.whole(), nil)
	if !done.Whole() || done.Passed > 0 {
		t.Errorf("alerts broke the chain: %+v", done)
	}
	want, have := dump(t, path), dump(t, again)
	for row := range want {
		for _, b := range []string{"changes", "told", "alerts", "alerts_due", "alerts_past", "receipts", "marks"} {
			if strings.HasPrefix(row, b+" ") {
				delete(want, row)
			}
		}
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
	fresh := openAt(t, again, store.Options{ReadOnly: true})
	nothing := heldOf(t, fresh)
	if diff := cmp.Diff(subscribers, nothing["subscriptions"]); diff != "" || nothing["owed"].(bool) || len(list(t, fresh.Changes(t.Context()))) > 0 {
		t.Error(diff, nothing)
	}
	beside, done := rebuilt(t, j.whole(), openAt(t, path, store.Options{ReadOnly: true}))
	if diff := cmp.Diff(held, heldOf(t, openAt(t, beside, store.Options{ReadOnly: true})), sameTime); diff != "" || done.Rows != 0 {
		t.Errorf("beside the old one, with %d rows of it: %s", done.Rows, diff)
	}
	if diff := cmp.Diff(dump(t, path), dump(t, beside)); diff != "" {
		t.Error(diff)
	}
}

func TestAJournalThatBeginsLateHoldsNoAlerts(t *testing.T) {
	var j journal
	path := filepath.Join(t.TempDir(), "findings.db")
	closed(t, watched(t, path, store.Options{}))
	closed(t, openAt(t, path, store.Options{Journal: j.append}))
	again, _ := rebuilt(t, j.whole(), nil)
	if left := heldOf(t, openAt(t, again, store.Options{ReadOnly: true})); left["owed"].(bool) || left["marked"].(bool) {
		t.Errorf("%+v", left)
	}
}

func TestReadersSeeAlertsWhileTheDatabaseIsHeld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	s := watched(t, path, store.Options{Answer: true})
	reader := openAt(t, path, store.Options{ReadOnly: true})
	if diff := cmp.Diff(heldOf(t, s), heldOf(t, reader), sameTime); diff != "" {
		t.Error(diff)
	}
	a, known, err := reader.Alert("a")
	if !known || err != nil || a.ID != "a" {
		t.Error(a, known, err)
	}
	if err := reader.PutPlan(ewgwatch.Plan{}); err == nil {
		t.Error("a reader may write")
	}
}

func TestACompactedDatabaseAndABackupOweTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	s := watched(t, path, store.Options{})
	want := heldOf(t, s)
	backup, err := s.Backup(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	if _, _, err := store.Compact(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{path, backup} {
		if diff := cmp.Diff(want, heldOf(t, openAt(t, path, store.Options{ReadOnly: true})), sameTime); diff != "" {
			t.Error(path, diff)
		}
	}
}

func TestCheckFindsAlertsThatDoNotAgree(t *testing.T) {
	for _, c := range []struct {
		bucket string
		change func(name string, b *bolt.Bucket) error
		want   string
	}{
		{"alerts", drop, "alerts_due has 1 keys for 0 alerts"},
		{"alerts", spoil, "unknown version"},
		{"alerts_due", drop, "alert a: not in alerts_due"},
		{"alerts_due", stray, "alerts_due has 2 keys for 1 alerts"},
		{"alerts_past", drop, "alert b: not in alerts_past"},
		{"alerts_past", stray, "alerts_past has 2 keys"},
		{"changes", spoil, "unknown version"},
		{"told", spoil, "unknown version"},
		{"subscriptions", spoil, "unknown version"},
		{"receipts", spoil, "unknown version"},
		{"marks", flip, "marks: the row"},
	} {
		path := filepath.Join(t.TempDir(), "findings.db")
		closed(t, watched(t, path, store.Options{}))
		inside(t, path, func(tx *bolt.Tx) error { return c.change(c.bucket, tx.Bucket([]byte(c.bucket))) })
		s := openAt(t, path, store.Options{ReadOnly: true})
		if err := s.Check(); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q, have %v", c.bucket, c.want, err)
		}
	}
}

package store

import (
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// TestAFileWithoutAlertsGetsRoomForThem holds the migration against a file as the
// last schema without them left it.
func TestAFileWithoutAlertsGetsRoomForThem(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	mustPut(t, s, told("text", "Laos took part."))
	err = s.db.Update(func(tx *bolt.Tx) error {
		for _, b := range append(alertHistory(), subscriptionsBucket) {
			if err := tx.DeleteBucket([]byte(b)); err != nil {
				return err
			}
		}
		return metaBucket.raw(tx).Put([]byte(schemaKey), []byte("9"))
	})
	if err := firstError(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(t.Context(), path, Options{Changes: true}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	mustPut(t, s, told("another text", "Laos came."))
	err = firstError(s.PutSubscription(ewgwatch.Subscription{Name: "desk"}), s.PutPlan(ewgwatch.Plan{Alerts: []ewgwatch.Alert{{ID: "a"}}, Upto: 1}), s.Check())
	if err != nil {
		t.Fatal(err)
	}
	changes := 0
	for _, err := range s.Changes(t.Context()) {
		if changes++; err != nil {
			t.Fatal(err)
		}
	}
	if changes != 1 { // what the file held is no news, one change is dealt with, and the other is that the first quote is gone
		t.Errorf("%d changes wait", changes)
	}
}

package store_test

import (
	"bytes"
	"context"
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

func merging(event, into string) ewgwatch.Amendment {
	return ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: event, Into: into, By: "ada", Why: "one meeting"}
}

func undoing(number int) ewgwatch.Amendment {
	return ewgwatch.Amendment{Kind: ewgwatch.UndoAmend, Undoes: number, By: "ben", Why: "two meetings"}
}

func amended(t testing.TB, s *store.Store) (list []ewgwatch.Amendment) {
	t.Helper()
	for a, err := range s.Amendments(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, a)
	}
	return list
}

func amend(t testing.TB, s *store.Store, a ewgwatch.Amendment) ewgwatch.Amendment {
	t.Helper()
	kept, err := s.PutAmendment(a)
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

func TestAmendmentsAreNumberedAndNoneIsLost(t *testing.T) {
	s := open(t, store.Options{Now: func() time.Time { return noon }}) // a clock that stands still
	want := []ewgwatch.Amendment{merging("ewgct-a", "ewgct-b"), undoing(1), undoing(2)}
	for i := range want {
		kept := amend(t, s, want[i])
		want[i].Number, want[i].At = i+1, noon.Add(time.Duration(i))
		if diff := cmp.Diff(want[i], kept, sameTime); diff != "" {
			t.Error(diff)
		}
	}
	if diff := cmp.Diff(want, amended(t, s), sameTime); diff != "" {
		t.Error(diff)
	}
	sound(t, s)
}

func TestWhatCannotBeAmendedIsNotKept(t *testing.T) {
	s := open(t, store.Options{})
	put(t, s, reading(taleURL, "Laos took part.", lao()))
	amend(t, s, merging("ewgct-a", "ewgct-b"))
	stranger := ewgwatch.Amendment{Kind: ewgwatch.SplitEvent, Event: "ewgct-b", Into: "ewgct-c", Name: "C", By: "ada", Why: "w", Findings: []string{"f_" + strings.Repeat("0", 32)}}
	for want, a := range map[string]ewgwatch.Amendment{
		"ewgct-a is part of ewgct-b by amendment 1": merging("ewgct-b", "ewgct-a"),
		"want the number of an amendment":           undoing(7),
		"want a finding that is kept":               stranger,
	} {
		if _, err := s.PutAmendment(a); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
	known := stranger
	known.Findings = []string{one(t, s).ID}
	amend(t, s, known)
	if n := len(amended(t, s)); n != 2 {
		t.Errorf("%d amendments are kept", n)
	}
	sound(t, s)
}

func TestAReaderCannotAmend(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	if err := openAt(t, path, store.Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	reader := openAt(t, path, store.Options{ReadOnly: true})
	if _, err := reader.PutAmendment(merging("ewgct-a", "ewgct-b")); err == nil {
		t.Error("it may")
	}
}

func TestAmendmentsOutliveTheDatabase(t *testing.T) {
	var j journal
	path := filepath.Join(t.TempDir(), "findings.db")
	s := openAt(t, path, store.Options{Journal: j.append})
	amend(t, s, merging("ewgct-a", "ewgct-b"))
	amend(t, s, undoing(1))
	want := amended(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, _ := rebuilt(t, j.whole(), nil)
	if diff := cmp.Diff(dump(t, path), dump(t, again)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, amended(t, openAt(t, again, store.Options{ReadOnly: true})), sameTime); diff != "" {
		t.Error(diff)
	}
}

func TestReadersHearAmendmentsWhileAnotherWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	owner := openAt(t, path, store.Options{Answer: true})
	amend(t, owner, merging("ewgct-a", "ewgct-b"))
	reader := openAt(t, path, store.Options{ReadOnly: true, Wait: time.Minute})
	if diff := cmp.Diff(amended(t, owner), amended(t, reader), sameTime); diff != "" {
		t.Error(diff)
	}
	amend(t, owner, undoing(1))
	if n := len(amended(t, reader)); n != 2 {
		t.Errorf("the reader hears of %d", n)
	}
}

func TestAMissingAmendmentIsFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	s := openAt(t, path, store.Options{})
	amend(t, s, merging("ewgct-a", "ewgct-b"))
	amend(t, s, undoing(1))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte("amendments"))
		k, _ := b.Cursor().First()
		return b.Delete(bytes.Clone(k))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if err := openAt(t, path, store.Options{ReadOnly: true}).Check(); err == nil || !strings.Contains(err.Error(), "amendment 2: want number 1") {
		t.Errorf("error is %v", err)
	}
}

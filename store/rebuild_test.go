package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"ewgwatch"
	"ewgwatch/store"
)

// journal is an archive that holds nothing but entries.
type journal struct{ entries []ewgwatch.Entry }

func (j *journal) append(entry []byte) error {
	sum := sha256.Sum256(entry)
	j.entries = append(j.entries, ewgwatch.Entry{
		Capture: ewgwatch.Capture{SHA256: hex.EncodeToString(sum[:]), File: "journal", Offset: int64(len(j.entries))},
		Block:   bytes.Clone(entry),
	})
	return nil
}

// whole yields the entries backwards: their order is told by themselves.
func (j *journal) whole() store.Journal { return j.without() }

// without leaves out some entries, as damage to the archive would.
func (j *journal) without(missing ...int) store.Journal {
	return store.Journal{
		Entries: func(yield func(ewgwatch.Entry, error) bool) {
			for i, e := range slices.Backward(j.entries) {
				var err error
				if slices.Contains(missing, i) {
					e, err = ewgwatch.Entry{}, fmt.Errorf("entry %d is damaged", i)
				}
				if !yield(e, err) {
					return
				}
			}
		},
		Block: func(c ewgwatch.Capture) ([]byte, error) { return j.entries[c.Offset].Block, nil },
	}
}

// dump is every row of a database.
func dump(t interface{ Fatal(...any) }, path string) map[string]string {
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	err = db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			rows[string(name)] = "a bucket"
			return b.ForEach(func(k, v []byte) error { rows[fmt.Sprintf("%s %x", name, k)] = string(v); return nil })
		})
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return rows
}

func found(t interface{ Fatal(...any) }, s *store.Store, q store.Query) (list []ewgwatch.Finding) {
	for f, err := range s.Findings(context.Background(), q) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	return list
}

// nights writes a few commits and returns where the database is.
func nights(t *testing.T, j *journal) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "findings.db")
	for night := range 3 {
		s, err := store.Open(t.Context(), path, store.Options{Journal: j.append, Now: func() time.Time { return noon }})
		if err != nil {
			t.Fatal(err)
		}
		id := fmt.Sprint("night ", night)
		if err := s.BeginRun(ewgwatch.Run{ID: id}); err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			text := fmt.Sprint("text ", night)
			put(t, s, reading(fmt.Sprint(page, i), text, said(ewgwatch.Laos, ewgwatch.Attended, text)))
		}
		if err := errors.Join(s.EndRun(ewgwatch.Run{ID: id}), s.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

func rebuilt(t *testing.T, from store.Journal, beside *store.Store) (string, store.Rebuilt) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "again.db")
	done, err := store.Rebuild(t.Context(), path, from, beside)
	if err != nil {
		t.Fatal(err)
	}
	sound(t, openAt(t, path, store.Options{ReadOnly: true}))
	return path, done
}

func TestADatabaseIsRebuiltToTheRow(t *testing.T) {
	var j journal
	path := nights(t, &j)
	again, done := rebuilt(t, j.whole(), nil)
	if diff := cmp.Diff(dump(t, path), dump(t, again)); diff != "" {
		t.Error(diff)
	}
	if !done.Whole() || done.Entries != len(j.entries) || done.Passed != 0 || done.Rows != 0 {
		t.Errorf("%+v", done)
	}
}

func TestACommitThatFailedIsNoPartOfTheRebuilt(t *testing.T) {
	var j journal
	path := filepath.Join(t.TempDir(), "findings.db")
	full := false
	s := openAt(t, path, store.Options{Journal: j.append, BeforeCommit: func() error {
		if full {
			return errors.New("disk full")
		}
		return nil
	}})
	put(t, s, reading(page, "text", lao()))
	full = true
	if _, err := s.Put(t.Context(), reading(page+"lost", "text", lao())); err == nil {
		t.Fatal("no error")
	}
	full = false
	put(t, s, reading(page+"kept", "text", lao()))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, done := rebuilt(t, j.whole(), nil)
	if diff := cmp.Diff(dump(t, path), dump(t, again)); diff != "" {
		t.Error(diff)
	}
	if done.Passed != 1 {
		t.Errorf("%d entries passed over, want the one that failed", done.Passed)
	}
}

func TestALargeCommitIsToldInSeveralEntries(t *testing.T) {
	var j journal
	path := filepath.Join(t.TempDir(), "findings.db")
	s := openAt(t, path, store.Options{Journal: j.append})
	var hosts []ewgwatch.Furniture
	for i := range 30 {
		hosts = append(hosts, ewgwatch.Furniture{Host: fmt.Sprint("h", i), Learnt: []ewgwatch.Learnt{{Run: "r", Blocks: make([]uint64, 100_000)}}})
	}
	if err := errors.Join(s.PutFurniture(hosts), s.Close()); err != nil {
		t.Fatal(err)
	}
	if len(j.entries) < 4 {
		t.Fatalf("%d entries", len(j.entries))
	}
	again, _ := rebuilt(t, j.whole(), nil)
	if diff := cmp.Diff(dump(t, path), dump(t, again)); diff != "" {
		t.Error("the rebuilt differs")
	}
	j.entries = j.entries[:len(j.entries)-1] // killed before the last part
	if _, done := rebuilt(t, j.whole(), nil); done.Entries != 1 || done.Passed != len(j.entries)-1 {
		t.Errorf("a commit told in part was applied: %+v", done)
	}
}

func TestWhatTheJournalLostIsTakenFromTheDatabaseBesideIt(t *testing.T) {
	var j journal
	path := nights(t, &j)
	whole := openAt(t, path, store.Options{ReadOnly: true})
	want := found(t, whole, store.Query{})
	for missing := range j.entries {
		done, err := store.Rebuild(t.Context(), filepath.Join(t.TempDir(), "in part.db"), j.without(missing), nil)
		if err != nil || done.Whole() || len(done.Damaged) != 1 || !strings.Contains(done.Damaged[0].Error(), fmt.Sprintf("entry %d is damaged", missing)) {
			t.Errorf("without entry %d: %+v, %v", missing, done, err)
		}
		again, _ := rebuilt(t, j.without(missing), whole)
		got := found(t, openAt(t, again, store.Options{ReadOnly: true}), store.Query{})
		if diff := cmp.Diff(want, got, cmp.Options{asRead, cmp.FilterPath(status, cmp.Ignore())}); diff != "" {
			t.Errorf("without entry %d: %s", missing, diff)
		}
	}
}

func status(p cmp.Path) bool { return p.Last().String() == ".Status" }

func TestARestoredBackupGoesOnInAChainOfItsOwn(t *testing.T) {
	var j journal
	path := nights(t, &j)
	backup, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path, store.Options{Journal: j.append, Now: func() time.Time { return noon.Add(time.Hour) }})
	put(t, s, reading(page+"undone", "text", lao()))
	put(t, s, reading(page+"undone too", "text", lao()))
	if err := errors.Join(s.Close(), os.WriteFile(path, backup, 0o600)); err != nil {
		t.Fatal(err)
	}
	s = openAt(t, path, store.Options{Journal: j.append, Now: func() time.Time { return noon.Add(2 * time.Hour) }})
	put(t, s, reading(page+"after", "text", lao()))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, done := rebuilt(t, j.whole(), nil)
	if diff := cmp.Diff(dump(t, path), dump(t, again)); diff != "" || done.Passed != 2 || !done.Whole() {
		t.Errorf("%+v %s", done, diff)
	}
}

func TestAWriterWithoutAJournalEndsTheChain(t *testing.T) {
	var j journal
	path := nights(t, &j)
	s := openAt(t, path, store.Options{})
	put(t, s, reading(page+"untold", "text", lao()))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := len(j.entries)
	s = openAt(t, path, store.Options{Journal: j.append})
	if err := s.Close(); err != nil || len(j.entries) != before+1 {
		t.Fatalf("%d entries more, %v", len(j.entries)-before, err)
	}
	again, _ := rebuilt(t, j.whole(), nil)
	if diff := cmp.Diff(dump(t, path), dump(t, again)); diff != "" {
		t.Error(diff)
	}
}

func TestNothingIsRebuiltFromNothingNorOverAFile(t *testing.T) {
	var empty, j journal
	path := filepath.Join(t.TempDir(), "findings.db")
	if _, err := store.Rebuild(t.Context(), path, empty.whole(), nil); !errors.Is(err, store.ErrNoJournal) {
		t.Errorf("from nothing: %v", err)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Error("a file was left")
	}
	there := nights(t, &j)
	before := dump(t, there)
	if _, err := store.Rebuild(t.Context(), there, j.whole(), nil); !os.IsExist(err) {
		t.Errorf("over a file: %v", err)
	}
	if diff := cmp.Diff(before, dump(t, there)); diff != "" {
		t.Error("the file that was there has changed")
	}
	garbage := store.Journal{
		Entries: func(yield func(ewgwatch.Entry, error) bool) { yield(ewgwatch.Entry{Block: []byte("no entry")}, nil) },
	}
	if _, err := store.Rebuild(t.Context(), path, garbage, nil); !errors.Is(err, store.ErrNoJournal) {
		t.Errorf("from garbage: %v", err)
	}
}

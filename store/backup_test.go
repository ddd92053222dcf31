package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch/store"
)

// nightly returns a clock that goes on by a day at every asking.
func nightly() func() time.Time {
	at := noon
	return func() time.Time { at = at.AddDate(0, 0, 1); return at }
}

func TestOldBackupsGoAndNothingElse(t *testing.T) {
	path := filled(t, 3)
	s := openAt(t, path, store.Options{Now: nightly()})
	foreign := filepath.Join(filepath.Dir(path), "backups", "findings-of-mine.db")
	var made []string
	for range 4 {
		backup, err := s.Backup(t.Context(), 2)
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, backup)
		if err := os.WriteFile(foreign, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, b := range store.Backups(path) {
		left = append(left, b.Path)
		if diff := cmp.Diff(dump(t, path), dump(t, b.Path)); diff != "" {
			t.Errorf("%s: %s", b.Path, diff)
		}
	}
	if diff := cmp.Diff(made[2:], left); diff != "" {
		t.Error(diff)
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
}

func TestADamagedDatabaseIsNotBackedUp(t *testing.T) {
	path := filled(t, 3)
	content := trimmed(t, path)
	content[bytes.Index(content, []byte("took part"))]++
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	s := openAt(t, path, store.Options{ReadOnly: true})
	if backup, err := s.Backup(t.Context(), 2); !errors.Is(err, store.ErrDamaged) || len(store.Backups(path)) != 0 {
		t.Errorf("%q, %v", backup, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), "backups", "*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTheHolderMakesTheBackup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	writer := answering(t, path)
	reader := openAt(t, path, store.Options{ReadOnly: true})
	backup, err := reader.Backup(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(dump(t, path), dump(t, backup)); diff != "" {
		t.Error(diff)
	}
}

func TestRestoreKeepsWhatWasThere(t *testing.T) {
	path := filled(t, 3)
	s := openAt(t, path, store.Options{})
	backup, err := s.Backup(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	want := dump(t, backup)
	put(t, s, reading("https://tribune.test/later", "text", lao()))
	if _, err := store.Restore(t.Context(), path, backup, noon); !errors.Is(err, store.ErrHeld) {
		t.Errorf("while it is open: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	later := dump(t, path)
	aside, err := store.Restore(t.Context(), path, backup, noon)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, dump(t, path)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(later, dump(t, aside)); diff != "" {
		t.Error(diff)
	}
	if err := os.WriteFile(backup, []byte("no database"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(t.Context(), path, backup, noon); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("from a damaged backup: %v", err)
	}
	if diff := cmp.Diff(want, dump(t, path)); diff != "" {
		t.Error(diff)
	}
}

func TestADamagedDatabaseIsRestored(t *testing.T) {
	path := filled(t, 3)
	s := openAt(t, path, store.Options{})
	backup, err := s.Backup(t.Context(), 1)
	if err := errors.Join(err, s.Close(), os.WriteFile(path, []byte("no database at all"), 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Restore(t.Context(), path, backup, noon); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(dump(t, backup), dump(t, path)); diff != "" {
		t.Error(diff)
	}
}

func TestCompactGivesFreeSpaceBackAndNoRow(t *testing.T) {
	path := filled(t, 100)
	want := dump(t, path)
	if err := os.WriteFile(path+".compacting", []byte("left by a kill"), 0o600); err != nil {
		t.Fatal(err)
	}
	before, after, err := store.Compact(t.Context(), path)
	if err != nil || after >= before {
		t.Errorf("%d bytes, before %d, %v", after, before, err)
	}
	if diff := cmp.Diff(want, dump(t, path)); diff != "" {
		t.Error(diff)
	}
	s := openAt(t, path, store.Options{})
	if _, _, err := store.Compact(t.Context(), path); !errors.Is(err, store.ErrHeld) {
		t.Errorf("while it is open: %v", err)
	}
	sound(t, s)
}

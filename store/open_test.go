package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch/store"
)

func TestFolderAndFilesAreTheirOwnersOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits there")
	}
	path := filepath.Join(t.TempDir(), "deep", "data", "findings.db")
	s := openAt(t, path, store.Options{})
	for name, want := range map[string]os.FileMode{
		filepath.Dir(path): 0o700, filepath.Dir(filepath.Dir(path)): 0o700, path: 0o600, path + ".owner": 0o600,
	} {
		at, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := at.Mode().Perm(); got != want {
			t.Errorf("%s: %o, want %o", name, got, want)
		}
	}
	closed(t, s)
	if _, err := os.Stat(path + ".owner"); err == nil {
		t.Error("the owner file is still there")
	}
}

func TestASecondProcessIsToldWhoHoldsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	s := openAt(t, path, store.Options{})
	for _, readOnly := range []bool{false, true} {
		_, err := store.Open(t.Context(), path, store.Options{Wait: time.Millisecond, ReadOnly: readOnly})
		want := fmt.Sprintf("open %s: another ewgwatch (pid %d) holds it; waited 1ms", path, os.Getpid())
		if !errors.Is(err, store.ErrHeld) || err.Error() != want {
			t.Errorf("read-only %v: have %v\nwant %s", readOnly, err, want)
		}
	}
	closed(t, s)
	openAt(t, path, store.Options{Wait: time.Millisecond})
}

func TestReadersShareAndKeepAWriterOut(t *testing.T) {
	path := filled(t, 1)
	readers := []*store.Store{openAt(t, path, store.Options{ReadOnly: true}), openAt(t, path, store.Options{ReadOnly: true})}
	for _, r := range readers {
		if found := all(t, r, store.Query{}); len(found) != 1 {
			t.Errorf("have %d findings", len(found))
		}
	}
	// A killed process left this; a reader is no owner, so nobody is named.
	if err := os.WriteFile(path+".owner", []byte("999999999\n2023-08-25T12:00:00Z\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := store.Open(t.Context(), path, store.Options{Wait: time.Millisecond})
	if !errors.Is(err, store.ErrHeld) || !strings.HasSuffix(err.Error(), "another process holds it; waited 1ms") {
		t.Errorf("error is %v", err)
	}
	for _, r := range readers {
		closed(t, r)
	}
	openAt(t, path, store.Options{Wait: time.Millisecond})
	if text, err := os.ReadFile(path + ".owner"); err != nil || !strings.HasPrefix(string(text), fmt.Sprint(os.Getpid(), "\n")) {
		t.Errorf("owner file %q, %v", text, err)
	}
}

func TestTheEndOfAContextEndsTheWait(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	openAt(t, path, store.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := store.Open(ctx, path, store.Options{Wait: time.Hour})
	if !errors.Is(err, context.Canceled) || errors.Is(err, store.ErrHeld) {
		t.Errorf("error is %v", err)
	}
}

func TestADamagedFileIsNamedAndLeftAsItIs(t *testing.T) {
	path := filled(t, 200)
	whole := trimmed(t, path)
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	inside(t, foreign, func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("somebody's")); return err })
	stranger, err := os.ReadFile(foreign)
	if err != nil {
		t.Fatal(err)
	}
	zeroed := bytes.Clone(whole)
	clear(zeroed[2*os.Getpagesize():])
	for name, content := range map[string][]byte{
		"zeros": make([]byte, 32<<10), "text": []byte("<html>"), "garbage": bytes.Repeat([]byte("garbage "), 9000), "cut": whole[:len(whole)/2],
		"cut to its first pages": whole[:2*os.Getpagesize()], "cut to one byte": whole[:1], "no pages left": zeroed, "of another program": stranger,
	} {
		for _, readOnly := range []bool{false, true} {
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := store.Open(t.Context(), path, store.Options{ReadOnly: readOnly, Wait: time.Millisecond})
			if !errors.Is(err, store.ErrDamaged) || !strings.HasPrefix(err.Error(), "open "+path) {
				t.Errorf("%s, read-only %v: error is %v", name, readOnly, err)
			}
			if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, content) {
				t.Errorf("%s, read-only %v: the file was touched; %v", name, readOnly, err)
			}
			if _, err := os.Stat(path + ".owner"); err == nil {
				t.Errorf("%s, read-only %v: an owner file was left", name, readOnly)
			}
		}
	}
	// No lock was left behind: put right, the same file opens.
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	sound(t, openAt(t, path, store.Options{Wait: time.Millisecond}))
}

func TestAReaderMakesNothing(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "none", "findings.db")
	if _, err := store.Open(t.Context(), missing, store.Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), missing) {
		t.Errorf("missing: %v", err)
	}
	if _, err := os.Stat(filepath.Dir(missing)); err == nil {
		t.Error("the folder was made")
	}
	empty := filepath.Join(dir, "findings.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), empty, store.Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("empty: %v", err)
	}
	if at, err := os.Stat(empty); err != nil || at.Size() != 0 {
		t.Errorf("the empty file was written: %v", err)
	}
}

func TestAFolderThatCannotBeWrittenIsNamed(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(file, "findings.db")
	if _, err := store.Open(t.Context(), path, store.Options{}); err == nil || err.Error() != "open "+path+": not a directory" {
		t.Errorf("a file for a folder: %v", err)
	}
	if _, err := store.Open(t.Context(), dir, store.Options{}); err == nil || !strings.HasPrefix(err.Error(), "open "+dir+": ") || errors.Is(err, store.ErrDamaged) {
		t.Errorf("a folder for a file: %v", err)
	}
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "findings.db")
	if _, err := store.Open(t.Context(), path, store.Options{}); !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), path) {
		t.Errorf("no permission: %v", err)
	}
}

func TestANewerFileIsRefusedAndLeftAsItIs(t *testing.T) {
	path := filled(t, 1)
	inside(t, path, func(tx *bolt.Tx) error { return tx.Bucket([]byte("meta")).Put([]byte("schema"), []byte("99")) })
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{false, true} {
		_, err := store.Open(t.Context(), path, store.Options{ReadOnly: readOnly})
		if !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "schema 99") {
			t.Errorf("read-only %v: %v", readOnly, err)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, before) {
			t.Errorf("read-only %v: the file was touched; %v", readOnly, err)
		}
	}
}

func TestOpeningAFileOfTodayWritesNothing(t *testing.T) {
	path := filled(t, 1)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, openAt(t, path, store.Options{}))
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, before) {
		t.Error("the file was touched", err)
	}
}

// A night waits for who only reads: an export ends by itself.
func TestAWriterIsPatientWithReaders(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	made, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	reader, err := store.Open(t.Context(), path, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path, store.Options{Wait: time.Millisecond}); !errors.Is(err, store.ErrHeld) {
		t.Fatalf("without patience: %v", err)
	}
	told := 0
	writer, err := store.Open(t.Context(), path, store.Options{Wait: time.Millisecond, Patience: time.Minute, Waiting: func() {
		told++
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	}})
	if err != nil || told != 1 {
		t.Fatalf("told %d times, %v", told, err)
	}
	if err := writer.Close(); err != nil {
		t.Error(err)
	}
}

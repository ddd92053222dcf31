package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"ewgwatch"
	"ewgwatch/store"
)

// together starts callers that put while a commit is under way, and lets them
// go when all of them wait. It returns what each got and how many commits there were.
func together(t *testing.T, path string, readings []ewgwatch.Reading) (errs []error, commits int) {
	t.Helper()
	errs = make([]error, len(readings))
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		s, err := store.Open(t.Context(), path, store.Options{BeforeCommit: func() error { commits++; <-gate; return nil }})
		if err != nil {
			t.Fatal(err)
		}
		defer closed(t, s)
		var callers sync.WaitGroup
		callers.Go(func() {
			if _, err := s.Put(t.Context(), reading("https://first.test/", "text")); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		for i, r := range readings {
			callers.Go(func() { _, errs[i] = s.Put(t.Context(), r) })
		}
		synctest.Wait()
		close(gate)
		callers.Wait()
	})
	return errs, commits
}

func TestCallersThatWaitTogetherShareACommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	var readings []ewgwatch.Reading
	for i := range 250 {
		var findings []ewgwatch.Finding
		for j := range 10 {
			findings = append(findings, said(ewgwatch.Laos, ewgwatch.Attended, fmt.Sprint("quote ", j)))
		}
		readings = append(readings, reading(fmt.Sprint(page, i), "text", findings...))
	}
	errs, commits := together(t, path, readings)
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	if commits != 3 { // the first, and 2,000 and 500 findings
		t.Errorf("%d commits", commits)
	}
	s := openAt(t, path, store.Options{})
	if found := all(t, s, store.Query{}); len(found) != 2500 {
		t.Errorf("have %d findings", len(found))
	}
	sound(t, s)
}

func TestAReadingThatFailsTakesNoOtherWithIt(t *testing.T) {
	path := filled(t, 1)
	inside(t, path, func(tx *bolt.Tx) error {
		visits := tx.Bucket([]byte("visits"))
		k, _ := visits.Cursor().First()
		return visits.Put(k, store.Sealed("visits", k, []byte("no record")))
	})
	var readings []ewgwatch.Reading
	for i := range 5 { // the first one's record of its visit is damaged
		readings = append(readings, reading(fmt.Sprint("https://tribune.test/", i), "text", lao()))
	}
	s := openAt(t, path, store.Options{})
	_, err := s.Put(t.Context(), readings[0])
	if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), path) {
		t.Errorf("alone: %v", err)
	}
	closed(t, s)

	errs, _ := together(t, path, readings)
	for i, err := range errs {
		if errors.Is(err, store.ErrDamaged) != (i == 0) {
			t.Errorf("caller %d: %v", i, err)
		}
	}
	if found := all(t, openAt(t, path, store.Options{}), store.Query{}); len(found) != 5 {
		t.Errorf("have %d findings", len(found))
	}
}

func TestASingleCallerWaitsForNobody(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	synctest.Test(t, func(t *testing.T) {
		s := openAt(t, path, store.Options{})
		start := time.Now()
		for i := range 10 {
			put(t, s, reading(fmt.Sprint(page, i), "text", lao()))
		}
		if waited := time.Since(start); waited != 0 {
			t.Errorf("waited %s", waited)
		}
	})
}

func TestManyCallersAtOnceAllArrive(t *testing.T) {
	s := open(t, store.Options{})
	const callers, each = 16, 25
	var group sync.WaitGroup
	for c := range callers {
		group.Go(func() {
			for i := range each {
				kept, err := s.Put(context.Background(), reading(fmt.Sprint(page, c, "/", i), "text", lao()))
				if err != nil || kept.Findings != 1 {
					t.Errorf("caller %d: %+v, %v", c, kept, err)
				}
			}
		})
		group.Go(func() {
			for range 3 {
				all(t, s, store.Query{})
			}
		})
	}
	group.Wait()
	if found := all(t, s, store.Query{}); len(found) != callers*each {
		t.Errorf("have %d findings, want %d", len(found), callers*each)
	}
	sound(t, s)
}

func TestEvidenceIsOnDiskBeforeTheFindingThatCitesIt(t *testing.T) {
	var s *store.Store
	var before []int
	s = open(t, store.Options{BeforeCommit: func() error { before = append(before, len(all(t, s, store.Query{}))); return nil }})
	put(t, s, reading(page, "text", lao()))
	put(t, s, reading(page+"b", "text", lao()))
	if diff := cmp.Diff([]int{0, 1}, before); diff != "" {
		t.Error(diff)
	}
}

func TestNothingIsKeptWhenTheEvidenceIsNotOnDisk(t *testing.T) {
	broken := errors.New("no space left on device")
	s := open(t, store.Options{BeforeCommit: func() error { return broken }})
	if _, err := s.Put(t.Context(), reading(page, "text", lao())); !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
	if found := all(t, s, store.Query{}); len(found) != 0 {
		t.Errorf("kept %v", found)
	}
}

func TestPutSaysWhenItCannot(t *testing.T) {
	path := filled(t, 1)
	s := openAt(t, path, store.Options{})
	closed(t, s)
	if _, err := s.Put(t.Context(), reading(page, "text")); err == nil || !strings.Contains(err.Error(), "closed") {
		t.Errorf("after Close: %v", err)
	}
	reader := openAt(t, path, store.Options{ReadOnly: true})
	for what, err := range map[string]error{
		"put": second(reader.Put(t.Context(), reading(page, "text"))), "run": reader.PutRun(ewgwatch.Run{ID: "r"}),
	} {
		if err == nil || !strings.Contains(err.Error(), "reading only") {
			t.Errorf("%s in a reader: %v", what, err)
		}
	}
	closed(t, reader)
	synctest.Test(t, func(t *testing.T) {
		gate := make(chan struct{})
		s := openAt(t, path, store.Options{BeforeCommit: func() error { <-gate; return nil }})
		go func() {
			if _, err := s.Put(context.Background(), reading(page, "text")); err != nil {
				t.Error(err)
			}
		}()
		synctest.Wait()
		done, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Put(done, reading(page, "text")); !errors.Is(err, context.Canceled) {
			t.Errorf("after the end of its context: %v", err)
		}
		close(gate)
	})
}

func second[T any](_ T, err error) error { return err }

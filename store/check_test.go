package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	bolt "go.etcd.io/bbolt"

	"ewgwatch/store"
)

// drop, flip and spoil are ways to break a bucket at its first key. The last is
// what a mistake of the program would leave.
func drop(_ string, b *bolt.Bucket) error {
	k, _ := b.Cursor().First()
	return b.Delete(k)
}

func flip(_ string, b *bolt.Bucket) error {
	k, v := b.Cursor().First()
	v = bytes.Clone(v)
	v[len(v)/2] ^= 0x10
	return b.Put(k, v)
}

func spoil(name string, b *bolt.Bucket) error {
	k, _ := b.Cursor().First()
	return b.Put(k, store.Sealed(name, k, []byte("no record")))
}

func unlist(name string, b *bolt.Bucket) error {
	k, v := b.Cursor().First()
	return b.Put(k, store.Sealed(name, k, v[:4]))
}

func stray(name string, b *bolt.Bucket) error {
	k := bytes.Repeat([]byte("k"), 24)
	return b.Put(k, store.Sealed(name, k, []byte{1}))
}

func TestCheckFindsWhatDoesNotAgree(t *testing.T) {
	for _, c := range []struct {
		bucket string
		change func(name string, b *bolt.Bucket) error
		want   string
	}{
		{"findings", drop, "finding_ids has 2 keys for 1 findings"},
		{"findings", spoil, "unknown version"},
		{"findings", stray, "is kept as 6b6b"},
		{"finding_ids", drop, "not in finding_ids"},
		{"finding_ids", spoil, "not in finding_ids"},
		{"articles", unlist, "does not list it"},
		{"visits", drop, "visits_by_source points to no visit"},
		{"visits", spoil, "unknown version"},
		{"visits_by_source", drop, "not in visits_by_source"},
		{"visits_by_source", stray, "visits_by_source points to no visit"},
		{"articles", drop, "is not kept"},
		{"articles", spoil, "its row is"},
		{"revisions", drop, "revision 1 of"},
		{"revisions", stray, "revisions has"},
		{"events", drop, "its event"},
		{"events", spoil, "unknown version"},
		{"sources", drop, "its source"},
		{"sources", spoil, "unknown version"},
		{"runs", stray, "is kept as"},
		{"findings", flip, "is not what was written"},
		{"visits_by_source", flip, "visits_by_source: the row 74726962756e652e74657374"},
		{"revisions", flip, "is not what was written"},
		{"meta", flip, "meta: the row"},
		{"health", stray, "is kept as"},
	} {
		path := filled(t, 2)
		inside(t, path, func(tx *bolt.Tx) error { return c.change(c.bucket, tx.Bucket([]byte(c.bucket))) })
		s := openAt(t, path, store.Options{ReadOnly: true})
		if err := s.Check(); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: want %q, have %v", c.bucket, c.want, err)
		}
		closed(t, s)
	}
}

func TestCheckListsTwentyMistakesAndCountsTheRest(t *testing.T) {
	path := filled(t, 50)
	inside(t, path, func(tx *bolt.Tx) error {
		return errors.Join(tx.DeleteBucket([]byte("finding_ids")), second(tx.CreateBucket([]byte("finding_ids"))))
	})
	err := openAt(t, path, store.Options{}).Check()
	if err == nil || strings.Count(err.Error(), "\n") != 20 || !strings.HasSuffix(err.Error(), "and 31 more") {
		t.Errorf("error is %v", err)
	}
}

// TestFlippedBytesNeverCrash holds what reads a file against damage anywhere in
// it, whether they see it or not: none may end the process.
func TestFlippedBytesNeverCrash(t *testing.T) {
	whole := trimmed(t, filled(t, 150))
	random := rand.New(rand.NewPCG(7, 7))
	noticed := 0
	for round := range 60 {
		content := bytes.Clone(whole)
		start := random.IntN(len(content))
		for i := range min(64, len(content)-start) {
			content[start+i] ^= byte(1 + random.IntN(255))
		}
		path := filepath.Join(t.TempDir(), "findings.db")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := use(path); err != nil {
			noticed++
			if !strings.Contains(err.Error(), path) {
				t.Errorf("round %d: the error does not name the file: %v", round, err)
			}
		}
	}
	if noticed == 0 {
		t.Error("no damage was noticed")
	}
}

// TestAFlippedBitIsFoundUnlessItIsOfNoRow flips one bit at a time, half of them
// where pages say what they hold. Where a check finds nothing, every row must be
// what it was.
func TestAFlippedBitIsFoundUnlessItIsOfNoRow(t *testing.T) {
	original := filled(t, 150)
	want, whole := dump(t, original), trimmed(t, original)
	random := rand.New(rand.NewPCG(5, 5))
	path, missed := filepath.Join(t.TempDir(), "findings.db"), 0
	for round := range 1000 {
		at := random.IntN(len(whole))
		if round%2 == 0 {
			at = at/os.Getpagesize()*os.Getpagesize() + random.IntN(80)
		}
		content := bytes.Clone(whole)
		content[at] ^= 1 << random.IntN(8)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if checked(path) != nil {
			continue
		}
		missed++
		if diff := cmp.Diff(want, dump(t, path)); diff != "" {
			t.Errorf("the flip of byte %d is not found: %s", at, diff)
		}
	}
	if missed > 800 {
		t.Errorf("%d of 1000 flips are of no row", missed)
	}
}

// checked opens a file for reading and checks it.
func checked(path string) error {
	s, err := store.Open(context.Background(), path, store.Options{ReadOnly: true, Wait: time.Second})
	if err != nil {
		return err
	}
	return errors.Join(s.Check(), s.Close())
}

// use opens, reads, checks and writes, and returns the first error.
func use(path string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, path, store.Options{Wait: time.Second})
	if err != nil {
		return err
	}
	var wrong []error
	for _, err := range s.Findings(ctx, store.Query{}) {
		wrong = append(wrong, err)
	}
	_, err = s.Visits(tribune.ID)
	wrong = append(wrong, err, s.Check())
	for i := range 20 {
		_, err = s.Put(ctx, reading(fmt.Sprint("https://tribune.test/", i*7), "new text", lao()))
		wrong = append(wrong, err)
	}
	return errors.Join(append(wrong, s.Close())...)
}

func TestStatsDescribeEveryBucket(t *testing.T) {
	s := openAt(t, filled(t, 3), store.Options{})
	stats, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"meta": 3, "sources": 1, "events": 1, "visits": 3, "visits_by_source": 3, "articles": 3, "revisions": 3,
		"findings": 3, "finding_ids": 3, "findings_by_state": 3, "history": 0, "runs": 0, "furniture": 0, "hosts": 0, "health": 0, "reviews": 0, "amendments": 0,
		"subscriptions": 0, "changes": 0, "told": 0, "alerts": 0, "alerts_due": 0, "alerts_past": 0, "receipts": 0, "marks": 0}
	for _, b := range stats {
		if keys, ok := want[b.Name]; !ok || keys != b.Keys || b.About == "" || strings.Contains(b.About, "\n") || keys > 0 && b.Bytes == 0 {
			t.Errorf("%+v, want %d keys", b, keys)
		}
		delete(want, b.Name)
	}
	if len(want) > 0 {
		t.Errorf("not described: %v", want)
	}
}

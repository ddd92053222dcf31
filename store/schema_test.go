package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// firstSchema makes a file as schema 1 left it, with keys of seconds.
func firstSchema(t *testing.T, path string, findings int) {
	t.Helper()
	s, err := Open(context.Background(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var list []ewgwatch.Finding
	for i := range findings {
		f := ewgwatch.Finding{URL: "u", State: ewgwatch.Laos, Quote: fmt.Sprint(i), FoundAt: at.Add(-time.Duration(i) * time.Millisecond)}
		list = append(list, f.Identify())
	}
	_, err = s.Put(context.Background(), ewgwatch.Reading{Visit: ewgwatch.Visit{URL: "u", At: at}, Article: &ewgwatch.Article{URL: "u"}, Findings: list})
	if err != nil {
		t.Fatal(err)
	}
	err = s.db.Update(func(tx *bolt.Tx) error {
		old, articles := map[string][]byte{}, &revisions{in: direct{tx}}
		if _, err := articles.at(revisionKey(hashOf("u"), 1)); err != nil { // while it has its checksum
			return err
		}
		if err := unseal(tx); err != nil {
			return err
		}
		if err := findingsBucket.raw(tx).ForEach(func(k, v []byte) error { old[string(k)] = bytes.Clone(v); return nil }); err != nil {
			return err
		}
		index, err := tx.CreateBucket([]byte(indexByArticle))
		if err != nil {
			return err
		}
		for k, v := range old {
			_ = index.Put(append(hashOf("u"), k[8:]...), nil)
			f, err := decodeFinding(v, articles)
			if err != nil {
				return err
			}
			v = encodeFinding(f, nil)
			seconds := binary.BigEndian.AppendUint64(nil, uint64(at.Unix()))
			_ = findingsBucket.raw(tx).Delete([]byte(k))
			_ = findingsBucket.raw(tx).Put(append(bytes.Clone(seconds), k[8:]...), v)
			_ = findingIDsBucket.raw(tx).Put([]byte(k[8:]), seconds)
		}
		revision := bytes.Clone(revisionsBucket.raw(tx).Get(revisionKey(hashOf("u"), 1)))
		if err := articlesBucket.raw(tx).Put(hashOf("u"), revision); err != nil {
			return err
		}
		for _, later := range append(alertHistory(), furnitureBucket, byStateBucket, historyBucket, reviewsBucket, amendmentsBucket, subscriptionsBucket) {
			if err := tx.DeleteBucket([]byte(later)); err != nil {
				return err
			}
		}
		return metaBucket.raw(tx).Put([]byte(schemaKey), []byte("1"))
	})
	if err := firstError(err, s.Close()); err != nil {
		t.Fatal(err)
	}
}

// unseal takes every row's checksum from it.
func unseal(tx *bolt.Tx) error {
	for _, about := range buckets() {
		r := bucket(about.Name).in(tx)
		err := r.ForEach(func(k, v []byte) error { return r.bucket.Put(bytes.Clone(k), bytes.Clone(v)) })
		if err != nil {
			return err
		}
	}
	return metaBucket.raw(tx).Delete([]byte(sumsKey))
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestAnOlderFileIsBroughtForwardByAWriterOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	const many = 100
	firstSchema(t, path, many)
	if _, err := Open(t.Context(), path, Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "schema 1 is old") {
		t.Errorf("reader: %v", err)
	}
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	kept, err := s.Put(t.Context(), ewgwatch.Reading{Visit: ewgwatch.Visit{URL: "u", At: at}, Article: &ewgwatch.Article{URL: "u"}})
	if err != nil || kept.Article != ewgwatch.ArticleSame {
		t.Errorf("the article is %q, %v", kept.Article, err)
	}
	count, last := 0, time.Time{}
	for f, err := range s.Findings(t.Context(), Query{}) {
		if err != nil || f.FoundAt.Before(last) {
			t.Fatal(f.FoundAt, err)
		}
		count, last = count+1, f.FoundAt
	}
	if count != many {
		t.Errorf("have %d findings", count)
	}
	copies, err := filepath.Glob(filepath.Join(filepath.Dir(path), "backups", "schema-1-before-*.db"))
	if err != nil || len(copies) != 1 {
		t.Fatalf("copies of the old file: %v, %v", copies, err)
	}
	if _, err := Open(t.Context(), copies[0], Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "schema 1 is old") {
		t.Errorf("the copy: %v", err)
	}
}

func TestAMigrationThatFailsChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "findings.db")
	firstSchema(t, path, 3)
	damage := func(record []byte) {
		t.Helper()
		db, err := bolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = db.Update(func(tx *bolt.Tx) error {
			k, _ := findingsBucket.raw(tx).Cursor().Last()
			return findingsBucket.raw(tx).Put(k, record)
		})
		if err := firstError(err, db.Close()); err != nil {
			t.Fatal(err)
		}
	}
	damage([]byte("no record"))
	for range 2 { // the second try finds what the first one found
		if _, err := Open(t.Context(), path, Options{}); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("error is %v", err)
		}
	}
	damage(encodeFinding(whole, nil))
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

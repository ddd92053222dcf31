package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"
)

const (
	schemaKey = "schema"
	madeKey   = "made"
)

// migrations bring a file from schema i to schema i+1. The list only grows.
func migrations() []func(*bolt.Tx, time.Time) error {
	return []func(*bolt.Tx, time.Time) error{
		makeBuckets, keyByNanosecond, numberArticles, rememberFurniture, rememberHosts, indexStates, listFindings, sumRows, rememberReviews,
		rememberAmendments, rememberAlerts,
	}
}

// Schema is the version of the file that this program writes.
func Schema() int { return len(migrations()) }

func makeBuckets(tx *bolt.Tx, now time.Time) error {
	for _, b := range buckets() {
		if _, err := tx.CreateBucketIfNotExists([]byte(b.Name)); err != nil {
			return err
		}
	}
	if _, err := tx.CreateBucketIfNotExists([]byte(indexByArticle)); err != nil {
		return err
	}
	return metaBucket.raw(tx).Put([]byte(madeKey), []byte(now.UTC().Format(time.RFC3339)))
}

// keyByNanosecond gives findings the keys of schema 2. Those of schema 1 held
// seconds, so that findings of one second came out in any order.
func keyByNanosecond(tx *bolt.Tx, _ time.Time) error {
	findings, ids := findingsBucket.raw(tx), findingIDsBucket.raw(tx)
	var keys [][]byte
	collect := func(k, _ []byte) error { keys = append(keys, bytes.Clone(k)); return nil }
	if err := findings.ForEach(collect); err != nil {
		return err
	}
	for _, old := range keys {
		record := bytes.Clone(findings.Get(old))
		f, err := decodeFinding(record, nil)
		if err != nil {
			return fmt.Errorf("finding %x: %w", old, err)
		}
		id := old[8:]
		err = errors.Join(findings.Delete(old), findings.Put(findingKey(f.FoundAt, id), record), ids.Put(id, timeKey(f.FoundAt)))
		if err != nil {
			return err
		}
	}
	return nil
}

// numberArticles leaves of an article only the number of its latest revision.
// Before schema 3 it was the whole record once more.
func numberArticles(tx *bolt.Tx, _ time.Time) error {
	articles, latest := articlesBucket.raw(tx), map[string]int{}
	err := articles.ForEach(func(k, v []byte) error {
		r, err := decodeRevision(v)
		if err != nil {
			return fmt.Errorf("article %x: %w", k, err)
		}
		latest[string(k)] = r.Number
		return nil
	})
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(latest)) {
		if err := articles.Put([]byte(key), revisionNumber(latest[key])); err != nil {
			return err
		}
	}
	return nil
}

// rememberFurniture makes room for what schema 3 did not keep.
func rememberFurniture(tx *bolt.Tx, _ time.Time) error {
	_, err := tx.CreateBucketIfNotExists([]byte(furnitureBucket))
	return err
}

// rememberHosts makes room for what hosts asked for and how sources do, which
// schema 4 did not keep.
func rememberHosts(tx *bolt.Tx, _ time.Time) error {
	_, err := tx.CreateBucketIfNotExists([]byte(hostsBucket))
	if err == nil {
		_, err = tx.CreateBucketIfNotExists([]byte(healthBucket))
	}
	return err
}

// prepare holds the file against what this program knows, and brings an older
// one up to it, in one transaction.
func (s *Store) prepare() error {
	have := 0
	err := s.view(func(tx *bolt.Tx) (err error) {
		if err := s.checkLength(tx); err != nil {
			return err
		}
		have, err = schemaOf(tx)
		return err
	})
	known := len(migrations())
	switch {
	case err != nil:
		return err
	case have > known:
		return fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, have, known)
	case have == known:
		return nil
	case s.options.ReadOnly && have == 0:
		return errEmpty // its maker was killed before it had anything
	case s.options.ReadOnly:
		return fmt.Errorf("schema %d is old: open it once for writing, with a crawl, to bring it up to %d", have, known)
	}
	if err := s.keepOld(have, known); err != nil {
		return err
	}
	return s.update(func(tx *bolt.Tx) error {
		for _, step := range migrations()[have:] {
			if err := step(tx, s.options.Now()); err != nil {
				return err
			}
		}
		meta := metaBucket.in(tx)
		return errors.Join(meta.Put([]byte(schemaKey), []byte(strconv.Itoa(known))), meta.Delete([]byte(headKey))) // the journal begins anew
	})
}

// keepOld copies a file before it is brought up to another schema, in case that
// turns out to be a mistake. The copy is never read in the place of the file.
func (s *Store) keepOld(have, known int) error {
	if have == 0 {
		return nil
	}
	name := fmt.Sprintf("schema-%d-before-%d-%s.db", have, known, s.options.Now().UTC().Format(backupTime))
	if err := s.copyTo(context.Background(), filepath.Join(filepath.Dir(s.path), backupDir, name), func(context.Context, string) error { return nil }); err != nil {
		return fmt.Errorf("keep a copy of schema %d: %w", have, err)
	}
	return nil
}

// schemaOf returns 0 for a file without anything in it, and refuses one that
// holds the buckets of somebody else.
func schemaOf(tx *bolt.Tx) (int, error) {
	meta := tx.Bucket([]byte(metaBucket))
	if meta == nil {
		if k, _ := tx.Cursor().First(); k != nil {
			return 0, fmt.Errorf("%w: it is no database of ewgwatch", ErrDamaged)
		}
		return 0, nil
	}
	n, err := strconv.Atoi(string(meta.Get([]byte(schemaKey))))
	if err != nil || n < 1 {
		return 0, fmt.Errorf("%w: schema %q", ErrDamaged, meta.Get([]byte(schemaKey)))
	}
	if n != len(migrations()) {
		return n, nil
	}
	for _, b := range buckets() {
		if tx.Bucket([]byte(b.Name)) == nil {
			return 0, fmt.Errorf("%w: bucket %s is missing", ErrDamaged, b.Name)
		}
	}
	return n, nil
}

package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// stateKey leads from a state to a finding. The day of publication is kept with
// it, so that a month is searched without reading findings.
func stateKey(s ewgwatch.State, finding []byte) []byte { return append(statePrefix(s), finding...) }

func statePrefix(s ewgwatch.State) []byte { return append([]byte(s), 0) }

// dayOf is a date in four bytes: zero where it is not known.
func dayOf(d ewgwatch.Date) []byte {
	return binary.BigEndian.AppendUint32(nil, uint32(d.Year*10000+int(d.Month)*100+d.Day))
}

func dateOf(day []byte) ewgwatch.Date {
	if len(day) != 4 {
		return ewgwatch.Date{}
	}
	n := int(binary.BigEndian.Uint32(day))
	return ewgwatch.Date{Year: n / 10000, Month: time.Month(n / 100 % 100), Day: n % 100}
}

// indexStates makes room for the index by state and for what findings were, which
// schema 5 did not have, and fills the first.
func indexStates(tx *bolt.Tx, _ time.Time) error {
	for _, b := range []bucket{byStateBucket, historyBucket} {
		if _, err := tx.CreateBucketIfNotExists([]byte(b)); err != nil {
			return err
		}
	}
	index := byStateBucket.raw(tx)
	return findingsBucket.raw(tx).ForEach(func(k, v []byte) error {
		f, err := decodeFinding(v, nil)
		if err != nil {
			return fmt.Errorf("finding %x: %w", k, err)
		}
		return index.Put(stateKey(f.State, bytes.Clone(k)), dayOf(f.Published.Date))
	})
}

package store

import (
	"bytes"
	"time"

	bolt "go.etcd.io/bbolt"

	"ewgwatch"
)

// transaction is a bbolt transaction that writes: with a clock for what has no
// time yet, and with what it has changed so far.
type transaction struct {
	*bolt.Tx
	now       func() time.Time
	changes   *changes
	revisions *revisions
	events    map[string]ewgwatch.Event // last given, by ID
	heard     bool                      // somebody is to hear what changes
	again     bool                      // articles are read by other rules: what they say more than before is no news
}

// table is a bucket in a transaction that writes. What is put into it, or taken
// from it, is told to the journal; a write past it would be lost to a rebuild.
type table struct {
	rows
	changes *changes
}

func (t transaction) table(b bucket) table { return table{b.in(t.Tx), t.changes} }

// Put is [bolt.rows.Put].
func (t table) Put(key, value []byte) error {
	if err := t.rows.Put(key, value); err != nil {
		return err
	}
	t.changes.put(t.name, key, value)
	return nil
}

// Delete is [bolt.rows.Delete].
func (t table) Delete(key []byte) error {
	if err := t.rows.Delete(key); err != nil {
		return err
	}
	t.changes.remove(t.name, key)
	return nil
}

// putChanged writes only what differs, so that a night without news hardly
// touches the file.
func (t table) putChanged(key, value []byte) error {
	if bytes.Equal(t.Get(key), value) {
		return nil
	}
	return t.Put(key, value)
}

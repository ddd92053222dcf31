package store

import bolt "go.etcd.io/bbolt"

// look is one short reading of the database: of the file itself, or through the
// process that holds it. What it gives is void after it ends.
type look interface {
	// get returns the value under a key, nil where there is none.
	get(b bucket, key []byte) []byte
	// rows gives each the rows of a bucket from a key on, in the order of keys,
	// until it wants no more.
	rows(b bucket, from []byte, each func(k, v []byte) bool)
	// last returns the last key of a bucket, nil where it is empty.
	last(b bucket) []byte
}

// look reads, in one transaction where the file itself is read. The owner
// answers every question in one of its own: nothing that a row refers to is ever
// deleted, so that it is there when it is asked for.
func (s *Store) look(fn func(l look) error) error {
	if s.owner != nil {
		return s.owner.look(fn)
	}
	return s.view(func(tx *bolt.Tx) error { return fn(direct{tx}) })
}

// direct reads the file.
type direct struct{ tx *bolt.Tx }

func (d direct) get(b bucket, key []byte) []byte { return b.in(d.tx).Get(key) }

func (d direct) rows(b bucket, from []byte, each func(k, v []byte) bool) {
	c := b.in(d.tx).Cursor()
	for k, v := c.Seek(from); k != nil && each(k, v); k, v = c.Next() {
	}
}

func (d direct) last(b bucket) []byte {
	k, _ := b.in(d.tx).Cursor().Last()
	return k
}

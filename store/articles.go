package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"
)

// articleRow is what is kept of an article as such: the number of its latest
// revision and the IDs of all findings that it ever led to. A list costs a
// quarter of an index, and the findings of an article come together.
type articleRow []byte

const numberSize = 4

func (r articleRow) number() int {
	if len(r) < numberSize {
		return 0
	}
	return int(binary.BigEndian.Uint32(r))
}

// ids are the findings', one behind the other.
func (r articleRow) ids() []byte { return r[min(numberSize, len(r)):] }

func (r articleRow) has(id []byte) bool {
	for ids := r.ids(); len(ids) >= hashSize; ids = ids[hashSize:] {
		if bytes.Equal(ids[:hashSize], id) {
			return true
		}
	}
	return false
}

// whole reports whether a row can have been written by us.
func (r articleRow) whole() bool { return r.number() > 0 && len(r.ids())%hashSize == 0 }

// numbered returns the row with another latest revision.
func (r articleRow) numbered(latest int) articleRow {
	return append(revisionNumber(latest), r.ids()...)
}

// listFindings puts the findings of an article into its row. Before, they had an
// index of their own.
func listFindings(tx *bolt.Tx, _ time.Time) error {
	articles, lists := articlesBucket.raw(tx), map[string]articleRow{}
	err := tx.Bucket([]byte(indexByArticle)).ForEach(func(k, _ []byte) error {
		article := k[:hashSize]
		row, ok := lists[string(article)]
		if !ok {
			row = bytes.Clone(articles.Get(article))
		}
		if len(row) < numberSize {
			return fmt.Errorf("%w: article %x is not kept", ErrDamaged, article)
		}
		lists[string(article)] = append(row, k[hashSize:]...)
		return nil
	})
	for article, row := range lists {
		if err == nil {
			err = articles.Put([]byte(article), row)
		}
	}
	if err != nil {
		return err
	}
	return tx.DeleteBucket([]byte(indexByArticle))
}

// indexByArticle is the bucket that articles' rows took the place of: hash of
// canonical URL, ID -> nothing.
const indexByArticle = "findings_by_article"

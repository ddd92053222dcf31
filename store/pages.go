package store

import (
	"fmt"

	bolt "go.etcd.io/bbolt"
)

// walk goes over every page, key and value and fails or panics where one does
// not make sense. It comes before bbolt's own check, which runs in a goroutine
// of its own, where a fault of the memory map would end the process.
func (c *checker) walk(tx *bolt.Tx) error {
	if err := walkPages(tx); err != nil {
		return err
	}
	return tx.ForEach(func(_ []byte, b *bolt.Bucket) error {
		return b.ForEach(func(k, v []byte) error {
			c.touched += touch(k) + touch(v)
			return nil
		})
	})
}

func walkPages(tx *bolt.Tx) error {
	pages := int(tx.Size() / int64(tx.DB().Info().PageSize))
	for id := 0; id < pages; id++ {
		page, err := tx.Page(id)
		switch {
		case err != nil:
			return err
		case page.Type == "free":
			continue
		case page.Type != "meta" && page.Type != "branch" && page.Type != "leaf" && page.Type != "freelist":
			return fmt.Errorf("page %d is of no known type", id)
		case page.OverflowCount >= pages-id:
			return fmt.Errorf("page %d runs over the end", id)
		}
		id += page.OverflowCount
	}
	return nil
}

// touch reads a byte of every page that b lies on.
func touch(b []byte) (sum int) {
	for i := 0; i < len(b); i += 512 {
		sum += int(b[i])
	}
	if len(b) > 0 {
		sum += int(b[len(b)-1])
	}
	return sum
}

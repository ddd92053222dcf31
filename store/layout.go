package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	bolt "go.etcd.io/bbolt"
)

// layout holds the pages of a file against how bbolt writes them. Its own check
// does not look at all of it, and is not safe on a damaged file: a page that says
// it has fewer rows than it has loses them without a word; of two meta pages the
// older is used where the newer is damaged, so that a commit is gone; a page that
// leads back to one above it is walked for ever.
type layout struct {
	file  io.ReaderAt
	size  int // of a page
	pages int // of the file
	seen  map[int]bool
}

// checkLayout returns the first mistake.
func checkLayout(tx *bolt.Tx) error {
	file, err := os.Open(tx.DB().Path())
	if err != nil {
		return err
	}
	defer file.Close()
	size := tx.DB().Info().PageSize
	l := layout{file, size, int(tx.Size()) / size, map[int]bool{}}
	root, err := l.root()
	if err != nil {
		return err
	}
	return l.tree(root)
}

// How bbolt lays out its pages: file format version 2, numbers in the byte order
// of the machine.
const (
	pageHead    = 16 // id (8 bytes), flags (2), count (2), overflow (4)
	elementSize = 16 // leaf: flags, position, key size, value size (4 each); branch: position, key size (4 each), page (8)
	bucketHead  = 16 // root page, sequence (8 each); a page follows where the first is 0
	branchPage  = 0x01
	leafPage    = 0x02
	metaPage    = 0x04
	bucketRow   = 0x01
	metaRoot    = 16 // where a meta page names the root
	metaTx      = 48 // and its transaction
	metaSize    = 56 // what its checksum covers
)

var native = binary.NativeEndian

var errLayout = errors.New("its rows are not laid out as they were written")

// root returns the page of the newest of the two meta pages.
func (l layout) root() (root int, err error) {
	newest := uint64(0)
	for id := range 2 {
		page, err := l.read(id, 0)
		if err != nil {
			return 0, err
		}
		meta := page[pageHead : pageHead+metaSize]
		sum := fnv.New64a()
		_, _ = sum.Write(meta) // never fails
		if native.Uint64(page) != uint64(id) || native.Uint16(page[8:]) != metaPage || native.Uint64(page[pageHead+metaSize:]) != sum.Sum64() {
			return 0, fmt.Errorf("meta page %d is damaged: the last commit may be missing", id)
		}
		if at := native.Uint64(meta[metaTx:]); at >= newest {
			root, newest = int(native.Uint64(meta[metaRoot:])), at
		}
	}
	return root, nil
}

func (l layout) read(id, overflow int) ([]byte, error) {
	if id < 0 || overflow < 0 || id+overflow >= l.pages {
		return nil, fmt.Errorf("page %d is behind the end", id)
	}
	page := make([]byte, l.size*(1+overflow))
	if _, err := l.file.ReadAt(page, int64(id)*int64(l.size)); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return page, nil
}

// tree checks a page and all below it.
func (l layout) tree(id int) error {
	if l.seen[id] {
		return fmt.Errorf("page %d is in two places", id)
	}
	l.seen[id] = true
	page, err := l.read(id, 0)
	if err != nil {
		return err
	}
	if native.Uint64(page) != uint64(id) {
		return fmt.Errorf("page %d says that it is another", id)
	}
	if overflow := int(native.Uint32(page[12:])); overflow > 0 {
		if page, err = l.read(id, overflow); err != nil {
			return err
		}
	}
	below, err := below(page)
	if err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	for _, id := range below {
		if err := l.tree(id); err != nil {
			return err
		}
	}
	return nil
}

// below returns the pages that one leads to, once its rows are found to lie one
// behind the other, the first of them right behind the list of them.
func below(page []byte) (pages []int, err error) {
	if len(page) < pageHead {
		return nil, errLayout
	}
	kind, count := native.Uint16(page[8:]), int(native.Uint16(page[10:]))
	next := pageHead + count*elementSize
	emptied := count == 0 && (kind == branchPage || len(bytes.Trim(page[pageHead:], "\x00")) > 0) // no branch is, and what bbolt does not use is 0
	if kind != leafPage && kind != branchPage || next > len(page) || emptied {
		return nil, errLayout
	}
	for i := range count {
		at := pageHead + i*elementSize
		start, key, end := extent(page[at:], at, kind)
		if start != next || key > end || end > len(page) {
			return nil, errLayout
		}
		next = end
		switch {
		case kind == branchPage:
			pages = append(pages, int(native.Uint64(page[at+8:])))
		case native.Uint32(page[at:])&bucketRow != 0:
			more, err := belowBucket(page[key:end])
			if err != nil {
				return nil, err
			}
			pages = append(pages, more...)
		}
	}
	return pages, nil
}

// extent returns where the key of an element begins and ends, and where its value
// does.
func extent(element []byte, at int, kind uint16) (start, key, end int) {
	if kind == branchPage {
		start = at + int(native.Uint32(element))
		key = start + int(native.Uint32(element[4:]))
		return start, key, key
	}
	start = at + int(native.Uint32(element[4:]))
	key = start + int(native.Uint32(element[8:]))
	return start, key, key + int(native.Uint32(element[12:]))
}

// belowBucket is below for the row of a bucket: it names a page, or is one where
// the bucket is small.
func belowBucket(row []byte) ([]int, error) {
	switch {
	case len(row) < bucketHead:
		return nil, errLayout
	case native.Uint64(row) != 0:
		return []int{int(native.Uint64(row))}, nil
	}
	return below(row[bucketHead:])
}

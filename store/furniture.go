package store

import (
	"encoding/binary"
	"fmt"

	"ewgwatch"
)

// Furniture returns what is known of the lines a host repeats, which is nothing
// for a host never met.
func (s *Store) Furniture(host string) (f ewgwatch.Furniture, err error) {
	err = s.look(func(l look) error {
		if data := l.get(furnitureBucket, []byte(host)); data != nil {
			f, err = decodeFurniture(data)
		}
		return err
	})
	if err != nil {
		return ewgwatch.Furniture{}, fmt.Errorf("read %s: furniture of %q: %w", s.path, host, err)
	}
	f.Host = host
	return f, nil
}

// PutFurniture keeps what is known of some hosts, all or none of it.
func (s *Store) PutFurniture(hosts []ewgwatch.Furniture) error {
	if err := s.writable(); err != nil {
		return err
	}
	err := s.change(func(t transaction) error {
		for _, f := range hosts {
			if err := t.table(furnitureBucket).putChanged([]byte(f.Host), encodeFurniture(f)); err != nil {
				return fmt.Errorf("furniture of %q: %w", f.Host, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return nil
}

func encodeFurniture(f ewgwatch.Furniture) []byte {
	w := newRecord()
	for _, l := range f.Learnt {
		inner := newRecord()
		inner.text(1, l.Run)
		inner.words(2, l.Blocks)
		w.bytes(1, inner.buf)
	}
	seen := make([]uint64, 0, 3*len(f.Seen))
	for _, s := range f.Seen {
		seen = append(seen, s.Block, s.First, s.Then)
	}
	w.words(2, seen)
	return w.buf
}

func decodeFurniture(data []byte) (f ewgwatch.Furniture, err error) {
	in := readRecord(string(data))
	for in.next() {
		switch in.tag {
		case 1:
			f.Learnt = append(f.Learnt, in.learnt())
		case 2:
			f.Seen = sightings(in.words())
		}
	}
	return f, in.err
}

func (f *fields) learnt() (l ewgwatch.Learnt) {
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			l.Run = in.value
		case 2:
			l.Blocks = in.words()
		}
	})
	return l
}

func sightings(words []uint64) []ewgwatch.Sighting {
	var all []ewgwatch.Sighting
	for ; len(words) >= 3; words = words[3:] {
		all = append(all, ewgwatch.Sighting{Block: words[0], First: words[1], Then: words[2]})
	}
	return all
}

// words is a list of numbers of eight bytes each: hashes do not get shorter.
func (w *writer) words(tag uint64, words []uint64) {
	b := make([]byte, 0, 8*len(words))
	for _, n := range words {
		b = binary.BigEndian.AppendUint64(b, n)
	}
	w.bytes(tag, b)
}

func (f *fields) words() []uint64 {
	if len(f.value)%8 != 0 {
		f.wrong("list of hashes")
		return nil
	}
	var words []uint64
	for b := []byte(f.value); len(b) > 0; b = b[8:] {
		words = append(words, binary.BigEndian.Uint64(b))
	}
	return words
}

package store

import (
	"fmt"

	"ewgwatch"
)

// Wishes returns what is kept of a host under this name: nothing but the name for
// one never met.
func (s *Store) Wishes(name string) (h ewgwatch.Wishes, err error) {
	err = s.look(func(l look) error {
		if data := l.get(hostsBucket, hashOf(name)); data != nil {
			h, err = decodeWishes(data)
		}
		return err
	})
	if err != nil {
		return ewgwatch.Wishes{}, fmt.Errorf("read %s: host %q: %w", s.path, name, err)
	}
	h.Name = name
	return h, nil
}

// PutWishes keeps what some hosts asked for, all or none of it.
func (s *Store) PutWishes(hosts []ewgwatch.Wishes) error {
	if err := s.writable(); err != nil {
		return err
	}
	err := s.change(func(t transaction) error {
		for _, h := range hosts {
			if err := t.table(hostsBucket).putChanged(hashOf(h.Name), encodeWishes(h)); err != nil {
				return fmt.Errorf("host %q: %w", h.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return nil
}

func encodeWishes(h ewgwatch.Wishes) []byte {
	w := newRecord()
	w.text(1, h.Name)
	w.bytes(2, h.Robots)
	w.number(3, int64(h.RobotsStatus))
	w.time(4, h.RobotsAt)
	w.time(5, h.Until)
	w.text(6, h.Why)
	w.number(7, int64(h.Refusals))
	return w.buf
}

func decodeWishes(data []byte) (h ewgwatch.Wishes, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			h.Name = f.value
		case 2:
			h.Robots = append(h.Robots[:0], f.value...) // nil where it is empty
		case 3:
			h.RobotsStatus = int(f.number())
		case 4:
			h.RobotsAt = f.time()
		case 5:
			h.Until = f.time()
		case 6:
			h.Why = f.value
		case 7:
			h.Refusals = int(f.number())
		}
	}
	return h, f.err
}

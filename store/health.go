package store

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"ewgwatch"
)

// Health returns how a source has done; the zero Health for one that no night
// has judged.
func (s *Store) Health(source string) (h ewgwatch.Health, err error) {
	err = s.look(func(l look) error {
		if data := l.get(healthBucket, []byte(source)); data != nil {
			h, err = decodeHealth(data)
		}
		return err
	})
	if err != nil {
		return ewgwatch.Health{}, fmt.Errorf("read %s: health of %q: %w", s.path, source, err)
	}
	return h, nil
}

// healthChunk is how many sources one read transaction looks at.
const healthChunk = 500

// Healths returns the health of every source ever judged, by source ID. An error
// ends it.
func (s *Store) Healths(ctx context.Context) iter.Seq2[ewgwatch.Health, error] {
	return func(yield func(ewgwatch.Health, error) bool) {
		for from := []byte{0}; from != nil; {
			healths, next, err := s.healthsFrom(ctx, from)
			if err != nil {
				yield(ewgwatch.Health{}, fmt.Errorf("read %s: %w", s.path, err))
				return
			}
			for _, h := range healths {
				if !yield(h, nil) {
					return
				}
			}
			from = next
		}
	}
}

func (s *Store) healthsFrom(ctx context.Context, from []byte) (healths []ewgwatch.Health, next []byte, err error) {
	every := func([]byte) bool { return true }
	next, err = s.chunk(healthBucket, from, healthChunk, every, func(_ look, k, v []byte) error {
		h, err := decodeHealth(v)
		if err != nil {
			return fmt.Errorf("health of %q: %w", k, err)
		}
		healths = append(healths, h)
		return ctx.Err()
	})
	return healths, next, err
}

func putHealths(t transaction, run string, healths []ewgwatch.Health) error {
	for _, h := range healths {
		if err := errors.Join(t.moved(h, run), t.table(healthBucket).putChanged([]byte(h.Source), encodeHealth(h))); err != nil {
			return fmt.Errorf("health of %q: %w", h.Source, err)
		}
	}
	return nil
}

func encodeHealth(h ewgwatch.Health) []byte {
	w := newRecord()
	w.text(1, h.Source)
	w.text(2, h.Name)
	w.text(3, string(h.State))
	w.time(4, h.Since)
	w.text(5, h.Why)
	for _, n := range h.Nights {
		w.bytes(6, encodeHealthNight(n))
	}
	for _, t := range h.Transitions {
		w.bytes(7, encodeTransition(t))
	}
	w.bytes(8, encodeUsual(h.Usual))
	w.number(9, int64(h.Counted))
	w.number(10, int64(h.Newsy))
	w.number(11, int64(h.Quiet))
	w.number(12, int64(h.Longest))
	return w.buf
}

func decodeHealth(data []byte) (h ewgwatch.Health, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			h.Source = f.value
		case 2:
			h.Name = f.value
		case 3:
			h.State = ewgwatch.HealthState(f.value)
		case 4:
			h.Since = f.time()
		case 5:
			h.Why = f.value
		case 6:
			h.Nights = append(h.Nights, f.healthNight())
		case 7:
			h.Transitions = append(h.Transitions, f.transition())
		case 8:
			f.record(func(in *fields) { in.usual(&h.Usual) })
		case 9:
			h.Counted = int(f.number())
		case 10:
			h.Newsy = int(f.number())
		case 11:
			h.Quiet = int(f.number())
		case 12:
			h.Longest = int(f.number())
		}
	}
	return h, f.err
}

func encodeHealthNight(n ewgwatch.HealthNight) []byte {
	w := newRecord()
	w.text(1, n.Run)
	w.time(2, n.At)
	w.text(3, string(n.Verdict))
	w.text(4, string(n.Reach))
	w.text(5, string(n.Outcome))
	for tag, count := range []int{n.Pages, n.Articles, n.Fresh, n.OnTopic, n.Undated, n.Discovered, n.Length} {
		w.number(uint64(6+tag), int64(count))
	}
	w.flag(13, n.Short)
	w.text(14, string(n.Alarm))
	return w.buf
}

func (f *fields) healthNight() (n ewgwatch.HealthNight) {
	counts := []*int{&n.Pages, &n.Articles, &n.Fresh, &n.OnTopic, &n.Undated, &n.Discovered, &n.Length}
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			n.Run = in.value
		case 2:
			n.At = in.time()
		case 3:
			n.Verdict = ewgwatch.Verdict(in.value)
		case 4:
			n.Reach = ewgwatch.Reach(in.value)
		case 5:
			n.Outcome = ewgwatch.Outcome(in.value)
		case 6, 7, 8, 9, 10, 11, 12:
			*counts[in.tag-6] = int(in.number())
		case 13:
			n.Short = in.flag()
		case 14:
			n.Alarm = ewgwatch.Alarm(in.value)
		}
	})
	return n
}

func encodeTransition(t ewgwatch.Transition) []byte {
	w := newRecord()
	w.time(1, t.At)
	w.text(2, t.Run)
	w.text(3, string(t.From))
	w.text(4, string(t.To))
	w.text(5, t.Why)
	return w.buf
}

func (f *fields) transition() (t ewgwatch.Transition) {
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			t.At = in.time()
		case 2:
			t.Run = in.value
		case 3:
			t.From = ewgwatch.HealthState(in.value)
		case 4:
			t.To = ewgwatch.HealthState(in.value)
		case 5:
			t.Why = in.value
		}
	})
	return t
}

func encodeUsual(u ewgwatch.Usual) []byte {
	w := newRecord()
	for tag, count := range []int{u.Pages, u.Articles, u.OnTopic, u.Length, u.Undated} {
		w.number(uint64(1+tag), int64(count))
	}
	return w.buf
}

func (f *fields) usual(u *ewgwatch.Usual) {
	counts := []*int{&u.Pages, &u.Articles, &u.OnTopic, &u.Length, &u.Undated}
	if f.tag >= 1 && f.tag <= 5 {
		*counts[f.tag-1] = int(f.number())
	}
}

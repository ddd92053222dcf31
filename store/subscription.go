package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"
	"unicode"

	"ewgwatch"
)

// PutSubscription keeps a subscription. One of the same name gives way to it, but
// that it goes on since the first was made.
func (s *Store) PutSubscription(sub ewgwatch.Subscription) error {
	if err := s.writable(); err != nil {
		return err
	}
	if err := checkName(sub.Name); err != nil {
		return err
	}
	err := s.change(func(t transaction) error {
		kept, key := sub, []byte(sub.Name)
		if data := t.table(subscriptionsBucket).Get(key); data != nil {
			before, err := decodeSubscription(data)
			if err != nil {
				return err
			}
			kept.Since = before.Since
		}
		if kept.Since.IsZero() {
			kept.Since = t.now()
		}
		return t.table(subscriptionsBucket).putChanged(key, encodeSubscription(kept))
	})
	if err != nil {
		return fmt.Errorf("write %s: subscription %q: %w", s.path, sub.Name, pathless(err))
	}
	return nil
}

// RemoveSubscription removes a subscription with what it was told and what it is
// owed, dead alerts among that. What was sent stays. It reports whether a subscription
// of that name was kept; of one that stands elsewhere it removes the rest.
func (s *Store) RemoveSubscription(name string) (known bool, err error) {
	if err := s.writable(); err != nil {
		return false, err
	}
	if err := checkName(name); err != nil {
		return false, err
	}
	err = s.change(func(t transaction) error {
		subscriptions := t.table(subscriptionsBucket)
		if known = has(subscriptions.rows, []byte(name)); known {
			if err := subscriptions.Delete([]byte(name)); err != nil {
				return err
			}
		}
		return errors.Join(t.untell(name), t.abandon(name))
	})
	if err != nil {
		return false, fmt.Errorf("write %s: subscription %q: %w", s.path, name, pathless(err))
	}
	return known, nil
}

// Subscriptions returns every subscription, by name. An error ends it.
func (s *Store) Subscriptions(ctx context.Context) iter.Seq2[ewgwatch.Subscription, error] {
	return known(ctx, s, subscriptionsBucket, decodeSubscription)
}

// maxName is how long a name of a subscription may be, and what else is a key.
const maxName = 1000

// checkName refuses what is no name of one line.
func checkName(name string) error {
	if name == "" || len(name) > maxName || strings.ContainsFunc(name, unicode.IsControl) {
		return fmt.Errorf("want a name of one line and at most %d bytes, have %.40q", maxName, name)
	}
	return nil
}

func encodeSubscription(s ewgwatch.Subscription) []byte {
	w := newRecord()
	w.text(1, s.Name)
	w.inner(2, encodeInterest(s.Interest))
	for _, c := range s.Channels {
		w.bytes(3, encodeChannel(c))
	}
	w.inner(4, encodeRhythm(s.Rhythm))
	w.inner(5, encodeQuietHours(s.Quiet))
	w.text(6, s.Lang)
	w.text(7, string(s.Grouping))
	for _, step := range s.Steps {
		w.item(8, number(int64(step)))
	}
	w.flag(9, s.Paused)
	w.time(10, s.Since)
	w.flag(11, s.FromFile)
	return w.buf
}

func decodeSubscription(data []byte) (s ewgwatch.Subscription, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			s.Name = f.value
		case 2:
			f.record(func(in *fields) { in.interest(&s.Interest) })
		case 3:
			s.Channels = append(s.Channels, f.channel())
		case 4:
			f.record(func(in *fields) { in.rhythm(&s.Rhythm) })
		case 5:
			f.record(func(in *fields) { in.quietHours(&s.Quiet) })
		case 6:
			s.Lang = f.value
		case 7:
			s.Grouping = ewgwatch.Grouping(f.value)
		case 8:
			s.Steps = append(s.Steps, int(f.number()))
		case 9:
			s.Paused = f.flag()
		case 10:
			s.Since = f.time()
		case 11:
			s.FromFile = f.flag()
		}
	}
	return s, f.err
}

func encodeInterest(i ewgwatch.Interest) []byte {
	w := newRecord()
	items(w, 1, i.States)
	items(w, 2, i.Stances)
	items(w, 3, i.Events)
	items(w, 4, i.Kinds)
	items(w, 5, i.Langs)
	w.number(6, int64(i.MinSources))
	w.flag(7, i.Contradictions)
	w.flag(8, i.Expectations)
	w.flag(9, i.Coverage)
	return w.buf
}

func items[T ~string](w *writer, tag uint64, list []T) {
	for _, item := range list {
		w.item(tag, string(item))
	}
}

func (f *fields) interest(i *ewgwatch.Interest) {
	switch f.tag {
	case 1:
		i.States = append(i.States, ewgwatch.State(f.value))
	case 2:
		i.Stances = append(i.Stances, ewgwatch.Stance(f.value))
	case 3:
		i.Events = append(i.Events, f.value)
	case 4:
		i.Kinds = append(i.Kinds, ewgwatch.SourceKind(f.value))
	case 5:
		i.Langs = append(i.Langs, f.value)
	case 6:
		i.MinSources = int(f.number())
	case 7:
		i.Contradictions = f.flag()
	case 8:
		i.Expectations = f.flag()
	case 9:
		i.Coverage = f.flag()
	}
}

func encodeChannel(c ewgwatch.Channel) []byte {
	w := newRecord()
	w.text(1, string(c.Kind))
	w.text(2, c.To)
	w.text(3, c.Secret)
	return w.buf
}

func (f *fields) channel() (c ewgwatch.Channel) {
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			c.Kind = ewgwatch.ChannelKind(in.value)
		case 2:
			c.To = in.value
		case 3:
			c.Secret = in.value
		}
	})
	return c
}

func encodeRhythm(r ewgwatch.Rhythm) []byte {
	w := newRecord()
	w.text(1, string(r.Every))
	w.number(2, int64(r.Day))
	w.number(3, int64(r.At))
	w.zone(4, r.Zone)
	return w.buf
}

func (f *fields) rhythm(r *ewgwatch.Rhythm) {
	switch f.tag {
	case 1:
		r.Every = ewgwatch.Period(f.value)
	case 2:
		r.Day = time.Weekday(f.number())
	case 3:
		r.At = time.Duration(f.number())
	case 4:
		r.Zone = f.zone()
	}
}

func encodeQuietHours(q ewgwatch.QuietHours) []byte {
	w := newRecord()
	w.number(1, int64(q.From))
	w.number(2, int64(q.To))
	w.zone(3, q.Zone)
	return w.buf
}

func (f *fields) quietHours(q *ewgwatch.QuietHours) {
	switch f.tag {
	case 1:
		q.From = time.Duration(f.number())
	case 2:
		q.To = time.Duration(f.number())
	case 3:
		q.Zone = f.zone()
	}
}

func (w *writer) zone(tag uint64, zone *time.Location) {
	if zone != nil {
		w.text(tag, zone.String())
	}
}

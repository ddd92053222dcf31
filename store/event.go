package store

import (
	"bytes"
	"time"

	"ewgwatch"
)

// fuller returns the description of an event that says more, the catalogue's
// before any read from an article. Of two that say as much it is always the
// same one, whichever came first, so that the order of a night's pages does not
// show in what is kept.
func fuller(a, b ewgwatch.Event) ewgwatch.Event {
	switch said := weightOf(a) - weightOf(b); {
	case a.Provisional != b.Provisional:
		if a.Provisional {
			return b
		}
		return a
	case !a.Provisional, said < 0, said == 0 && bytes.Compare(encodeEvent(a), encodeEvent(b)) < 0:
		return b // of two versions of the catalogue the newer
	}
	return a
}

// weightOf counts what is known of an event, a whole day more than a month.
func weightOf(e ewgwatch.Event) int {
	known := len(e.Start.String()) + len(e.End.String())
	for _, text := range []string{e.Name, e.Place, string(e.Host), e.Cycle} {
		if text != "" {
			known++
		}
	}
	return known
}

func encodeEvent(e ewgwatch.Event) []byte {
	w := newRecord()
	w.text(1, e.ID)
	w.text(2, e.Name)
	w.text(3, string(e.Kind))
	w.text(4, e.Place)
	w.text(5, string(e.Host))
	w.date(6, e.Start)
	w.date(7, e.End)
	w.text(8, e.Cycle)
	w.flag(9, e.Provisional)
	return w.buf
}

// decodeEvent returns an event as it is described now.
func decodeEvent(data []byte) (ewgwatch.Event, error) { return decodeEventAsOf(data, time.Time{}) }

// decodeEventAsOf returns an event as it was described at a moment, or now where that
// is zero. Of one that nobody had told of yet it is what was told first.
func decodeEventAsOf(data []byte, asOf time.Time) (ewgwatch.Event, error) {
	e, before, err := decodeDescribed(data)
	for _, d := range before {
		if !asOf.IsZero() && asOf.Before(d.until) {
			return d.event, err
		}
	}
	return e, err
}

// described is how an event was described until a moment.
type described struct {
	until time.Time
	event ewgwatch.Event
}

const describedTag = 10 // of an event: how it was described before, the earliest first

// decodeDescribed returns an event, and how it was described before.
func decodeDescribed(data []byte) (e ewgwatch.Event, before []described, err error) {
	f := readRecord(string(data))
	for f.next() {
		if f.tag != describedTag {
			f.event(&e)
			continue
		}
		var d described
		f.record(func(in *fields) {
			switch in.tag {
			case 1:
				d.until = in.time()
			case 2:
				in.record(func(in *fields) { in.event(&d.event) })
			}
		})
		before = append(before, d)
	}
	return e, before, f.err
}

// encodeDescribed writes an event with what decodeDescribed returns beside.
func encodeDescribed(e ewgwatch.Event, before []described) []byte {
	w := writer{buf: encodeEvent(e)}
	for _, d := range before {
		in := newRecord()
		in.time(1, d.until)
		in.inner(2, encodeEvent(d.event))
		w.inner(describedTag, in.buf)
	}
	return w.buf
}

func (f *fields) event(e *ewgwatch.Event) {
	switch f.tag {
	case 1:
		e.ID = f.value
	case 2:
		e.Name = f.value
	case 3:
		e.Kind = ewgwatch.EventKind(f.value)
	case 4:
		e.Place = f.value
	case 5:
		e.Host = ewgwatch.State(f.value)
	case 6:
		e.Start = f.date()
	case 7:
		e.End = f.date()
	case 8:
		e.Cycle = f.value
	case 9:
		e.Provisional = f.flag()
	}
}

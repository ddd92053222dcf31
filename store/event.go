package store

import (
	"bytes"

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

func decodeEvent(data []byte) (e ewgwatch.Event, err error) {
	f := readRecord(string(data))
	for f.next() {
		f.event(&e)
	}
	return e, f.err
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

package store

import "ewgwatch"

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

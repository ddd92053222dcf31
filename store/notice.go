package store

import "ewgwatch"

// A notice holds its findings whole, with event and source, so that a message is
// rendered from it alone.

func encodeNotice(n ewgwatch.Notice) []byte {
	w := newRecord()
	w.text(1, string(n.Class))
	w.text(2, n.Reason)
	w.inner(3, encodeClaim(n.Claim))
	w.inner(4, encodeEvent(n.Event))
	w.inner(5, encodeEvidence(n.Finding))
	w.number(6, int64(n.Voices))
	for _, b := range n.Beside {
		w.bytes(7, encodeBeside(b))
	}
	w.text(8, n.Before)
	w.inner(9, encodeClaim(n.Now))
	w.text(10, n.Why)
	w.date(11, n.By)
	w.inner(12, encodeSource(n.Source))
	w.inner(13, encodeTransition(n.Transition))
	w.time(14, n.BeforeAt)
	w.number(15, int64(n.Read))
	w.number(16, int64(n.Of))
	return w.buf
}

func (f *fields) notice() (n ewgwatch.Notice) {
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			n.Class = ewgwatch.AlertClass(in.value)
		case 2:
			n.Reason = in.value
		case 3:
			n.Claim = in.claimed()
		case 4:
			in.record(func(in *fields) { in.event(&n.Event) })
		case 5:
			n.Finding = in.evident()
		case 6:
			n.Voices = int(in.number())
		case 7:
			n.Beside = append(n.Beside, in.beside())
		default:
			in.correction(&n)
		}
	})
	return n
}

// correction reads the fields of a notice that is of no new claim.
func (f *fields) correction(n *ewgwatch.Notice) {
	switch f.tag {
	case 8:
		n.Before = f.value
	case 9:
		n.Now = f.claimed()
	case 10:
		n.Why = f.value
	case 11:
		n.By = f.date()
	case 12:
		n.Source = f.source()
	case 13:
		n.Transition = f.transition()
	case 14:
		n.BeforeAt = f.time()
	case 15:
		n.Read = int(f.number())
	case 16:
		n.Of = int(f.number())
	}
}

func encodeBeside(b ewgwatch.Beside) []byte {
	w := newRecord()
	w.text(1, string(b.Stance))
	w.flag(2, b.Planned)
	w.number(3, int64(b.Voices))
	w.flag(4, b.Against)
	w.inner(5, encodeEvidence(b.Finding))
	return w.buf
}

func (f *fields) beside() (b ewgwatch.Beside) {
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			b.Stance = ewgwatch.Stance(in.value)
		case 2:
			b.Planned = in.flag()
		case 3:
			b.Voices = int(in.number())
		case 4:
			b.Against = in.flag()
		case 5:
			b.Finding = in.evident()
		}
	})
	return b
}

// encodeEvidence encodes a finding that stands for itself: that of the database
// refers to its event and source.
func encodeEvidence(f ewgwatch.Finding) []byte {
	w := newRecord()
	w.inner(1, encodeFinding(f, nil))
	w.inner(2, encodeEvent(f.Event))
	w.inner(3, encodeSource(f.Source))
	return w.buf
}

func (f *fields) evident() (k ewgwatch.Finding) {
	var event ewgwatch.Event
	var source ewgwatch.Source
	f.record(func(in *fields) {
		var err error
		switch in.tag {
		case 1:
			k, err = decodeFinding(in.value, nil)
		case 2:
			in.record(func(in *fields) { in.event(&event) })
		case 3:
			source = in.source()
		}
		if err != nil && in.err == nil {
			in.err = err
		}
	})
	k.Event, k.Source = event, source
	return k
}

func (f *fields) source() ewgwatch.Source {
	s, err := decodeSource([]byte(f.value))
	if err != nil && f.err == nil {
		f.err = err
	}
	return s
}

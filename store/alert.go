package store

import (
	"context"
	"fmt"
	"iter"
	"time"

	"ewgwatch"
)

// Alert returns the alert of an ID; false where none is kept. One that was sent or
// replaced is forgotten after 90 days.
func (s *Store) Alert(id string) (a ewgwatch.Alert, known bool, err error) {
	err = s.look(func(l look) error {
		data := l.get(alertsBucket, []byte(id))
		if data == nil {
			return nil
		}
		d, err := decodeDispatch(data)
		a, known = d.Alert, true
		return err
	})
	if err != nil {
		return ewgwatch.Alert{}, false, fmt.Errorf("read %s: alert %.80q: %w", s.path, id, err)
	}
	return a, known, nil
}

// Alerts returns the alerts in a state, or all where it is "", by ID. An error ends
// it.
func (s *Store) Alerts(ctx context.Context, state ewgwatch.AlertState) iter.Seq2[ewgwatch.Alert, error] {
	return func(yield func(ewgwatch.Alert, error) bool) {
		for d, err := range known(ctx, s, alertsBucket, decodeDispatch) {
			if err == nil && state != "" && d.State != state {
				continue
			}
			if !yield(d.Alert, err) {
				return
			}
		}
	}
}

// dispatch is an alert with what only the store needs to know of it.
type dispatch struct {
	ewgwatch.Alert
	tried bool      // somebody may have it, whatever is said since
	ended time.Time // when it was sent or replaced
}

// alert returns what is kept under an ID.
func (t transaction) alert(id string) (d dispatch, known bool, err error) {
	data := t.past(alertsBucket).Get([]byte(id))
	if data == nil {
		return dispatch{}, false, nil
	}
	if d, err = decodeDispatch(data); err != nil {
		return d, false, fmt.Errorf("alert %s: %w", id, err)
	}
	return d, true, nil
}

func encodeDispatch(d dispatch) []byte {
	w := newRecord()
	w.text(1, d.ID)
	w.text(2, d.Subscription)
	w.inner(3, encodeChannel(d.Channel))
	w.text(4, d.Lang)
	w.text(5, string(d.Class))
	w.text(6, d.Thread)
	for _, n := range d.Notices {
		w.bytes(7, encodeNotice(n))
	}
	w.time(8, d.MadeAt)
	w.time(9, d.DueAt)
	w.text(10, string(d.State))
	w.number(11, int64(d.Attempts))
	w.time(12, d.LeasedUntil)
	w.text(13, d.LastError)
	w.flag(14, d.tried)
	w.time(15, d.ended)
	w.time(16, d.RetryAt)
	w.flag(17, d.Unsure)
	return w.buf
}

func decodeDispatch(data []byte) (d dispatch, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			d.ID = f.value
		case 2:
			d.Subscription = f.value
		case 3:
			d.Channel = f.channel()
		case 4:
			d.Lang = f.value
		case 5:
			d.Class = ewgwatch.AlertClass(f.value)
		case 6:
			d.Thread = f.value
		case 7:
			d.Notices = append(d.Notices, f.notice())
		default:
			f.progress(&d)
		}
	}
	return d, f.err
}

// progress reads the fields that say how far an alert has come.
func (f *fields) progress(d *dispatch) {
	switch f.tag {
	case 8:
		d.MadeAt = f.time()
	case 9:
		d.DueAt = f.time()
	case 10:
		d.State = ewgwatch.AlertState(f.value)
	case 11:
		d.Attempts = int(f.number())
	case 12:
		d.LeasedUntil = f.time()
	case 13:
		d.LastError = f.value
	case 14:
		d.tried = f.flag()
	case 15:
		d.ended = f.time()
	case 16:
		d.RetryAt = f.time()
	case 17:
		d.Unsure = f.flag()
	}
}

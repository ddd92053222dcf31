package store

import "ewgwatch"

func (w *writer) capture(tag uint64, c ewgwatch.Capture) {
	if c.IsZero() {
		return
	}
	inner := newRecord()
	inner.sum(4, 1, c.SHA256)
	inner.text(2, c.File)
	inner.number(3, c.Offset)
	w.bytes(tag, inner.buf)
}

// capture reads one. Without a hash it is none, whatever else a damaged record
// says of it.
func (f *fields) capture() (c ewgwatch.Capture) {
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			c.SHA256 = in.value
		case 2:
			c.File = in.value
		case 3:
			c.Offset = in.number()
		case 4:
			c.SHA256 = in.sum()
		}
	})
	if c.IsZero() {
		return ewgwatch.Capture{}
	}
	return c
}

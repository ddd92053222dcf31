package store

import "ewgwatch"

func (w *writer) date(tag uint64, d ewgwatch.Date) { w.text(tag, d.String()) }

func (f *fields) date() ewgwatch.Date {
	d, err := ewgwatch.ParseDate(f.value)
	if err != nil {
		f.wrong("date")
	}
	if d.IsZero() {
		return ewgwatch.Date{} // no date has a day without a year
	}
	return d
}

func (w *writer) published(tag uint64, p ewgwatch.Published) {
	inner := newRecord()
	inner.date(1, p.Date)
	inner.time(2, p.At)
	inner.text(3, string(p.Precision))
	inner.text(4, p.Rule)
	inner.text(5, p.Zone)
	inner.text(6, p.Raw)
	w.bytes(tag, inner.buf)
}

func (f *fields) published() (p ewgwatch.Published) {
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			p.Date = in.date()
		case 2:
			p.At = in.time()
		case 3:
			p.Precision = ewgwatch.Precision(in.value)
		case 4:
			p.Rule = in.value
		case 5:
			p.Zone = in.value
		case 6:
			p.Raw = in.value
		}
	})
	return p
}

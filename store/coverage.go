package store

import (
	"maps"
	"slices"

	"ewgwatch"
)

func encodeCoverage(c ewgwatch.Coverage) []byte {
	w := newRecord()
	w.text(1, c.Source)
	w.text(2, c.Name)
	w.text(3, string(c.State))
	for _, s := range c.Covers {
		w.item(4, string(s))
	}
	w.number(5, int64(c.Discovered))
	for _, o := range slices.Sorted(maps.Keys(c.Outcomes)) {
		inner := newRecord()
		inner.text(1, string(o))
		inner.number(2, int64(c.Outcomes[o]))
		w.bytes(6, inner.buf)
	}
	w.number(7, int64(c.Articles))
	w.number(8, int64(c.OnTopic))
	w.number(9, int64(c.Undated))
	w.number(10, int64(c.Findings))
	w.text(11, string(c.Reach))
	w.text(12, c.Why)
	w.number(13, int64(c.Pages))
	w.number(14, int64(c.Fresh))
	w.number(15, int64(c.Length))
	w.text(16, string(c.Front))
	w.flag(17, c.Cut)
	w.text(18, string(c.Kind))
	w.text(19, c.Lang)
	for _, month := range slices.SortedFunc(maps.Keys(c.Months), byFirst) {
		inner := newRecord()
		inner.date(1, month)
		inner.number(2, int64(c.Months[month]))
		w.bytes(20, inner.buf)
	}
	return w.buf
}

func (f *fields) coverage(c *ewgwatch.Coverage) {
	switch f.tag {
	case 1:
		c.Source = f.value
	case 2:
		c.Name = f.value
	case 3:
		c.State = ewgwatch.State(f.value)
	case 4:
		c.Covers = append(c.Covers, ewgwatch.State(f.value))
	case 5:
		c.Discovered = int(f.number())
	case 6:
		f.outcome(c)
	case 7:
		c.Articles = int(f.number())
	case 8:
		c.OnTopic = int(f.number())
	case 9:
		c.Undated = int(f.number())
	case 10:
		c.Findings = int(f.number())
	case 11:
		c.Reach = ewgwatch.Reach(f.value)
	case 12:
		c.Why = f.value
	case 13:
		c.Pages = int(f.number())
	case 14:
		c.Fresh = int(f.number())
	case 15:
		c.Length = int(f.number())
	case 16:
		c.Front = ewgwatch.Outcome(f.value)
	case 17:
		c.Cut = f.flag()
	default:
		f.publication(c)
	}
}

// publication reads the fields that say what a source is and published when.
func (f *fields) publication(c *ewgwatch.Coverage) {
	switch f.tag {
	case 18:
		c.Kind = ewgwatch.SourceKind(f.value)
	case 19:
		c.Lang = f.value
	case 20:
		f.month(c)
	}
}

func byFirst(a, b ewgwatch.Date) int { return a.First().Compare(b.First()) }

func (f *fields) month(c *ewgwatch.Coverage) {
	var month ewgwatch.Date
	var articles int
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			month = in.date()
		case 2:
			articles = int(in.number())
		}
	})
	if c.Months == nil {
		c.Months = map[ewgwatch.Date]int{}
	}
	c.Months[month] = articles
}

func (f *fields) outcome(c *ewgwatch.Coverage) {
	var outcome ewgwatch.Outcome
	var visits int
	f.record(func(in *fields) {
		switch in.tag {
		case 1:
			outcome = ewgwatch.Outcome(in.value)
		case 2:
			visits = int(in.number())
		}
	})
	if c.Outcomes == nil {
		c.Outcomes = map[ewgwatch.Outcome]int{}
	}
	c.Outcomes[outcome] = visits
}

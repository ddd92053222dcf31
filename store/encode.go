package store

import (
	"time"

	"ewgwatch"
)

func encodeVisit(v ewgwatch.Visit) []byte {
	w := newRecord()
	w.text(1, v.URL)
	w.text(2, v.Source)
	w.time(3, v.At)
	w.text(4, string(v.Outcome))
	w.number(5, int64(v.Status))
	w.text(6, v.Detail)
	w.text(7, v.ETag)
	w.text(8, v.LastModified)
	w.text(9, v.BodySHA256)
	w.time(10, v.ReadAt)
	w.capture(11, v.Capture)
	w.time(12, v.FirstSeen)
	return w.buf
}

func decodeVisit(data []byte) (ewgwatch.Visit, error) {
	f, err := parseRecord(data)
	if err != nil {
		return ewgwatch.Visit{}, err
	}
	v := ewgwatch.Visit{
		URL: f.text(1), Source: f.text(2), At: f.time(3), Outcome: ewgwatch.Outcome(f.text(4)), Status: int(f.number(5)),
		Detail: f.text(6), ETag: f.text(7), LastModified: f.text(8), BodySHA256: f.text(9), ReadAt: f.time(10),
		Capture: f.capture(11), FirstSeen: f.time(12),
	}
	return v, f.err
}

func (w *writer) capture(tag uint64, c ewgwatch.Capture) {
	if c.IsZero() {
		return
	}
	inner := newRecord()
	inner.text(1, c.SHA256)
	inner.text(2, c.File)
	inner.number(3, c.Offset)
	w.bytes(tag, inner.buf)
}

func (f *fields) capture(tag uint64) (c ewgwatch.Capture) {
	f.each(tag, func(in *fields) {
		c = ewgwatch.Capture{SHA256: in.text(1), File: in.text(2), Offset: in.number(3)}
	})
	return c
}

func (w *writer) date(tag uint64, d ewgwatch.Date) { w.text(tag, d.String()) }

func (f *fields) date(tag uint64) ewgwatch.Date {
	d, err := ewgwatch.ParseDate(f.text(tag))
	if err != nil {
		f.err = err
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

func (f *fields) published(tag uint64) (p ewgwatch.Published) {
	f.each(tag, func(in *fields) {
		p = ewgwatch.Published{
			Date: in.date(1), At: in.time(2), Precision: ewgwatch.Precision(in.text(3)), Rule: in.text(4), Zone: in.text(5), Raw: in.text(6),
		}
	})
	return p
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

func decodeEvent(data []byte) (ewgwatch.Event, error) {
	f, err := parseRecord(data)
	if err != nil {
		return ewgwatch.Event{}, err
	}
	e := ewgwatch.Event{
		ID: f.text(1), Name: f.text(2), Kind: ewgwatch.EventKind(f.text(3)), Place: f.text(4), Host: ewgwatch.State(f.text(5)),
		Start: f.date(6), End: f.date(7), Cycle: f.text(8), Provisional: f.flag(9),
	}
	return e, f.err
}

func encodeSource(s ewgwatch.Source) []byte {
	w := newRecord()
	w.text(1, s.ID)
	w.text(2, s.URL)
	w.text(3, s.Name)
	w.text(4, string(s.Kind))
	w.text(5, string(s.State))
	w.text(6, s.Lang)
	for _, feed := range s.Feeds {
		w.text(7, feed)
	}
	for _, sitemap := range s.Sitemaps {
		w.text(8, sitemap)
	}
	w.text(9, s.Select)
	w.number(10, int64(s.Delay))
	w.number(11, int64(s.MaxPages))
	if s.Zone != nil {
		w.text(12, s.Zone.String())
	}
	w.text(13, s.Group)
	w.number(14, int64(s.Line))
	return w.buf
}

func decodeSource(data []byte) (ewgwatch.Source, error) {
	f, err := parseRecord(data)
	if err != nil {
		return ewgwatch.Source{}, err
	}
	s := ewgwatch.Source{
		ID: f.text(1), URL: f.text(2), Name: f.text(3), Kind: ewgwatch.SourceKind(f.text(4)), State: ewgwatch.State(f.text(5)),
		Lang: f.text(6), Feeds: f.texts(7), Sitemaps: f.texts(8), Select: f.text(9), Delay: time.Duration(f.number(10)),
		MaxPages: int(f.number(11)), Group: f.text(13), Line: int(f.number(14)),
	}
	if name := f.text(12); name != "" {
		if s.Zone, err = time.LoadLocation(name); err != nil {
			s.Zone = nil // a zone this machine does not know is an unknown zone
		}
	}
	return s, f.err
}

// A finding refers to its event and source by their IDs.
func encodeFinding(f ewgwatch.Finding) []byte {
	w := newRecord()
	w.text(1, f.ID)
	w.time(2, f.FoundAt)
	w.text(3, string(f.State))
	w.text(4, string(f.Stance))
	w.flag(5, f.Planned)
	w.text(6, f.Event.ID)
	w.text(7, f.Quote)
	w.number(8, int64(f.QuoteStart))
	w.number(9, int64(f.QuoteEnd))
	w.text(10, f.Rule)
	w.fraction(11, f.Confidence)
	w.text(12, f.Via)
	w.text(13, string(f.Status))
	w.text(14, f.URL)
	w.text(15, f.Title)
	w.text(16, f.Lang)
	w.published(17, f.Published)
	w.text(18, f.Source.ID)
	w.capture(19, f.Capture)
	return w.buf
}

func decodeFinding(data []byte) (ewgwatch.Finding, error) {
	f, err := parseRecord(data)
	if err != nil {
		return ewgwatch.Finding{}, err
	}
	out := ewgwatch.Finding{
		ID: f.text(1), FoundAt: f.time(2), State: ewgwatch.State(f.text(3)), Stance: ewgwatch.Stance(f.text(4)), Planned: f.flag(5),
		Event: ewgwatch.Event{ID: f.text(6)}, Quote: f.text(7), QuoteStart: int(f.number(8)), QuoteEnd: int(f.number(9)),
		Rule: f.text(10), Confidence: f.fraction(11), Via: f.text(12), Status: ewgwatch.Status(f.text(13)), URL: f.text(14),
		Title: f.text(15), Lang: f.text(16), Published: f.published(17), Source: ewgwatch.Source{ID: f.text(18)}, Capture: f.capture(19),
	}
	return out, f.err
}

// revision is what is kept of an article: enough to see that it changed and to
// find its bytes, not its text.
type revision struct {
	URL        string
	Number     int // from 1
	Title      string
	TextSHA256 string
	Lang       string
	Published  ewgwatch.Published
	Source     string
	Capture    ewgwatch.Capture
	FirstSeen  time.Time
	LastSeen   time.Time
}

func encodeRevision(r revision) []byte {
	w := newRecord()
	w.text(1, r.URL)
	w.number(2, int64(r.Number))
	w.text(3, r.Title)
	w.text(4, r.TextSHA256)
	w.text(5, r.Lang)
	w.published(6, r.Published)
	w.text(7, r.Source)
	w.capture(8, r.Capture)
	w.time(9, r.FirstSeen)
	w.time(10, r.LastSeen)
	return w.buf
}

func decodeRevision(data []byte) (revision, error) {
	f, err := parseRecord(data)
	if err != nil {
		return revision{}, err
	}
	r := revision{
		URL: f.text(1), Number: int(f.number(2)), Title: f.text(3), TextSHA256: f.text(4), Lang: f.text(5), Published: f.published(6),
		Source: f.text(7), Capture: f.capture(8), FirstSeen: f.time(9), LastSeen: f.time(10),
	}
	return r, f.err
}

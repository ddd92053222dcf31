package store

import (
	"time"

	"ewgwatch"
)

func encodeSource(s ewgwatch.Source) []byte {
	w := newRecord()
	w.text(1, s.ID)
	w.text(2, s.URL)
	w.text(3, s.Name)
	w.text(4, string(s.Kind))
	w.text(5, string(s.State))
	w.text(6, s.Lang)
	for _, feed := range s.Feeds {
		w.item(7, feed)
	}
	for _, sitemap := range s.Sitemaps {
		w.item(8, sitemap)
	}
	w.text(9, s.Select)
	w.number(10, int64(s.Delay))
	w.number(11, int64(s.MaxPages))
	if s.Zone != nil {
		w.text(12, s.Zone.String())
	}
	w.text(13, s.Group)
	w.number(14, int64(s.Line))
	for _, search := range s.Search {
		w.item(15, search)
	}
	w.flag(16, s.Render)
	w.text(17, s.Proxy)
	w.text(18, s.CAFile)
	w.flag(19, s.StateOwned)
	return w.buf
}

func decodeSource(data []byte) (s ewgwatch.Source, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			s.ID = f.value
		case 2:
			s.URL = f.value
		case 3:
			s.Name = f.value
		case 4:
			s.Kind = ewgwatch.SourceKind(f.value)
		case 5:
			s.State = ewgwatch.State(f.value)
		case 6:
			s.Lang = f.value
		case 7:
			s.Feeds = append(s.Feeds, f.value)
		case 8:
			s.Sitemaps = append(s.Sitemaps, f.value)
		case 9:
			s.Select = f.value
		default:
			f.fetching(&s)
		}
	}
	return s, f.err
}

// fetching reads the fields that say how a source is fetched, and later ones.
func (f *fields) fetching(s *ewgwatch.Source) {
	switch f.tag {
	case 10:
		s.Delay = time.Duration(f.number())
	case 11:
		s.MaxPages = int(f.number())
	case 12:
		s.Zone = f.zone()
	case 13:
		s.Group = f.value
	case 14:
		s.Line = int(f.number())
	case 15:
		s.Search = append(s.Search, f.value)
	case 16:
		s.Render = f.flag()
	case 17:
		s.Proxy = f.value
	case 18:
		s.CAFile = f.value
	case 19:
		s.StateOwned = f.flag()
	}
}

// zone returns nil for a zone that this machine does not know: an unknown zone
// is no reason to lose the source.
func (f *fields) zone() *time.Location {
	zone, err := time.LoadLocation(f.value)
	if err != nil {
		return nil
	}
	return zone
}

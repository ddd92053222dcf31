package store

import (
	"bytes"
	"fmt"

	"ewgwatch"
)

// visit keeps a visit. A failed one keeps what the last good one knew.
func (t transaction) visit(v ewgwatch.Visit) error {
	visits, key := t.table(visitsBucket), hashOf(v.URL)
	before, known, err := visitAt(visits.Get(key))
	if err != nil {
		return fmt.Errorf("visit %s: %w", v.URL, err)
	}
	if err := visits.Put(key, encodeVisit(after(before, v))); err != nil {
		return err
	}
	if known && before.Source == v.Source {
		return nil
	}
	return t.table(bySourceBucket).Put(sourceKey(v.Source, v.URL), nil)
}

// after returns what is known of a URL after a visit, given what was known
// before it: nothing where before is zero.
func after(before, v ewgwatch.Visit) ewgwatch.Visit {
	v.FirstSeen = v.At
	if !before.FirstSeen.IsZero() {
		v.FirstSeen = before.FirstSeen
	}
	switch {
	case !v.Outcome.Read():
		v.ETag, v.LastModified = before.ETag, before.LastModified
		v.BodySHA256, v.ReadAt, v.Capture = before.BodySHA256, before.ReadAt, before.Capture
		v.OnTopic, v.Listing, v.Onward = before.OnTopic, before.Listing, before.Onward
	case v.Outcome == ewgwatch.Unchanged:
		if v.ETag == "" && v.LastModified == "" {
			v.ETag, v.LastModified = before.ETag, before.LastModified
		}
		if before.BodySHA256 != "" {
			v.BodySHA256, v.ReadAt, v.Capture = before.BodySHA256, before.ReadAt, before.Capture
		}
		v.OnTopic, v.Listing = before.OnTopic, before.Listing
	case v.BodySHA256 != "" && v.BodySHA256 == before.BodySHA256:
		v.ReadAt = before.ReadAt
	}
	return v
}

func visitAt(data []byte) (v ewgwatch.Visit, known bool, err error) {
	if data == nil {
		return v, false, nil
	}
	v, err = decodeVisit(data)
	return v, err == nil, err
}

// Visit returns the latest visit to a URL; false where there was none.
func (s *Store) Visit(url string) (v ewgwatch.Visit, known bool, err error) {
	err = s.look(func(l look) error {
		v, known, err = visitAt(l.get(visitsBucket, hashOf(url)))
		return err
	})
	if err != nil {
		return ewgwatch.Visit{}, false, fmt.Errorf("read %s: visit %s: %w", s.path, url, err)
	}
	return v, known, nil
}

// Visits returns the latest visit to every URL that was ever visited on behalf
// of a source, in no particular order.
func (s *Store) Visits(source string) ([]ewgwatch.Visit, error) {
	var visits []ewgwatch.Visit
	prefix := sourcePrefix(source)
	within := func(key []byte) bool { return bytes.HasPrefix(key, prefix) }
	for from := prefix; from != nil; {
		next, err := s.chunk(bySourceBucket, from, chunkSize, within, func(l look, k, _ []byte) error {
			v, known, err := visitAt(l.get(visitsBucket, k[len(prefix):]))
			if known {
				visits = append(visits, v)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read %s: visits of %s: %w", s.path, source, err)
		}
		from = next
	}
	return visits, nil
}

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
	w.sum(15, 9, v.BodySHA256)
	w.time(10, v.ReadAt)
	w.capture(11, v.Capture)
	w.time(12, v.FirstSeen)
	w.flag(13, v.OnTopic)
	w.flag(14, v.Listing)
	w.flag(16, v.Onward)
	return w.buf
}

func decodeVisit(data []byte) (v ewgwatch.Visit, err error) {
	f := readRecord(string(data))
	for f.next() {
		switch f.tag {
		case 1:
			v.URL = f.value
		case 2:
			v.Source = f.value
		case 3:
			v.At = f.time()
		case 4:
			v.Outcome = ewgwatch.Outcome(f.value)
		case 5:
			v.Status = int(f.number())
		case 6:
			v.Detail = f.value
		case 7:
			v.ETag = f.value
		case 8:
			v.LastModified = f.value
		case 9:
			v.BodySHA256 = f.value
		case 10:
			v.ReadAt = f.time()
		case 11:
			v.Capture = f.capture()
		case 12:
			v.FirstSeen = f.time()
		case 13:
			v.OnTopic = f.flag()
		case 14:
			v.Listing = f.flag()
		case 15:
			v.BodySHA256 = f.sum()
		case 16:
			v.Onward = f.flag()
		}
	}
	return v, f.err
}

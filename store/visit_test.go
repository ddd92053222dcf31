package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

func TestAVisitRemembersTheLastGoodOne(t *testing.T) {
	later := noon.Add(24 * time.Hour)
	good := reading(page, "text").Visit
	known := good
	known.FirstSeen = noon
	at := func(o ewgwatch.Outcome, status int) ewgwatch.Visit {
		return ewgwatch.Visit{URL: page, Source: tribune.ID, At: later, Outcome: o, Status: status}
	}
	like := func(v ewgwatch.Visit, change func(*ewgwatch.Visit)) ewgwatch.Visit { change(&v); return v }
	fresh := ewgwatch.Capture{SHA256: "ee", File: "later.warc.gz"}
	for _, c := range []struct {
		name        string
		visit, want ewgwatch.Visit
	}{
		{"blocked", at(ewgwatch.Blocked, 403), like(known, func(v *ewgwatch.Visit) { v.At, v.Outcome, v.Status = later, ewgwatch.Blocked, 403 })},
		{"bytes that could not be read",
			like(at(ewgwatch.Unreadable, 200), func(v *ewgwatch.Visit) { v.ETag, v.BodySHA256, v.ReadAt, v.Capture = `"2"`, "ee", later, fresh }),
			like(known, func(v *ewgwatch.Visit) { v.At, v.Outcome = later, ewgwatch.Unreadable })},
		{"not modified", at(ewgwatch.Unchanged, 304), like(known, func(v *ewgwatch.Visit) { v.At, v.Outcome, v.Status = later, ewgwatch.Unchanged, 304 })},
		{"not modified, new validator", like(at(ewgwatch.Unchanged, 304), func(v *ewgwatch.Visit) { v.ETag = `"2"` }),
			like(known, func(v *ewgwatch.Visit) { v.At, v.Outcome, v.Status, v.ETag = later, ewgwatch.Unchanged, 304, `"2"` })},
		{"changed",
			like(at(ewgwatch.Changed, 200), func(v *ewgwatch.Visit) { v.LastModified, v.BodySHA256, v.ReadAt, v.Capture = "lm", "ee", later, fresh }),
			ewgwatch.Visit{URL: page, Source: tribune.ID, At: later, Outcome: ewgwatch.Changed, Status: 200, LastModified: "lm", BodySHA256: "ee",
				ReadAt: later, Capture: fresh, FirstSeen: noon}},
		{"read again, the same bytes",
			like(at(ewgwatch.New, 200), func(v *ewgwatch.Visit) { v.BodySHA256, v.ReadAt, v.Capture = "cd", later, fresh }),
			like(known, func(v *ewgwatch.Visit) { v.At, v.ETag, v.Capture = later, "", fresh })},
	} {
		s := open(t, store.Options{})
		put(t, s, ewgwatch.Reading{Visit: good})
		put(t, s, ewgwatch.Reading{Visit: c.visit})
		got, known, err := s.Visit(page)
		if diff := cmp.Diff(c.want, got); err != nil || !known || diff != "" {
			t.Errorf("%s: %v %v\n%s", c.name, known, err, diff)
		}
		sound(t, s)
	}
}

func TestAFirstVisitThatFailedLeavesNoValidators(t *testing.T) {
	s := open(t, store.Options{})
	v := reading(page, "text").Visit
	v.Outcome = ewgwatch.Unreadable
	put(t, s, ewgwatch.Reading{Visit: v})
	got, _, err := s.Visit(page)
	want := ewgwatch.Visit{URL: page, Source: tribune.ID, At: noon, Outcome: ewgwatch.Unreadable, Status: 200, FirstSeen: noon}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestAnUnknownURLIsNotKnown(t *testing.T) {
	s := open(t, store.Options{})
	if v, known, err := s.Visit(page); known || err != nil || v != (ewgwatch.Visit{}) {
		t.Error(v, known, err)
	}
	if visits, err := s.Visits("nobody"); len(visits) != 0 || err != nil {
		t.Error(visits, err)
	}
}

func TestVisitsAreThoseOfOneSource(t *testing.T) {
	s := open(t, store.Options{})
	visit := func(source, url string) {
		put(t, s, ewgwatch.Reading{Visit: ewgwatch.Visit{URL: url, Source: source, At: noon, Outcome: ewgwatch.New}})
	}
	for i := range 30 {
		visit("a.test", fmt.Sprint("https://a.test/", i))
	}
	visit("a.test/news", "https://a.test/news") // its ID begins like the other's
	visit("b.test", "https://a.test/0")         // known to both now
	for source, want := range map[string]int{"a.test": 30, "a.test/news": 1, "b.test": 1, "a": 0} {
		visits, err := s.Visits(source)
		if err != nil || len(visits) != want {
			t.Errorf("%s: %d visits, want %d; %v", source, len(visits), want, err)
		}
	}
	sound(t, s)
}

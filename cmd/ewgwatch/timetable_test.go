package main

import (
	"testing"
	"time"
)

func TestANightBeginsByItsTimetable(t *testing.T) {
	noon := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		o     serveOptions
		begun time.Time
		want  time.Time
	}{
		{serveOptions{every: time.Hour}, time.Time{}, noon},
		{serveOptions{every: time.Hour}, noon.Add(-10 * time.Minute), noon.Add(50 * time.Minute)},
		{serveOptions{every: time.Hour}, noon.Add(-3 * time.Hour), noon}, // it took longer than that
		{serveOptions{at: "02:15"}, time.Time{}, time.Date(2026, 9, 2, 2, 15, 0, 0, time.UTC)},
		{serveOptions{at: "20:00 Asia/Bangkok"}, noon.Add(-time.Minute), time.Date(2026, 9, 1, 13, 0, 0, 0, time.UTC)},
	} {
		next, err := c.o.timetable()
		if err != nil {
			t.Fatal(err)
		}
		if got := next(c.begun, noon); !got.Equal(c.want) {
			t.Errorf("every %s at %q, begun %s: %s, want %s", c.o.every, c.o.at, c.begun, got, c.want)
		}
	}
	for _, o := range []serveOptions{{every: 0}, {every: time.Millisecond}, {at: "soon"}, {at: "02:15 Mars"}} {
		if _, err := o.timetable(); err == nil {
			t.Errorf("%+v is taken", o)
		}
	}
}

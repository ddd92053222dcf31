package main

import (
	"fmt"
	"io"
	"log/slog"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/extract"
)

// BenchmarkPlan decides of a night of 10,000 new findings in 1,000 articles, for 50
// subscribers.
func BenchmarkPlan(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		d := benchDesk(b)
		b.StartTimer()
		if err := d.plan(b.Context()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := d.close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// benchDesk opens a desk with subscribers, in a folder with findings.
func benchDesk(b *testing.B) *desk {
	b.Helper()
	now := time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	a := &app{out: io.Discard, errOut: io.Discard, log: slog.New(slog.DiscardHandler)}
	h, err := a.hold(b.Context(), folder(b.TempDir()), func() time.Time { return now }, nil, 0)
	if err != nil {
		b.Fatal(err)
	}
	for i := range 50 {
		sub := ewgwatch.Subscription{Name: fmt.Sprint("s", i), Since: now.Add(-time.Hour), Channels: []ewgwatch.Channel{{Kind: ewgwatch.StdoutChannel}}}
		if states := ewgwatch.States(); i > 0 {
			sub.Interest.States = states[i%len(states) : i%len(states)+1]
		}
		if err := h.store.PutSubscription(sub); err != nil {
			b.Fatal(err)
		}
	}
	d, err := a.openDesk(b.Context(), h, alertOptions{})
	if err != nil {
		b.Fatal(err)
	}
	for n := range 1000 {
		if _, err := h.store.Put(b.Context(), benchReading(n, now)); err != nil {
			b.Fatal(err)
		}
	}
	return d
}

// benchReading is one article with ten findings.
func benchReading(n int, now time.Time) ewgwatch.Reading {
	events, states := extract.Catalogue(), ewgwatch.States()
	source := ewgwatch.Source{ID: fmt.Sprintf("site%d.example", n%200), Name: fmt.Sprint("Site ", n%200), Kind: ewgwatch.News, Lang: "en"}
	url := fmt.Sprintf("https://%s/%d", source.ID, n)
	reading := ewgwatch.Reading{
		Visit:   ewgwatch.Visit{URL: url, Source: source.ID, At: now, Outcome: ewgwatch.New},
		Article: &ewgwatch.Article{URL: url, Source: source, Title: "Exercise", Text: "text", Lang: "en"},
	}
	for k := range 10 {
		f := ewgwatch.Finding{
			State: states[(n+k)%len(states)], Stance: ewgwatch.Attended, Event: events[n%len(events)], URL: url, Source: source, Lang: "en", FoundAt: now,
			Quote: fmt.Sprintf("Delegates %d of %d were seen at the exercise by %s.", k, n, source.Name), Confidence: 0.9,
		}
		reading.Findings = append(reading.Findings, f.Identify())
	}
	return reading
}

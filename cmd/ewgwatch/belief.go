package main

import (
	"context"
	"iter"
	"time"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/ledger"
	"ewgwatch/store"
)

// belief is what makes of a finding as it was read the finding as it is believed: the
// values of the analyst who corrected it, then the event that its own is one with,
// then what analysts amended of that.
type belief struct {
	same    ledger.Identity
	amended ewgwatch.Amended
	events  map[string]ewgwatch.Event // what is known of each, as amended; nil where only IDs are wanted
}

// beliefs reads what is believed as of a moment, or now where it is zero.
func beliefs(ctx context.Context, s *store.Store, asOf time.Time) (b belief, err error) {
	list, err := allAmendments(ctx, s)
	if err != nil {
		return b, err
	}
	b.amended = ewgwatch.Amend(list, asOf)
	if b.events, err = eventsAsAmended(ctx, s, b.amended, asOf); err != nil {
		return b, err
	}
	b.same, err = b.identity(ctx, s, asOf)
	return b, err
}

// identity finds which provisional events are one. It looks at findings, as what was
// found later must not change the past, but only where there is more than one such
// event.
func (b belief) identity(ctx context.Context, s *store.Store, asOf time.Time) (ledger.Identity, error) {
	provisional := 0
	for _, e := range b.events {
		if e.Provisional {
			provisional++
		}
	}
	if provisional < 2 {
		return nil, nil
	}
	met := map[string]ewgwatch.Event{}
	for f, err := range s.Findings(ctx, store.Query{AsOf: asOf}) {
		if err != nil {
			return nil, err
		}
		if f.Status == ewgwatch.Current || f.Status == ewgwatch.Corrected {
			id := f.Believed().Event.ID
			met[id] = b.events[id]
		}
	}
	return ledger.Identify(func(yield func(ewgwatch.Event) bool) {
		for _, e := range met {
			if !yield(e) {
				return
			}
		}
	}, b.amended), nil
}

func (b belief) finding(f ewgwatch.Finding) ewgwatch.Finding {
	read := f.Event.ID
	f = b.amended.Finding(b.same.Finding(f.Believed()))
	if event, ok := b.events[f.Event.ID]; ok && (f.Event.ID != read || f.Event == (ewgwatch.Event{ID: event.ID})) {
		if whole, is := b.same[event.ID]; is {
			event = b.amended.Event(whole)
		}
		f.Event = event
	}
	return f
}

// event returns the ID of the event that a text means, as amended. A text that means
// none is returned as it is: no finding is tied to it.
func (b belief) event(flag, text string) (string, error) {
	names := newNaming(b.events)
	if len(names.find(text)) == 0 {
		return text, nil
	}
	event, err := names.one(flag, text)
	if err != nil {
		return "", err
	}
	return b.of(event).ID, nil
}

// of returns the event that another one is part of, or is one with; itself where it is
// of its own.
func (b belief) of(event ewgwatch.Event) ewgwatch.Event {
	return b.finding(ewgwatch.Finding{Event: event}).Event
}

// all yields findings as they are believed, and none that an analyst rejected.
func (b belief) all(findings iter.Seq2[ewgwatch.Finding, error]) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for f, err := range findings {
			if f.Status == ewgwatch.Rejected {
				continue
			}
			if !yield(b.finding(f), err) {
				return
			}
		}
	}
}

func allAmendments(ctx context.Context, s *store.Store) (list []ewgwatch.Amendment, err error) {
	for a, err := range s.Amendments(ctx) {
		if err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, nil
}

// knownEvents returns the events of the catalogue, those of the database and those
// that analysts made, by ID and under the names that analysts gave them.
func knownEvents(ctx context.Context, s *store.Store) (map[string]ewgwatch.Event, error) {
	list, err := allAmendments(ctx, s)
	if err != nil {
		return nil, err
	}
	return eventsAsAmended(ctx, s, ewgwatch.Amend(list, time.Time{}), time.Time{})
}

// eventsAsAmended has the catalogue describe its events, but of the past what stood in
// it then, as far as the database knows that.
func eventsAsAmended(ctx context.Context, s *store.Store, amended ewgwatch.Amended, asOf time.Time) (map[string]ewgwatch.Event, error) {
	known := map[string]ewgwatch.Event{}
	for _, e := range amended.Parts() {
		known[e.ID] = e
	}
	for e, err := range s.EventsAsOf(ctx, asOf) {
		if err != nil {
			return nil, err
		}
		known[e.ID] = amended.Event(e)
	}
	for _, e := range extract.Catalogue() {
		if _, then := known[e.ID]; !then || asOf.IsZero() {
			known[e.ID] = amended.Event(e)
		}
	}
	return known, nil
}

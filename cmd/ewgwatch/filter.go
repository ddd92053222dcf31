package main

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/store"
)

// filter is a choice that was understood. What store.Query asks for one at a time
// is a list here; an empty one asks for nothing.
type filter struct {
	query    store.Query
	states   []ewgwatch.State
	stances  []ewgwatch.Stance
	events   []string
	sources  []string // IDs, once resolved
	langs    []string
	statuses []ewgwatch.Status
	believed bool // nothing that an analyst rejected
	belief   belief
}

// single has the database look for what is asked for alone: it has an index by
// state.
func (f *filter) single() {
	if len(f.states) == 1 {
		f.query.State = f.states[0]
	}
	if len(f.stances) == 1 {
		f.query.Stance = f.stances[0]
	}
	if len(f.statuses) == 1 {
		f.query.Status = f.statuses[0]
	}
}

// resolve puts the IDs of sources in the place of their names, and refuses sources
// and events that no crawl has met.
func (f *filter) resolve(ctx context.Context, s *store.Store) (err error) {
	if f.belief, err = beliefs(ctx, s, f.query.AsOf); err != nil {
		return err
	}
	if err = f.resolveSources(ctx, s); err != nil || len(f.events) == 0 {
		return err
	}
	names, err := f.metEvents(ctx, s)
	if err != nil {
		return err
	}
	for i, text := range f.events {
		event, err := names.one("--event", text)
		if err != nil {
			return err
		}
		f.events[i] = f.belief.of(event).ID
	}
	return nil
}

// metEvents returns the events that a crawl has met or an analyst made.
func (f *filter) metEvents(ctx context.Context, s *store.Store) (naming, error) {
	met := map[string]ewgwatch.Event{}
	for _, e := range f.belief.amended.Parts() {
		met[e.ID] = e
	}
	for e, err := range s.Events(ctx) {
		if err != nil {
			return naming{}, err
		}
		met[e.ID] = f.belief.amended.Event(e)
	}
	return newNaming(met), nil
}

// ofEvent reports whether an event is asked for that a finding was read to be of, or
// that this one is taken for now.
func (f filter) ofEvent(finding ewgwatch.Finding) bool {
	if len(f.events) == 0 || slices.Contains(f.events, finding.Event.ID) {
		return true
	}
	finding.Review = ewgwatch.Review{} // filters look at what the machine read
	return slices.Contains(f.events, f.belief.finding(finding).Event.ID)
}

func (f *filter) resolveSources(ctx context.Context, s *store.Store) error {
	if len(f.sources) == 0 {
		return nil
	}
	byName, ids := map[string][]string{}, []string(nil)
	for source, err := range s.Sources(ctx) {
		if err != nil {
			return err
		}
		ids = append(ids, source.ID)
		for _, name := range []string{source.ID, source.Name} {
			key := strings.ToLower(name)
			byName[key] = append(byName[key], source.ID)
		}
	}
	var found []string
	for _, text := range f.sources {
		named := byName[strings.ToLower(strings.TrimSpace(text))]
		if named == nil {
			return usage(fmt.Errorf("--source: want the ID or the name of a source that was crawled (%s), have %q", listed(ids), text))
		}
		found = append(found, named...)
	}
	slices.Sort(found)
	if f.sources = slices.Compact(found); len(f.sources) == 1 {
		f.query.Source = f.sources[0]
	}
	return nil
}

// findings returns what is asked for, in the order in which it was found, what was
// found at one instant by ID.
func (f filter) findings(ctx context.Context, s *store.Store) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for finding, err := range s.Findings(ctx, f.query) {
			if (err != nil || f.wants(finding)) && !yield(finding, err) {
				return
			}
		}
	}
}

func (f filter) wants(finding ewgwatch.Finding) bool {
	return among(f.states, finding.State) && among(f.stances, finding.Stance) && f.ofEvent(finding) &&
		among(f.sources, finding.Source.ID) && among(f.statuses, finding.Status) && f.speaks(finding.Lang) &&
		(!f.believed || finding.Status != ewgwatch.Rejected)
}

// among reports whether a value is asked for; an empty list asks for all.
func among[T comparable](list []T, value T) bool {
	return len(list) == 0 || slices.Contains(list, value)
}

// speaks reports whether a language is asked for, or the one it is a variety of.
func (f filter) speaks(lang string) bool {
	return len(f.langs) == 0 || slices.ContainsFunc(f.langs, func(want string) bool {
		return strings.EqualFold(lang, want) || strings.HasPrefix(strings.ToLower(lang), strings.ToLower(want)+"-")
	})
}

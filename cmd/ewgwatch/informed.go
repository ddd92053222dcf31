package main

import (
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"ewgwatch"
	"ewgwatch/alert"
	"ewgwatch/ledger"
	"ewgwatch/store"
)

// informed is what is known beside the changes when it is decided who is to hear.
type informed struct {
	store    *store.Store
	belief   belief
	now      time.Time
	told     map[ewgwatch.Claim]map[string]ewgwatch.Told // by the name of the subscription
	sources  map[string]ewgwatch.Source
	marked   map[string]bool // expectations that were told
	expected []ledger.Expected
}

// inform reads what subscribers know, and how what they wait for stands.
func (d *desk) inform(ctx context.Context) (*informed, error) {
	i, err := newInformed(ctx, d.store, d.subscribers(), d.now())
	if err != nil {
		return nil, err
	}
	return i, i.expect(ctx, d.settings, d.subscribers())
}

func newInformed(ctx context.Context, s *store.Store, subscriptions []ewgwatch.Subscription, now time.Time) (*informed, error) {
	i := &informed{store: s, now: now, told: map[ewgwatch.Claim]map[string]ewgwatch.Told{}, sources: map[string]ewgwatch.Source{}, marked: map[string]bool{}}
	var err error
	if i.belief, err = beliefs(ctx, s, time.Time{}); err != nil {
		return nil, err
	}
	for source, err := range s.Sources(ctx) {
		if err != nil {
			return nil, err
		}
		i.sources[source.ID] = source
	}
	for _, subscription := range subscriptions {
		for told, err := range s.Told(ctx, subscription.Name) {
			if err != nil {
				return nil, err
			}
			i.hear([]ewgwatch.Told{told})
		}
	}
	return i, nil
}

// hear notes what subscribers know. What they know of an event they know of the one
// that it is part of; of two such, what they were told last.
func (i *informed) hear(all []ewgwatch.Told) {
	for _, t := range all {
		t.Claim = i.belief.claim(t.Claim)
		known := i.told[t.Claim]
		if known == nil {
			known = map[string]ewgwatch.Told{}
			i.told[t.Claim] = known
		}
		if before, knew := known[t.Subscription]; !knew || !t.At.Before(before.At) {
			known[t.Subscription] = t
		}
	}
}

// claim returns a claim with the event that its own is taken for.
func (b belief) claim(c ewgwatch.Claim) ewgwatch.Claim {
	if c.Event != "" {
		c.Event = b.of(ewgwatch.Event{ID: c.Event}).ID
	}
	return c
}

// book returns the book of some subscriptions. Who wants to hear of an event wants to
// hear of the one that it is part of.
func (i *informed) book(subscriptions []ewgwatch.Subscription) *alert.Book {
	all := slices.Clone(subscriptions)
	for n := range all {
		events := slices.Clone(all[n].Interest.Events)
		for at, id := range events {
			events[at] = i.belief.of(ewgwatch.Event{ID: id}).ID
		}
		all[n].Interest.Events = events
	}
	return alert.New(all)
}

// kept returns a finding as it is kept, but of the events that its own are taken for.
func (b belief) kept(f ewgwatch.Finding) ewgwatch.Finding {
	right, machine := b.finding(f), f
	machine.Review = ewgwatch.Review{}
	f.Event = b.finding(machine).Event
	if f.Review.Ruling == ewgwatch.Correct && f.Review.Event != "" && f.Review.Event != ewgwatch.NoEvent {
		f.Review.Event = right.Event.ID
	}
	return f
}

// touched is what some changes are about.
type touched struct {
	changes  []ewgwatch.Change
	findings map[string]ewgwatch.Finding // as kept
	cells    map[ewgwatch.State]map[string]bool
}

// touch looks up what changes are about, and other findings.
func (i *informed) touch(changes []ewgwatch.Change, others ...ewgwatch.Finding) (t touched, err error) {
	t = touched{changes: slices.Clone(changes), findings: map[string]ewgwatch.Finding{}, cells: map[ewgwatch.State]map[string]bool{}}
	for n := range t.changes {
		change := &t.changes[n]
		change.Was = i.belief.claim(change.Was)
		t.enter(change.Was)
		if change.Finding == "" {
			continue
		}
		f, known, err := i.store.Finding(change.Finding)
		if err != nil {
			return t, err
		}
		if known {
			others = append(others, f)
		}
	}
	for _, f := range others {
		f = i.belief.kept(f)
		t.findings[f.ID] = f
		t.enter(f.Claim())
		t.enter(f.Believed().Claim())
	}
	return t, nil
}

func (t touched) enter(c ewgwatch.Claim) {
	if c.State == "" || c.Event == "" {
		return
	}
	if t.cells[c.State] == nil {
		t.cells[c.State] = map[string]bool{}
	}
	t.cells[c.State][c.Event] = true
}

// facts returns what deciding of some changes needs to know.
func (i *informed) facts(ctx context.Context, changes []ewgwatch.Change, others ...ewgwatch.Finding) (facts alert.Facts, err error) {
	t, err := i.touch(changes, others...)
	if err != nil {
		return facts, err
	}
	said, err := i.said(ctx, t)
	if err != nil {
		return facts, err
	}
	matrix, err := ledger.New(each(said), nil, ledgerOptions{})
	if err != nil {
		return facts, err
	}
	facts = alert.Facts{
		Now: i.now, Changes: t.changes, Voices: ledger.Voices,
		Finding: func(id string) (ewgwatch.Finding, bool) { f, known := t.findings[id]; return f, known },
		Saying:  func(c ewgwatch.Claim) []ewgwatch.Finding { return said[c] },
		Beside:  func(c ewgwatch.Claim) []ewgwatch.Beside { return beside(matrix, c) },
		Event:   func(id string) (ewgwatch.Event, bool) { e, known := i.belief.events[id]; return e, known },
		Told:    func(c ewgwatch.Claim) []ewgwatch.Told { return slices.Collect(maps.Values(i.told[c])) },
		Source:  func(id string) (ewgwatch.Source, bool) { s, known := i.sources[id]; return s, known },
		Marked:  func(mark string) bool { return i.marked[mark] },
	}
	facts.Unmet, facts.Ministries = i.unmet()
	return facts, nil
}

// said returns the findings of the cells that are touched, by the claim they are
// believed to make.
func (i *informed) said(ctx context.Context, t touched) (map[ewgwatch.Claim][]ewgwatch.Finding, error) {
	said := map[ewgwatch.Claim][]ewgwatch.Finding{}
	moved, err := movedFindings(ctx, i.store, i.belief, store.Query{})
	if err != nil {
		return nil, err
	}
	for _, state := range slices.Sorted(maps.Keys(t.cells)) {
		for f, err := range ofState(state, i.belief.all(i.store.Findings(ctx, store.Query{State: state})), moved) {
			if err != nil {
				return nil, err
			}
			if t.cells[state][f.Event.ID] {
				said[f.Claim()] = append(said[f.Claim()], f)
			}
		}
	}
	return said, nil
}

func each(said map[ewgwatch.Claim][]ewgwatch.Finding) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for _, findings := range said {
			for _, f := range findings {
				if !yield(f, nil) {
					return
				}
			}
		}
	}
}

// beside returns what else is said in the cell of a claim. What is planned contradicts
// nothing, and that a state is mentioned says nothing.
func beside(matrix *ledger.Ledger, c ewgwatch.Claim) (all []ewgwatch.Beside) {
	said := matrix.Cell(c.State, ewgwatch.Event{ID: c.Event}).Said
	done := slices.ContainsFunc(said, func(s ledger.Said) bool { return s.Stance == c.Stance && !s.Planned })
	for _, s := range said {
		if s.Stance == c.Stance || s.Stance == ewgwatch.Mentioned {
			continue
		}
		against := done && !s.Planned && s.Stance.Contradicts(c.Stance)
		all = append(all, ewgwatch.Beside{Stance: s.Stance, Planned: s.Planned, Voices: s.Voices, Against: against, Finding: s.Best})
	}
	return all
}

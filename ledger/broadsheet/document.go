package broadsheet

import (
	"time"

	"ewgwatch/ledger"
)

func (s *content) document() Document {
	a := s.About
	d := Document{
		Schema: 1, MadeAt: a.MadeAt.UTC(), AsOf: known(a.AsOf), Snapshot: known(a.Snapshot), LastRun: known(a.LastRun), Partial: a.Partial, Unread: a.Unread, Program: a.Program,
		Rules: append([]string{}, a.Rules...), Findings: a.Findings, Sources: a.Sources, Watched: a.Watched,
		Asked: Asked{a.Asked.Cycle, a.Asked.Event, a.Asked.State}, States: []StateEntry{}, Events: []EventEntry{}, Cells: []CellEntry{}, Contradictions: []Disagreeing{},
	}
	for _, row := range s.States {
		d.States = append(d.States, StateEntry{row.Code, row.Code.Name()})
	}
	for _, e := range s.Events {
		d.Events = append(d.Events, EventEntry{e.ID, e.Name, e.Kind, e.Place, e.Host, e.Start, e.End, e.Cycle, e.Provisional, e.sources})
		for _, c := range e.Cells {
			d.Cells = append(d.Cells, cellEntry(c))
		}
	}
	for _, c := range s.Contradictions() {
		d.Contradictions = append(d.Contradictions, Disagreeing{c.State.Code, c.Event.ID, saidEntries(c.Sides())})
	}
	return d
}

func cellEntry(c *cell) CellEntry {
	entry := CellEntry{State: c.State.Code, Event: c.Event.ID, Said: saidEntries(c.Claims)}
	if n := c.Nothing; len(c.Claims) == 0 {
		entry.Nothing = &NothingEntry{n.Kind, countEntry(n.Own), countEntry(n.Others), n.Telling, n.String()}
	}
	return entry
}

func countEntry(c ledger.Count) CountEntry {
	return CountEntry{c.Watched, c.Read, c.Partial, c.Unreadable, c.Earlier}
}

func saidEntries(claims []*claim) []SaidEntry {
	all := []SaidEntry{}
	for _, k := range claims {
		f := k.Said.Best
		all = append(all, SaidEntry{k.Stance, k.Planned, k.Voices, k.Contradicts, QuoteEntry{
			f.ID, f.Quote, f.Lang, f.Source.ID, f.Source.Name, k.Best().Class, f.Published.Date, f.Title, f.URL, f.Capture.SHA256, f.Confidence,
		}})
	}
	return all
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

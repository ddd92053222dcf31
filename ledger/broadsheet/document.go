package broadsheet

import (
	"time"

	"ewgwatch"
	"ewgwatch/ledger"
)

func (s *content) document() Document {
	a := s.About
	d := Document{
		Schema: 1, MadeAt: a.MadeAt.UTC(), AsOf: known(a.AsOf), Snapshot: known(a.Snapshot), LastRun: known(a.LastRun), Partial: a.Partial, Unread: a.Unread, Program: a.Program,
		Rules: append([]string{}, a.Rules...), Findings: a.Findings, Sources: a.Sources, Watched: a.Watched,
		Asked: Asked{a.Asked.Cycle, a.Asked.Event, a.Asked.State}, States: []StateEntry{}, Events: []EventEntry{}, Cells: []CellEntry{}, Contradictions: []Disagreeing{}, Expected: []ExpectedEntry{},
	}
	for _, row := range s.States {
		d.States = append(d.States, StateEntry{row.Code, row.Code.Name()})
	}
	for _, e := range s.Events {
		d.Events = append(d.Events, EventEntry{e.ID, e.Name, e.Kind, e.Place, e.Host, e.Start, e.End, e.Cycle, e.Provisional, e.sources, readingEntry(e.reading)})
		for _, c := range e.Cells {
			d.Cells = append(d.Cells, cellEntry(c))
		}
	}
	for _, c := range s.Contradictions() {
		d.Contradictions = append(d.Contradictions, Disagreeing{c.State.Code, c.Event.ID, sideEntries(c)})
	}
	for _, e := range a.Expected {
		d.Expected = append(d.Expected, expectedEntry(e))
	}
	return d
}

func readingEntry(r ledger.Reading) ReadingEntry {
	entry := ReadingEntry{Visited: r.Watched, Sources: append([]string{}, r.Sources...), Languages: r.Languages, Kinds: r.Kinds}
	if !r.Period.Always() {
		entry.From, entry.To = ewgwatch.DateOf(r.Period.From), ewgwatch.DateOf(r.Period.To.AddDate(0, 0, -1))
	}
	return entry
}

func cellEntry(c *cell) CellEntry {
	entry := CellEntry{
		State: c.State.Code, Event: c.Event.ID, Said: []SaidEntry{}, History: []StepEntry{},
		Read: ReadEntry{countEntry(c.read.Own), countEntry(c.read.Others), c.read.Telling, c.read.Sources()},
	}
	for _, k := range c.Claims {
		entry.Said = append(entry.Said, saidEntry(k, c))
	}
	for _, s := range c.steps {
		entry.History = append(entry.History, stepEntry(s))
	}
	if n := c.Nothing; len(c.Claims) == 0 {
		entry.Nothing = &NothingEntry{n.Kind, countEntry(n.Own), countEntry(n.Others), n.Telling, n.String(), n.OtherTime()}
	}
	return entry
}

func countEntry(c ledger.Count) CountEntry {
	return CountEntry{c.Watched, c.Read, c.Partial, c.Unreadable, c.Earlier, c.Then}
}

func saidEntry(k *claim, c *cell) SaidEntry {
	f := k.Said.Best
	said := SaidEntry{k.Stance, k.Planned, k.Voices, k.Contradicts, QuoteEntry{
		f.ID, f.Quote, f.Lang, f.Source.ID, f.Source.Name, string(f.Source.Class(f.State, c.Event.Host)), f.Published.Date, f.Title, f.URL, f.Capture.SHA256, f.Confidence,
	}, []VoiceEntry{}}
	for _, v := range k.voices {
		voice := VoiceEntry{witnessEntry(v.First, c), []WitnessEntry{}, v.Why}
		for _, w := range v.Copies {
			voice.Copies = append(voice.Copies, witnessEntry(w, c))
		}
		said.Heard = append(said.Heard, voice)
	}
	return said
}

func witnessEntry(w ledger.Witness, c *cell) WitnessEntry {
	class := w.Source.Class(c.State.Code, c.Event.Host)
	return WitnessEntry{w.ID, w.Quote, w.Lang, w.Source.ID, w.Source.Name, string(class), w.Published.Date, w.Title, w.URL, w.Wire, w.Confidence}
}

func stepEntry(s ledger.Step) StepEntry {
	return StepEntry{s.Stance, s.Planned, s.Published.Date, s.Source.ID, s.Source.Name, string(s.Class), s.Finding, s.Quote, s.URL, s.Days}
}

func sideEntries(c *cell) (sides []SideEntry) {
	for _, k := range c.Sides() {
		sides = append(sides, SideEntry{saidEntry(k, c), k.side.Later, k.side.Kin})
	}
	return sides
}

func expectedEntry(e ledger.Expected) ExpectedEntry {
	entry := ExpectedEntry{e.Event.ID, e.By, e.Standing, e.State, nil, e.Late, e.Overdue, e.DaysAfter, e.Ministries, e.Read, e.String()}
	if e.First != nil {
		first := stepEntry(*e.First)
		entry.First = &first
	}
	return entry
}

func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

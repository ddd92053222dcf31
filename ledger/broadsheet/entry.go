package broadsheet

import (
	"ewgwatch"
	"ewgwatch/ledger"
)

// ReadingEntry is what was read for an event, whichever states its sources cover.
type ReadingEntry struct {
	From      ewgwatch.Date               `json:"from"` // first day of the event's period; empty for any time
	To        ewgwatch.Date               `json:"to"`   // last day
	Visited   int                         `json:"sources_visited"`
	Sources   []string                    `json:"sources_read"` // IDs
	Languages map[string]int              `json:"languages"`    // of the sources read; "" is unknown
	Kinds     map[ewgwatch.SourceKind]int `json:"kinds"`        // likewise
}

// ReadEntry is what was read of the sources that cover a state, whether its cell is
// empty or not: what an absence that is reported is worth.
type ReadEntry struct {
	Own     CountEntry `json:"own_sources"`
	Others  CountEntry `json:"other_sources"`
	Telling int        `json:"sources_telling"`
	Text    string     `json:"text"` // the same, for people
}

// VoiceEntry is one independent voice: copies of one text, the first published first.
type VoiceEntry struct {
	First  WitnessEntry   `json:"first"`
	Copies []WitnessEntry `json:"copies"`
	Why    string         `json:"why"` // they are one: "same publisher", an agency's code, "same text"; "" without copies
}

// WitnessEntry is a finding among those of a voice.
type WitnessEntry struct {
	Finding     string        `json:"finding_id"`
	Quote       string        `json:"quote"`
	Lang        string        `json:"lang"`
	Source      string        `json:"source"`
	SourceName  string        `json:"source_name"`
	SourceClass string        `json:"source_class"`
	Published   ewgwatch.Date `json:"published"`
	Title       string        `json:"title"`
	URL         string        `json:"url"`
	Wire        string        `json:"wire"` // agency that it names as where it has that from
	Confidence  float64       `json:"confidence"`
}

// StepEntry is what one source came to say of a state at an event.
type StepEntry struct {
	Stance      ewgwatch.Stance `json:"stance"`
	Planned     bool            `json:"planned"`
	Published   ewgwatch.Date   `json:"published"`
	Source      string          `json:"source"`
	SourceName  string          `json:"source_name"`
	SourceClass string          `json:"source_class"`
	Finding     string          `json:"finding_id"`
	Quote       string          `json:"quote"`
	URL         string          `json:"url"`
	Days        int             `json:"days"` // on which it said so before it said anything else, from 1
}

// SideEntry is one side of a contradiction. Who speaks there is best.source_class.
type SideEntry struct {
	SaidEntry
	Later bool           `json:"later"` // published on a later day than all against it
	Kin   ledger.Kinship `json:"kin"`   // what ties it to a side against it; "" for nothing that is known
}

// ExpectedEntry is how an expectation stands: that a ministry names participants.
type ExpectedEntry struct {
	Event      string                  `json:"event"`
	By         ewgwatch.Date           `json:"by"`
	Standing   ledger.ExpectedStanding `json:"standing"` // met, waiting or passed
	State      ewgwatch.State          `json:"state"`    // of whom first is said
	First      *StepEntry              `json:"first"`    // the earliest such word; null where there is none
	Late       bool                    `json:"late"`     // first came after the day
	Overdue    int                     `json:"days_overdue"`
	DaysAfter  int                     `json:"days_after_event"`
	Ministries int                     `json:"ministries_visited"`
	Read       int                     `json:"ministries_read"` // since the event began; the silence of the others proves nothing
	Text       string                  `json:"text"`            // the same, for people
}

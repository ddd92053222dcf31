package bundle

import (
	"time"

	"ewgwatch"
)

// facts is a finding as the JSON file of a bundle tells it.
type facts struct {
	ID         string   `json:"finding_id"`
	State      string   `json:"state"`
	StateName  string   `json:"state_name"`
	Stance     string   `json:"stance"`
	Planned    bool     `json:"planned"`
	Event      string   `json:"event_id,omitempty"`
	EventName  string   `json:"event_name,omitempty"`
	Quote      string   `json:"quote"`
	QuoteStart int      `json:"quote_start"`
	QuoteEnd   int      `json:"quote_end"`
	QuotePage  int      `json:"quote_page,omitempty"`
	URL        string   `json:"url"`
	Title      string   `json:"title"`
	Lang       string   `json:"lang"`
	Published  string   `json:"published_at"`
	Precision  string   `json:"published_precision"`
	DateRule   string   `json:"published_rule"`
	Source     string   `json:"source"`
	SourceName string   `json:"source_name"`
	Rule       string   `json:"rule"`
	Via        string   `json:"via"`
	Confidence float64  `json:"confidence"`
	Status     string   `json:"status"`
	FoundAt    string   `json:"found_at"`
	Capture    evidence `json:"capture"`
	Review     *ruling  `json:"review,omitempty"`
}

type evidence struct {
	SHA256 string `json:"sha256"`
	File   string `json:"file"`
	Offset int64  `json:"offset"`
}

type ruling struct {
	Ruling string `json:"ruling"`
	State  string `json:"state,omitempty"`
	Stance string `json:"stance,omitempty"`
	Event  string `json:"event_id,omitempty"`
	By     string `json:"by"`
	At     string `json:"at"`
	Why    string `json:"why"`
}

func factsOf(f ewgwatch.Finding) facts {
	all := facts{
		ID: f.ID, State: string(f.State), StateName: f.State.Name(), Stance: string(f.Stance), Planned: f.Planned,
		Event: f.Event.ID, EventName: f.Event.Name, Quote: f.Quote, QuoteStart: f.QuoteStart, QuoteEnd: f.QuoteEnd, QuotePage: f.QuotePage,
		URL: f.URL, Title: f.Title, Lang: f.Lang, Published: f.Published.String(), Precision: string(f.Published.Precision), DateRule: f.Published.Rule,
		Source: f.Source.ID, SourceName: f.Source.Name, Rule: f.Rule, Via: f.Via, Confidence: f.Confidence, Status: string(f.Status),
		FoundAt: moment(f.FoundAt), Capture: evidence{f.Capture.SHA256, f.Capture.File, f.Capture.Offset},
	}
	if r := f.Review; !r.IsZero() {
		all.Review = &ruling{string(r.Ruling), string(r.State), string(r.Stance), r.Event, r.By, moment(r.At), r.Why}
	}
	return all
}

func moment(at time.Time) string { return at.UTC().Format(time.RFC3339) }

package alert

import (
	"time"

	"ewgwatch"
)

// Facts is what deciding needs to know, as it is when it decides; it may know of more
// than the changes. What is nil knows nothing.
type Facts struct {
	Now     time.Time
	Changes []ewgwatch.Change // of which nobody decided yet, in any order

	// Finding returns a finding as it is kept: with what the machine read, its status
	// and the analyst's word.
	Finding func(id string) (ewgwatch.Finding, bool)
	// Saying returns the findings that make a claim, with the values that are believed.
	// Those that do not stand may be among them.
	Saying func(ewgwatch.Claim) []ewgwatch.Finding
	// Voices counts the independent voices of findings; nil counts publishers.
	Voices func([]ewgwatch.Finding) int
	// Beside returns what else stands in the cell of a claim, and what of it is against
	// that claim.
	Beside func(ewgwatch.Claim) []ewgwatch.Beside
	// Event returns what is known of an event by its ID.
	Event func(id string) (ewgwatch.Event, bool)
	// Told returns what subscribers know of a claim, or of a source by [SourceClaim].
	Told func(ewgwatch.Claim) []ewgwatch.Told
	// Source returns a source by its ID.
	Source func(id string) (ewgwatch.Source, bool)

	// Unmet are expectations of events for which nobody named participants so far,
	// whether or not their day is over.
	Unmet []ewgwatch.Expectation
	// Ministries counts those that were read since an event began, of how many; nil
	// where that is not known.
	Ministries func(event string) (read, of int)
	// Marked reports whether an expectation was told, by [Mark].
	Marked func(mark string) bool
}

// voices counts the independent voices of findings.
func (f *Facts) voices(findings []ewgwatch.Finding) int {
	if f.Voices != nil {
		return f.Voices(findings)
	}
	publishers := map[string]bool{}
	for _, finding := range findings {
		publishers[finding.Source.ID] = true
	}
	return len(publishers)
}

func (f *Facts) finding(id string) (ewgwatch.Finding, bool) {
	if f.Finding == nil {
		return ewgwatch.Finding{}, false
	}
	return f.Finding(id)
}

// standing returns the findings by which a claim stands.
func (f *Facts) standing(c ewgwatch.Claim) (said []ewgwatch.Finding) {
	if f.Saying == nil {
		return nil
	}
	for _, finding := range f.Saying(c) {
		if stands(finding) {
			said = append(said, finding)
		}
	}
	return said
}

func stands(f ewgwatch.Finding) bool {
	return f.Status != ewgwatch.Withdrawn && f.Status != ewgwatch.Rejected
}

func (f *Facts) beside(c ewgwatch.Claim) []ewgwatch.Beside {
	if f.Beside == nil {
		return nil
	}
	return f.Beside(c)
}

// event returns what is known of an event, its ID at least.
func (f *Facts) event(id string) ewgwatch.Event {
	if f.Event != nil {
		if e, known := f.Event(id); known {
			return e
		}
	}
	return ewgwatch.Event{ID: id}
}

// told returns what subscribers know of a claim, by their names.
func (f *Facts) told(c ewgwatch.Claim) map[string]ewgwatch.Told {
	if f.Told == nil {
		return nil
	}
	all := map[string]ewgwatch.Told{}
	for _, t := range f.Told(c) {
		all[t.Subscription] = t
	}
	return all
}

func (f *Facts) source(id string) ewgwatch.Source {
	if f.Source != nil {
		if s, known := f.Source(id); known {
			return s
		}
	}
	return ewgwatch.Source{ID: id, Name: id}
}

func (f *Facts) marked(mark string) bool { return f.Marked != nil && f.Marked(mark) }

package ledger

import (
	"cmp"
	"slices"

	"ewgwatch"
)

// word is a finding, as far as a history shows it.
type word struct {
	stance         ewgwatch.Stance
	planned        bool
	confidence     float64
	id, quote, url string
	published      ewgwatch.Published
	source         *ewgwatch.Source
}

// moment is a day on which a source says something.
type moment struct {
	stance  ewgwatch.Stance
	planned bool
	source  string
	day     ewgwatch.Date
}

// words returns what was said in a cell, in order of publication: of each day,
// source and claim one finding, since more would add nothing to a history.
func (l *Ledger) words(state ewgwatch.State, event string) []word {
	cell := l.cells[place{state, event}]
	if cell == nil {
		return nil
	}
	var said []word
	at := map[moment]int{}
	for _, s := range cell.Said {
		g := l.groups[l.columns.find(ewgwatch.Claim{State: state, Event: event, Stance: s.Stance}, s.Planned)]
		if g == nil {
			continue // of a brief ledger
		}
		for _, k := range g.kept {
			w := k.word(s)
			on := moment{s.Stance, s.Planned, k.source.ID, k.published.Date}
			before, known := at[on]
			switch {
			case !known:
				at[on] = len(said)
				said = append(said, w)
			case byTime(w, said[before]) < 0:
				said[before] = w
			}
		}
	}
	slices.SortFunc(said, byTime)
	return said
}

func (k *kept) word(of Said) word {
	return word{
		stance: of.Stance, planned: of.Planned, confidence: k.confidence, id: k.id, quote: k.quote, url: k.url,
		published: k.published, source: k.source,
	}
}

// byTime orders words by publication, of those of one time the surest first. It
// looks at everything that is shown, so that the order of arrival cannot matter.
func byTime(a, b word) int {
	return cmp.Or(
		byPublication(a.published, b.published),
		cmp.Compare(b.confidence, a.confidence),
		cmp.Compare(weight(a.stance), weight(b.stance)),
		falseFirst(a.planned, b.planned),
		cmp.Compare(a.id, b.id),
		cmp.Compare(a.quote, b.quote),
		cmp.Compare(a.url, b.url),
		cmp.Compare(a.source.ID, b.source.ID),
		cmp.Compare(a.source.Name, b.source.Name),
	)
}

func (w word) step(state ewgwatch.State, event ewgwatch.Event) *Step {
	return &Step{
		Stance: w.stance, Planned: w.planned, Source: *w.source, Class: w.source.Class(state, event.Host),
		Finding: w.id, Quote: w.quote, URL: w.url, Published: w.published, Days: 1,
	}
}

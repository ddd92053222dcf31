package ledger

import (
	"cmp"
	"slices"

	"ewgwatch"
)

// past is who said what when: of each day, source and claim one finding, since
// more would add nothing to a history.
type past struct {
	brief   bool
	said    map[place][]word
	at      map[moment]int // where in said a word lies
	sources map[speaker]*ewgwatch.Source
}

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
	claim   ewgwatch.Claim
	planned bool
	source  string
	day     ewgwatch.Date
}

// speaker is what is shown of a source, which is kept once for all its words.
type speaker struct {
	id, name string
	kind     ewgwatch.SourceKind
	state    ewgwatch.State
	owned    bool
}

func newPast(o Options) *past {
	return &past{brief: o.Brief, said: map[place][]word{}, at: map[moment]int{}, sources: map[speaker]*ewgwatch.Source{}}
}

func (p *past) add(f ewgwatch.Finding) {
	if p.brief {
		return
	}
	w := word{stance: f.Stance, planned: f.Planned, confidence: f.Confidence, id: f.ID, quote: f.Quote, url: f.URL, published: f.Published, source: p.source(f.Source)}
	in := place{f.State, f.Event.ID}
	on := moment{f.Claim(), f.Planned, f.Source.ID, f.Published.Date}
	at, known := p.at[on]
	switch {
	case !known:
		p.at[on] = len(p.said[in])
		p.said[in] = append(p.said[in], w)
	case byTime(w, p.said[in][at]) < 0:
		p.said[in][at] = w
	}
}

func (p *past) source(s ewgwatch.Source) *ewgwatch.Source {
	of := speaker{s.ID, s.Name, s.Kind, s.State, s.StateOwned}
	if p.sources[of] == nil {
		p.sources[of] = &ewgwatch.Source{ID: s.ID, URL: s.URL, Name: s.Name, Kind: s.Kind, State: s.State, StateOwned: s.StateOwned, Lang: s.Lang}
	}
	return p.sources[of]
}

// of returns what was said in a cell, in order of publication.
func (p *past) of(state ewgwatch.State, event string) []word {
	said := slices.Clone(p.said[place{state, event}])
	slices.SortFunc(said, byTime)
	return said
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

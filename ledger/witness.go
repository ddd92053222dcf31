package ledger

import (
	"cmp"
	"slices"
	"time"

	"ewgwatch"
)

// Witness is one finding among those of a claim, as far as a reader must know it.
type Witness struct {
	ID         string
	Source     ewgwatch.Source
	Published  ewgwatch.Published
	URL, Title string
	Quote      string
	Lang       string
	Wire       string // agency that it names as where it has that from
	Confidence float64
	FoundAt    time.Time
	Planned    bool
}

// byTelling orders witnesses, the first published first. It looks at everything
// that is shown, so that the order of arrival cannot matter.
func byTelling(a, b Witness) int {
	return cmp.Or(
		byPublication(a.Published, b.Published),
		a.FoundAt.Compare(b.FoundAt),
		cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.URL, b.URL),
		cmp.Compare(a.Quote, b.Quote),
		cmp.Compare(a.Title, b.Title),
		cmp.Compare(a.Lang, b.Lang),
		cmp.Compare(a.Wire, b.Wire),
		cmp.Compare(b.Confidence, a.Confidence),
		bySource(a.Source, b.Source),
		falseFirst(a.Planned, b.Planned),
	)
}

// bySource orders sources by what is shown of them.
func bySource(a, b ewgwatch.Source) int {
	return cmp.Or(
		cmp.Compare(a.ID, b.ID), cmp.Compare(a.Name, b.Name), cmp.Compare(a.URL, b.URL), cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.State, b.State), falseFirst(a.StateOwned, b.StateOwned), cmp.Compare(a.Lang, b.Lang),
	)
}

// kept is what is kept of a finding to say later whose voice it is: small, because
// there are many.
type kept struct {
	*page
	id, quote, wire string
	confidence      float64
	foundAt         time.Time
}

// page is what findings of one page share.
type page struct {
	source           *ewgwatch.Source
	url, title, lang string
	published        ewgwatch.Published
	sketch           ewgwatch.Sketch
}

// keeper keeps each source once, and each page where its findings come one after
// the other. What is kept of findings lies in rooms of many, which never move.
type keeper struct {
	sources map[string][]*ewgwatch.Source // by ID; several where they differ
	last    *page
	room    []kept // what is free of the last one
}

const roomSize = 512

func (k *keeper) keep(f *ewgwatch.Finding) *kept {
	if k.last == nil || !k.last.says(f) {
		k.last = &page{source: k.source(&f.Source), url: f.URL, title: f.Title, lang: f.Lang, published: f.Published, sketch: f.Sketch}
	}
	return k.place(kept{
		page: k.last, id: f.ID, quote: f.Quote, wire: f.Wire, confidence: f.Confidence, foundAt: f.FoundAt,
	})
}

// place puts what is kept where it never moves.
func (k *keeper) place(what kept) *kept {
	if len(k.room) == 0 {
		k.room = make([]kept, roomSize)
	}
	made := &k.room[0]
	k.room = k.room[1:]
	*made = what
	return made
}

func (p *page) says(f *ewgwatch.Finding) bool {
	return p.url == f.URL && p.title == f.Title && p.lang == f.Lang && p.published == f.Published && bySource(*p.source, f.Source) == 0 && slices.Equal(p.sketch, f.Sketch)
}

func (k *keeper) source(s *ewgwatch.Source) *ewgwatch.Source {
	known := k.sources[s.ID]
	at := slices.IndexFunc(known, func(other *ewgwatch.Source) bool { return bySource(*other, *s) == 0 })
	if at >= 0 {
		return known[at]
	}
	made := *s
	k.sources[s.ID] = append(known, &made)
	return &made
}

func (k *kept) witness(planned bool) Witness {
	return Witness{
		ID: k.id, Source: *k.source, Published: k.published, URL: k.url, Title: k.title, Quote: k.quote, Lang: k.lang,
		Wire: k.wire, Confidence: k.confidence, FoundAt: k.foundAt, Planned: planned,
	}
}

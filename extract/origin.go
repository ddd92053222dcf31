package extract

import (
	"ewgwatch"
	"ewgwatch/extract/wire"
)

// trace notes what tells an article from its copies: the agency that it says it is
// from, and the sketch of its text.
func (p *opened) trace() {
	s := origin(p.article)
	for _, t := range p.doc.Trimmed {
		s.Cut = append(s.Cut, t.Text)
	}
	p.article.Wire = wire.Of(s)
	p.article.Sketch = ewgwatch.SketchOf(p.article.Text)
}

// origin is what an article says of where it is from.
func origin(a ewgwatch.Article) wire.Story {
	return wire.Story{URL: a.URL, Title: a.Title, Text: a.Text, Authors: a.Authors, State: publisher(a)}
}

// attributed returns a finding with the agency that its own sentence names, where it
// does: a paper's own report may have but one sentence from TASS.
func (r *reading) attributed(f ewgwatch.Finding) ewgwatch.Finding {
	if code := wire.In(f.Quote, origin(r.article)); code != "" {
		f.Wire = code
	}
	return f
}

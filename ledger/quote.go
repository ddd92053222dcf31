package ledger

import (
	"slices"

	"ewgwatch"
)

// quotes keeps each quote once, and works out what is compared of it at the first
// asking.
type quotes struct {
	raw    numbering
	words  numbering // of those too short for a shingle
	prints []imprint // by number of the raw one
}

// imprint is what is compared of a quote. A sieve tells most of them apart; the
// shingles, which are dearer to make, are asked for where it does not.
type imprint struct {
	done   bool
	words  int32 // number of a normalised quote too short for a shingle; else none
	sieve  sieve
	raw    string
	sorted []uint32 // hashes of shingles, each once; see shingles
}

func (q *quotes) of(quote string) int32 { return q.raw.of(quote) }

// imprint returns that of a quote by its number. It holds until a quote is new.
func (q *quotes) imprint(number int32) *imprint {
	if missing := len(q.raw.all) - len(q.prints); missing > 0 {
		q.prints = append(q.prints, make([]imprint, missing)...)
	}
	p := &q.prints[number]
	if !p.done {
		q.print(p, q.raw.all[number])
	}
	return p
}

func (q *quotes) print(p *imprint, raw string) {
	*p = imprint{done: true, words: none, raw: raw}
	words := ewgwatch.NormaliseQuote(raw)
	for hash := range ewgwatch.ShingleSeq(words, 1) {
		p.sieve.add(hash)
	}
	p.sieve.close()
	if p.sieve.kept == 0 {
		p.words = q.words.of(words)
	}
}

// forget frees what is dear to keep of some quotes; it is made again where it is asked
// for.
func (q *quotes) forget(said []saying) {
	for _, s := range said {
		if s.quote != none && int(s.quote) < len(q.prints) {
			q.prints[s.quote].sorted = nil
		}
	}
}

// shingles returns the hashes of a quote's shingles, sorted, each once; none for
// a very short quote.
func (p *imprint) shingles() []uint32 {
	if p.sorted == nil && p.sieve.kept > 0 {
		p.sorted = slices.Clip(ewgwatch.Shingles(ewgwatch.NormaliseQuote(p.raw), 1))
	}
	return p.sorted
}

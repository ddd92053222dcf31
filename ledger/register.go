package ledger

import (
	"strings"

	"ewgwatch"
)

// register numbers publishers, agencies, quotes and texts, each once however many
// findings have it.
type register struct {
	publishers, wires numbering
	quotes            quotes
	stories           stories
	firsts            [5]firsts // of publisher, wire, story, quote and words
}

// saying is what independence asks of a finding, as numbers; none where unknown.
type saying struct{ publisher, wire, quote, story int32 }

const none = -1

func newRegister() *register {
	return &register{
		publishers: newNumbering(), wires: newNumbering(),
		quotes: quotes{raw: newNumbering(), words: newNumbering()}, stories: stories{numbers: map[uint64]int32{}},
	}
}

// fork returns a register for another to compare with what this one knows, at the
// same time; neither may learn meanwhile.
func (r *register) fork() *register {
	return &register{
		publishers: r.publishers, wires: r.wires,
		quotes: quotes{raw: r.quotes.raw, words: newNumbering()}, stories: stories{sketches: r.stories.sketches},
	}
}

func (r *register) saying(source, wire, quote string, sketch ewgwatch.Sketch) saying {
	return saying{publisher: r.publishers.of(publisher(source)), wire: r.wires.of(wire), quote: r.quotes.of(quote), story: r.stories.of(sketch)}
}

// publisher returns the host a source stands on, with its port.
func publisher(source string) string {
	host, _, _ := strings.Cut(source, "/")
	return host
}

// forest joins the sayings that are one voice.
func (r *register) forest(sayings []saying) *forest {
	f := newForest(len(sayings))
	for i := range r.firsts {
		r.firsts[i].begin()
	}
	var told []story
	for i, s := range sayings {
		at := int32(i)
		r.joinFirst(f, 0, s.publisher, at)
		r.joinFirst(f, 1, s.wire, at)
		if r.joinFirst(f, 2, s.story, at) {
			told = append(told, story{at: at, number: s.story})
		}
	}
	if f.trees > 1 {
		r.stories.join(f, told)
	}
	if f.trees > 1 {
		r.joinQuotes(f, sayings)
	}
	return f
}

func (r *register) joinQuotes(f *forest, sayings []saying) {
	var texts []text
	for i, s := range sayings {
		at := int32(i)
		if !r.joinFirst(f, 3, s.quote, at) {
			continue
		}
		p := r.quotes.imprint(s.quote)
		r.joinFirst(f, 4, p.words, at)
		if p.sieve.kept > 0 {
			texts = append(texts, text{at: at, imprint: p})
		}
	}
	f.joinAlike(texts)
}

// joinFirst joins one with the first of the same number, and reports whether it
// has a number and is that first.
func (r *register) joinFirst(f *forest, kind int, number, at int32) bool {
	if number == none {
		return false
	}
	first := r.firsts[kind].of(number, at)
	if first != at {
		f.join(first, at)
	}
	return first == at
}

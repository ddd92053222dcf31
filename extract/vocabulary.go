package extract

import (
	"slices"
	"strings"
	"sync"

	"ewgwatch/extract/lexicon"
	"ewgwatch/extract/match"
)

// vocabulary is the phrases of some languages, ready to be found in a text.
type vocabulary struct {
	parts  []part // by pattern of the finder
	finder *match.Finder
}

// part is one of the parts of a phrase.
type part struct {
	phrase  *lexicon.Phrase
	index   int
	letters letters
	last    bool // of its phrase
}

// vocabularies are made as languages turn up and kept: there is one for each
// language with its kin, a few megabytes in all.
type vocabularies struct {
	wanted func(lexicon.Role) bool
	mu     sync.Mutex
	made   map[string]*vocabulary // by languages
}

// names are states and topic words, grammar is everything else. They are kept
// apart because every page is scanned for the one and few for the other.
var (
	names   = &vocabularies{wanted: isName}
	grammar = &vocabularies{wanted: func(r lexicon.Role) bool { return !isName(r) }}
)

func isName(role lexicon.Role) bool {
	switch role {
	case lexicon.Forum, lexicon.Group, lexicon.Panel, lexicon.CT, lexicon.Rival, lexicon.Asean, lexicon.Kind:
		return true
	}
	return isStateRole(role)
}

// of returns the vocabulary of some languages. Those that the lexicon has no
// file for add nothing.
func (v *vocabularies) of(langs []string) *vocabulary {
	v.mu.Lock()
	defer v.mu.Unlock()
	var known []string
	for _, lang := range words().Langs {
		if slices.Contains(langs, lang) {
			known = append(known, lang)
		}
	}
	key := strings.Join(known, " ")
	if made, ok := v.made[key]; ok {
		return made
	}
	if v.made == nil {
		v.made = map[string]*vocabulary{}
	}
	v.made[key] = newVocabulary(func(p *lexicon.Phrase) bool { return v.wanted(p.Role) && slices.Contains(known, p.Lang) })
	return v.made[key]
}

func newVocabulary(wanted func(*lexicon.Phrase) bool) *vocabulary {
	v := &vocabulary{}
	var patterns []match.Pattern
	phrases := words().Phrases
	for i := range phrases {
		p := &phrases[i]
		if !wanted(p) {
			continue
		}
		for i, text := range p.Parts {
			last := i == len(p.Parts)-1
			v.parts = append(v.parts, part{p, i, lettersOf(p, text), last})
			patterns = append(patterns, match.Pattern{Text: text, Open: p.Prefix && last, Onto: p.Role == lexicon.Suffix})
		}
	}
	v.finder = match.Build(patterns)
	return v
}

// words returns the embedded lexicon. It is checked by a test, so a mistake in
// it cannot reach a user; words panics.
func words() *lexicon.Lexicon {
	all, err := lexicon.Default()
	if err != nil {
		panic(err)
	}
	return all
}

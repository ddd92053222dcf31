// Package match finds many fixed phrases in a text at once, whatever their case
// and typography: a trie over folded text, walked from every place where a word
// may begin, or an ending that is written onto one. Matches overlap, are whole words, and lie in the original bytes. It
// knows nothing of languages or of what the phrases mean.
//
// The libraries looked at either drop overlapping matches, which hides "port"
// in "port strike", or do not say where in the original a match stands. An
// Aho-Corasick automaton, which needs no places to begin at, reads every letter
// of every word; most words here are left after two.
package match

import "unicode/utf8"

// Pattern is a phrase to look for.
type Pattern struct {
	Text string
	Open bool // the word may go on after it: "Myanma" in "Myanmar"
	Onto bool // it may be written onto the word before it, as endings are
}

// Match is one occurrence of a pattern in the original text.
type Match struct {
	Pattern int // index into the patterns given to Build
	Start   int // byte offset into the original text
	End     int
}

// Finder finds a fixed set of patterns. It is immutable and safe for
// concurrent use.
type Finder struct {
	patterns []Pattern
	alphabet *alphabet
	trie     trie
	onto     trie // of the patterns that may begin within a word
	words    *words
}

// Build prepares a finder for patterns, which are folded first. Empty patterns
// never match. A pattern given twice matches twice.
func Build(patterns []Pattern) *Finder {
	folded := make([]string, len(patterns))
	for i, p := range patterns {
		folded[i] = fold(p.Text)
	}
	a := newAlphabet(folded)
	f := &Finder{patterns: patterns, alphabet: a, words: everyWord()}
	f.trie = newTrie(folded, a, func(int) bool { return true })
	f.onto = newTrie(folded, a, func(i int) bool { return patterns[i].Onto })
	return f
}

// Find calls yield for every occurrence of every pattern as a whole word, by
// its start, the longest first, until yield returns false.
func (f *Finder) Find(text string, yield func(Match) bool) {
	var room [16]stop
	inWord, inSpace := false, false
	for at := 0; at < len(text); {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		word, l := f.words.has(r), f.alphabet.of(r)
		trie := &f.trie
		if word && inWord {
			trie = &f.onto
		}
		begins := !(l == blank && inSpace) && trie.child(root, l) != dead
		if begins && !f.report(trie, at, f.walk(trie, text, at, room[:0]), yield) {
			return
		}
		at += size
		if inWord = word; word && f.onto.empty() {
			at = f.words.skipASCII(text, at)
		}
		inSpace = l == blank || l == gone && inSpace
	}
}

// stop is a place where patterns end.
type stop struct {
	final int32 // of the state there
	at    int   // original offset just after their last character
	whole bool  // a word ends there as well
}

// walk follows a trie from a place on and collects the stops it comes by.
func (f *Finder) walk(trie *trie, text string, at int, stops []stop) []stop {
	state, inSpace := root, false
	for at < len(text) {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		at += size
		l := f.alphabet.of(r)
		if l == gone || l == blank && inSpace {
			continue
		}
		inSpace = l == blank
		if state = trie.child(state, l); state == dead {
			return stops
		}
		if final := trie.states[state].final; final != 0 {
			stops = append(stops, stop{final, at, f.words.endsAt(text, at)})
		}
	}
	return stops
}

// report yields what ends at the stops of one walk, the farthest first.
func (f *Finder) report(trie *trie, start int, stops []stop, yield func(Match) bool) bool {
	for i := len(stops) - 1; i >= 0; i-- {
		s := &stops[i]
		for _, p := range trie.final[s.final] {
			if (s.whole || f.patterns[p].Open) && !yield(Match{int(p), start, s.at}) {
				return false
			}
		}
	}
	return true
}

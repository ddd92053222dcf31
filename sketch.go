package ewgwatch

import (
	"math"
	"slices"
	"unicode"
)

// Sketch is what is kept of a text to tell copies of it by: of the hashes of its
// shingles, runs of some words, the lowest, sorted (Broder, "On the resemblance and
// containment of documents", 1997). It tells nothing of what the text says. nil is
// of a text that is too short to be told apart, or that is not known.
type Sketch []uint32

const (
	sketchSize   = 48 // hashes kept of a text
	sketchRun    = 4  // a shingle is about as many words long: shorter ones, "took part in the", are everybody's
	sketchLeast  = 8  // hashes without which a text is too short
	sketchCommon = 6  // hashes that copies share at least …
	sketchShare  = 2  // … and one of so many of those that either could share
)

// SketchOf returns the sketch of a text.
func SketchOf(text string) Sketch {
	hashes := Shingles(NormaliseQuote(text), sketchRun)
	if len(hashes) < sketchLeast {
		return nil
	}
	return slices.Clone(hashes[:min(len(hashes), sketchSize)])
}

// Copies reports whether one of two texts is mostly made of the other: the same
// words, also where one was cut short, or has a paragraph more. It is an estimate
// from what is kept of both, and says no where that is too little.
func (s Sketch) Copies(other Sketch) bool {
	if len(s) == 0 || len(other) == 0 {
		return false
	}
	bound := min(s.known(), other.known())
	a, b := s.upTo(bound), other.upTo(bound)
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common++
			i++
			j++
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return common >= sketchCommon && common*sketchShare >= min(len(a), len(b))
}

// known is up to where all hashes of the text are in its sketch.
func (s Sketch) known() uint32 {
	if len(s) < sketchSize {
		return math.MaxUint32
	}
	return s[len(s)-1]
}

func (s Sketch) upTo(bound uint32) Sketch {
	n, found := slices.BinarySearch(s, bound)
	if found {
		n++
	}
	return s[:n]
}

// Shingles returns the hashes of the shingles of a text, sorted, each once: runs of
// so many times the characters that make about a word in the script they begin in,
// so that a changed word weighs the same in a Chinese sentence as in an English one.
// The hash is FNV-1a over runes; that two shingles share one is too rare to matter.
// Texts are to be normalised before, as by NormaliseQuote.
func Shingles(words string, times int) []uint32 {
	runes := []rune(words)
	hashes := make([]uint32, 0, len(runes))
	for i, first := range runes {
		end := i + times*wordLength(first)
		if end > len(runes) {
			continue
		}
		hash := uint32(2166136261)
		for _, r := range runes[i:end] {
			hash = (hash ^ uint32(r)) * 16777619
		}
		hashes = append(hashes, hash)
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// wordLength is about how many characters make a word in the script of one.
func wordLength(r rune) int {
	switch {
	case r < 0x1100:
		return 5
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return 2
	case unicode.Is(unicode.Hangul, r):
		return 3
	}
	return 5
}

package ewgwatch

import (
	"iter"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Sketch is what is kept of a text to tell copies of it by: of the hashes of its
// shingles, runs of some words, the lowest, sorted (Broder, "On the resemblance and
// containment of documents", 1997). It tells nothing of what the text says. nil is
// of a text that is too short to be told apart, or that is not known.
type Sketch []uint32

const (
	sketchSize  = 48 // hashes kept of a text
	sketchRun   = 4  // a shingle is about as many words long: shorter ones, "took part in the", are everybody's
	sketchLeast = 40 // words, about, without which a text is too short: one sentence may be anybody's
)

// SketchCommon is how many hashes the sketches of copies share at least. With fewer
// a text of one sentence would pass for a copy of any that names the same group.
const SketchCommon = 10

// The share of the hashes which both could have that copies have in common at least.
const (
	sketchShareOver  = 3
	sketchShareUnder = 5
)

// SketchOf returns the sketch of a text.
func SketchOf(text string) Sketch {
	words := NormaliseQuote(text)
	if count(words) < sketchLeast {
		return nil
	}
	lowest := make(Sketch, 0, sketchSize+1)
	for hash := range ShingleSeq(words, sketchRun) {
		if len(lowest) == sketchSize && hash >= lowest[sketchSize-1] {
			continue
		}
		if at, have := slices.BinarySearch(lowest, hash); !have {
			lowest = slices.Insert(lowest, at, hash)
			lowest = lowest[:min(len(lowest), sketchSize)]
		}
	}
	return slices.Clip(lowest)
}

// count returns about how many words a text has, in whatever script.
func count(words string) int {
	n := 0.0
	for _, r := range words {
		n += 1 / float64(wordLength(r))
	}
	return int(n)
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
	return common >= SketchCommon && common*sketchShareUnder >= min(len(a), len(b))*sketchShareOver
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

// Shingles returns the hashes of the shingles of a text, sorted, each once.
// Texts are to be normalised before, as by NormaliseQuote.
func Shingles(words string, times int) []uint32 {
	return slices.Compact(slices.Sorted(ShingleSeq(words, times)))
}

// ShingleSeq yields the hashes of the shingles of a text in its order: runs of so
// many times the characters that make about a word in the script they begin in, so
// that a changed word weighs the same in a Chinese sentence as in an English one.
// The hash is FNV-1a over runes; that two shingles share one is too rare to matter.
func ShingleSeq(words string, times int) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		if strings.IndexFunc(words, func(r rune) bool { return r > unicode.MaxASCII }) < 0 {
			yieldShingles([]byte(words), times, yield)
			return
		}
		yieldShingles([]rune(words), times, yield)
	}
}

func yieldShingles[T byte | rune](words []T, times int, yield func(uint32) bool) {
	for i, first := range words {
		end := i + times*wordLength(rune(first))
		if end > len(words) {
			continue
		}
		hash := uint32(2166136261)
		for _, r := range words[i:end] {
			hash = (hash ^ uint32(r)) * 16777619
		}
		if !yield(hash) {
			return
		}
	}
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

package ledger

import (
	"slices"
	"unicode"

	"ewgwatch"
)

// quotes keeps each quote and each publisher once, however many findings cite
// them, and works out what is compared of a quote at the first asking.
type quotes struct {
	publishers map[string]int
	numbers    map[string]int // of raw quotes
	words      map[string]int // of normalised ones
	raw        []string
	prints     []imprint
}

// saying is what independence asks of a finding.
type saying struct {
	publisher int // number; none where unknown
	quote     int // number
}

const none = -1

// imprint is what is compared of a quote.
type imprint struct {
	done     bool
	words    int      // number of the normalised quote; none where it holds no word
	shingles []uint32 // hashes, sorted, each once; empty for a very short quote
}

func newQuotes() *quotes {
	return &quotes{publishers: map[string]int{"": none}, numbers: map[string]int{}, words: map[string]int{"": none}}
}

func (q *quotes) saying(f ewgwatch.Finding) saying {
	at := number(q.numbers, f.Quote)
	if at == len(q.raw) {
		q.raw = append(q.raw, f.Quote)
		q.prints = append(q.prints, imprint{})
	}
	return saying{publisher: number(q.publishers, publisher(f.Source)), quote: at}
}

// number returns the number of a text, the next free one for a new text.
func number(numbers map[string]int, text string) int {
	n, known := numbers[text]
	if !known {
		n = len(numbers)
		numbers[text] = n
	}
	return n
}

func (q *quotes) imprint(at int) imprint {
	if p := &q.prints[at]; !p.done {
		words := ewgwatch.NormaliseQuote(q.raw[at])
		*p = imprint{done: true, words: number(q.words, words), shingles: shingles(words)}
	}
	return q.prints[at]
}

// shingles returns the hashes of the shingles of a text, sorted, each once. The
// hash is FNV-1a over runes; that two shingles share one is too rare to matter.
func shingles(words string) []uint32 {
	runes := []rune(words)
	hashes := make([]uint32, 0, len(runes))
	for i, first := range runes {
		end := i + shingleLength(first)
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

// shingleLength returns how many characters a shingle has that begins with one:
// about a word's worth in its script, so that a changed word weighs the same in
// a Chinese sentence as in an English one.
func shingleLength(first rune) int {
	switch {
	case first < 0x1100:
		return 5
	case unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana):
		return 2
	case unicode.Is(unicode.Hangul, first):
		return 3
	}
	return 5
}

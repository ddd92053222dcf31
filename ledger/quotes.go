package ledger

import "ewgwatch"

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
		*p = imprint{done: true, words: number(q.words, words), shingles: ewgwatch.Shingles(words, 1)}
	}
	return q.prints[at]
}

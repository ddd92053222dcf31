package document

import (
	"strings"
	"unicode"
)

// shingles are the text's runs of four tokens; a character of a script without
// spaces is a token.
func shingles(text string) map[string]int {
	var tokens []string
	word := strings.Builder{}
	flush := func() {
		if word.Len() > 0 {
			tokens = append(tokens, word.String())
			word.Reset()
		}
	}
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			flush()
			tokens = append(tokens, string(r))
		case unicode.In(r, unicode.L, unicode.N) || r == '_':
			word.WriteRune(r)
		default:
			flush()
		}
	}
	flush()
	set := map[string]int{}
	if len(tokens) > 0 && len(tokens) < 4 {
		set[strings.Join(tokens, " ")]++
	}
	for i := 0; i+4 <= len(tokens); i++ {
		set[strings.Join(tokens[i:i+4], " ")]++
	}
	return set
}

// score adds up pages as scrapinghub's evaluate.py does: precision and recall
// a page, their means, and F1 of the means.
type score struct {
	pages, p, r float64
}

func precisionRecall(want, have string) (p, r float64) {
	a, b := shingles(want), shingles(have)
	var tp, fp, fn float64
	for s, n := range a {
		tp += float64(min(n, b[s]))
		fn += float64(max(0, n-b[s]))
	}
	for s, n := range b {
		fp += float64(max(0, n-a[s]))
	}
	if fp == 0 && fn == 0 {
		return 1, 1
	}
	if tp == 0 {
		return 0, 0
	}
	return tp / (tp + fp), tp / (tp + fn)
}

func (s *score) add(want, have string) float64 {
	p, r := precisionRecall(want, have)
	s.pages++
	s.p += p
	s.r += r
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func (s *score) f1() float64 {
	if s.pages == 0 {
		return 0
	}
	p, r := s.p/s.pages, s.r/s.pages
	return 2 * p * r / (p + r)
}

package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ewgwatch/extract/lexicon"
)

// span is a stretch of an article's text, in bytes.
type span struct{ start, end int }

func (s span) of(text string) string   { return text[s.start:s.end] }
func (s span) holds(other span) bool   { return s.start <= other.start && other.end <= s.end }
func (s span) overlaps(o span) bool    { return s.start < o.end && o.start < s.end }
func (s span) distance(other span) int { return max(0, other.start-s.end, s.start-other.end) }

// sentence is one sentence of a text, and the number of its paragraph.
type sentence struct {
	span
	paragraph int
}

// sentences parts a text. A line feed always ends a sentence; a full stop does
// where it is not part of an abbreviation, an initial or a number. Thai, Lao,
// Khmer and Burmese write none between sentences but their own marks, so there
// a paragraph may be one sentence.
func sentences(text string) []sentence {
	var all []sentence
	start, paragraph := 0, 0
	cut := func(end int) {
		for s := trim(text, span{start, end}); s.start < s.end; {
			part := shorten(text, s)
			all = append(all, sentence{part, paragraph})
			s = trim(text, span{part.end, s.end})
		}
		start = end
	}
	for i, r := range text {
		end := i + utf8.RuneLen(max(r, 0))
		switch {
		case r == utf8.RuneError:
		case r == '\n':
			cut(i)
			paragraph++
		case strings.ContainsRune("。！？।။៕។", r):
			cut(closing(text, end))
		case (r == '.' || r == '!' || r == '?') && i >= start && ends(text, i, end):
			cut(closing(text, end))
		}
	}
	cut(len(text))
	return all
}

// reopened parts sentences once more where a word that begins one stands behind
// a space: Thai and Lao write a whole paragraph without a full stop. words are
// sorted by start.
func reopened(text string, all []sentence, words []hit) []sentence {
	var parted []sentence
	for _, s := range all {
		for _, w := range inside(words, s.span, hit.at) {
			if w.Role == lexicon.Opens && w.start > s.start && strings.TrimRightFunc(text[s.start:w.start], unicode.IsSpace) != text[s.start:w.start] {
				parted = append(parted, sentence{trim(text, span{s.start, w.start}), s.paragraph})
				s.start = w.start
			}
		}
		parted = append(parted, s)
	}
	return parted
}

// longestSentence, in bytes. What goes on longer is no sentence but a list or a
// page without stops, and is parted between words.
const longestSentence = 3000

// shorten cuts a sentence that is too long at its last space, or anywhere
// between two characters where it has none.
func shorten(text string, s span) span {
	if s.end-s.start <= longestSentence {
		return s
	}
	end := s.start + longestSentence
	for end > s.start && !utf8.RuneStart(text[end]) {
		end--
	}
	if end == s.start {
		end += longestSentence // no text, but bytes that begin no character
	}
	if space := strings.LastIndexAny(text[s.start:end], " ,;，、"); space > longestSentence/2 {
		end = s.start + space
	}
	return trim(text, span{s.start, end})
}

// closing takes closing quotes and brackets into the sentence they end.
func closing(text string, end int) int {
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune(`"'”’»」』)]）`, r) {
			break
		}
		end += size
	}
	return end
}

func trim(text string, s span) span {
	inner := strings.TrimLeftFunc(s.of(text), unicode.IsSpace)
	s.start = s.end - len(inner)
	s.end = s.start + len(strings.TrimRightFunc(inner, unicode.IsSpace))
	return s
}

// ends reports whether the mark at i, with the rest of the text from next on,
// ends a sentence.
func ends(text string, i, next int) bool {
	rest := text[closing(text, next):]
	if rest == "" {
		return true
	}
	after, _ := utf8.DecodeRuneInString(rest)
	if !unicode.IsSpace(after) {
		return false
	}
	follower, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(rest, unicode.IsSpace))
	if unicode.IsLower(follower) || text[i] != '.' {
		return text[i] != '.' && !unicode.IsLower(follower)
	}
	return !abbreviation(lastWord(text[:i]), follower)
}

// longestWord is a length in bytes that no word of a table reaches.
const longestWord = 64

// lastWord returns the word that a text ends in, or the end of one that no
// table holds.
func lastWord(before string) string {
	before = before[max(0, len(before)-longestWord):]
	i := strings.LastIndexFunc(before, func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == '"' || r == '“' })
	return before[i+1:]
}

// abbreviations end in a full stop that ends no sentence when a capital
// follows; those in the second table when a digit does.
var (
	abbreviations = wordSet("lt col gen maj capt sgt brig adm vice-adm cdr cmdr mr mrs ms dr prof st gov sen rep rev hon jr sr vs etc no nos fig " +
		"u.s u.n u.k e.g i.e a.k.a p.m a.m ltn maj.-gen lt.-gen lt.gen " +
		"letjen mayjen brigjen marsdya laksdya jend kol ir drs hj h tn ny dll dsb jl " +
		"г гг ген полк им ул пр стр т др см рис " +
		"gral cel cnel sr sra m mm mme " +
		"ts ths pgs gs tp")
	beforeDigits = wordSet("jan feb mar apr jun jul aug sep sept oct nov dec no nos vol art")
)

func abbreviation(word string, follower rune) bool {
	word = strings.ToLower(word)
	if first, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsLetter(first) && follower < utf8.RuneSelf {
		return true // an initial
	}
	if unicode.IsDigit(follower) {
		return beforeDigits[word] || abbreviations[word]
	}
	return abbreviations[word]
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

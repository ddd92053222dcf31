package charset

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"
)

// Zawgyi mends Burmese text typed for the Zawgyi-One font, which gives the
// code points of Unicode's Myanmar block other meanings and stores what is
// seen from left to right. It returns the text in Unicode, in normal form C,
// and true; or the text as it is and false where that is Unicode already, or
// has too little Burmese to tell.
//
// The rules are written after the two encodings' own descriptions (Unicode
// Technical Note 11 for the order of a syllable); zawgyi.tsv holds the table.
func Zawgyi(text string) (string, bool) {
	if !strings.Contains(text, "\xe1\x80") && !strings.Contains(text, "\xe1\x81") {
		return text, false // no letter of the block
	}
	runes := []rune(text)
	if !looksZawgyi(runes) {
		return text, false
	}
	return mend(runes), true
}

// Signs whose place or meaning differs between the two.
const (
	signE       = '\u1031' // stored before its consonant in Zawgyi, behind it in Unicode
	signAsat    = '\u103A'
	signVirama  = '\u1039' // Zawgyi's asat
	zawgyiKinzi = '\u1064'
	zawgyiRa    = '\u103B' // before its consonant
)

// looksZawgyi weighs what only one of the two can have.
func looksZawgyi(runes []rune) bool {
	zawgyi, unicode, extended := 0, 0, 0
	at := func(i int) rune {
		if i < 0 || i >= len(runes) {
			return ' '
		}
		return runes[i]
	}
	for i, r := range runes {
		if r < '\u1000' || r > '\u109F' {
			continue
		}
		before, next := at(i-1), at(i+1)
		zawgyi += zawgyiSign(before, r, next)
		unicode += unicodeSign(before, r, next)
		if r >= '\u1060' && r <= '\u1097' {
			extended++
		}
	}
	if zawgyi == 0 { // letters of Shan, Mon and Karen, or a word or two of Zawgyi
		extended = min(extended, 1)
	}
	return zawgyi+extended > unicode
}

// zawgyiSign counts what no Unicode Burmese holds.
func zawgyiSign(before, r, next rune) int {
	switch {
	case r == signE && !carries(before):
		return 2 // nothing for it to stand behind
	case r == signVirama && !consonant(next):
		return 2 // nothing to stack
	case r == zawgyiRa && !carries(before):
		return 2
	case r == signE && (next == zawgyiRa || next >= '\u107E' && next <= '\u1084'):
		return 1
	}
	return 0
}

// unicodeSign counts what no Zawgyi holds.
func unicodeSign(before, r, next rune) int {
	switch {
	case r == signE && carries(before) && !consonant(next) && next != zawgyiRa && next < '\u106A':
		return 1
	case r == signAsat && consonant(before) && (next == '\u1038' || next == '\u1037' || next == ' ' || next == '\u104A' || next == '\u104B'):
		return 1
	case r == '\u103E', r == '\u103F':
		return 1
	}
	return 0
}

func consonant(r rune) bool {
	return r >= '\u1000' && r <= '\u102A' || r == '\u103F'
}

// carries reports whether a vowel sign may stand behind r in Unicode.
func carries(r rune) bool {
	return consonant(r) || r >= '\u103B' && r <= '\u103E'
}

// table is zawgyi.tsv.
//
//go:embed zawgyi.tsv
var tableLines string

var table = sync.OnceValue(func() map[rune][]rune {
	all := map[rune][]rune{}
	for line := range strings.Lines(tableLines) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || line[0] == '#' {
			continue
		}
		for point := range strings.FieldsSeq(to) {
			all[codePoint(from)] = append(all[codePoint(from)], codePoint(point))
		}
	}
	return all
})

func codePoint(hex string) rune {
	n, err := strconv.ParseUint(hex, 16, 21)
	if err != nil {
		panic(err) // the table is part of the program
	}
	return rune(n)
}

// mend reads syllable by syllable: what stands before a consonant, the
// consonant, and what stands behind it.
func mend(runes []rune) string {
	var out strings.Builder
	for i := 0; i < len(runes); {
		s, next := readSyllable(runes, i)
		if next == i {
			out.WriteRune(runes[i])
			i++
			continue
		}
		s.write(&out)
		i = next
	}
	return norm.NFC.String(out.String())
}

// syllable is a consonant with all that belongs to it.
type syllable struct {
	kinzi bool
	base  []rune // the consonant, with what is stacked under it
	marks []rune
}

// readSyllable returns i where no syllable begins.
func readSyllable(runes []rune, i int) (s syllable, next int) {
	start := i
	for i < len(runes) && (runes[i] == signE || leadingRa(runes[i])) && i-start < 3 {
		s.add(runes[i])
		i++
	}
	if i >= len(runes) || !zawgyiLetter(runes, i) {
		return s, start
	}
	s.letter(runes, i)
	for i++; i < len(runes) && trailing(runes[i]); i++ {
		s.add(runes[i])
	}
	return s, i
}

func leadingRa(r rune) bool { return r == zawgyiRa || r >= '\u107E' && r <= '\u1084' }

// zawgyiLetter is true of what may carry marks: a consonant, or a nought typed
// for the letter wa, which looks the same.
func zawgyiLetter(runes []rune, i int) bool {
	r := runes[i]
	switch r {
	case '\u106A', '\u106B', '\u106E', '\u106F', '\u1086', '\u108F', '\u1090', '\u1091', '\u1092', '\u1097':
		return true
	case '\u1040':
		return i+1 < len(runes) && (trailing(runes[i+1]) || consonant(runes[i+1]) || runes[i+1] == signE) && (i == 0 || !burmeseDigit(runes[i-1])) ||
			i > 0 && (runes[i-1] == signE || leadingRa(runes[i-1]))
	}
	return consonant(r) && r != '\u103F'
}

func burmeseDigit(r rune) bool { return r >= '\u1040' && r <= '\u1049' }

func trailing(r rune) bool {
	return r >= '\u102B' && r <= '\u103D' && r != signE && r != zawgyiRa || r == '\u105A' || r >= '\u1060' && r <= '\u1069' ||
		r == '\u106C' || r == '\u106D' || r >= '\u1070' && r <= '\u107D' || r == '\u1085' || r >= '\u1087' && r <= '\u108E' || r >= '\u1093' && r <= '\u1096'
}

func (s *syllable) letter(runes []rune, i int) {
	r := runes[i]
	next := rune(0)
	if i+1 < len(runes) {
		next = runes[i+1]
	}
	switch {
	case r == '\u1040':
		s.base = append(s.base, '\u101D')
	case r == '\u1025' && (next == signVirama || next == '\u1039'):
		s.base = append(s.base, '\u1009')
	case table()[r] != nil:
		s.base = append(s.base, table()[r]...)
	default:
		s.base = append(s.base, r)
	}
}

// add takes one sign apart into Unicode ones.
func (s *syllable) add(r rune) {
	mapped := table()[r]
	switch {
	case r == zawgyiKinzi:
		s.kinzi = true
	case mapped == nil:
		s.marks = append(s.marks, r)
	case mapped[0] == signVirama:
		s.base = append(s.base, mapped[:2]...)
		s.marks = append(s.marks, mapped[2:]...)
	case mapped[0] == zawgyiKinzi:
		s.kinzi = true
		s.marks = append(s.marks, mapped[1:]...)
	default:
		s.marks = append(s.marks, mapped...)
	}
}

// order of the signs behind a consonant in Unicode: medials, vowels, tones.
const order = "\u103B\u103C\u103D\u103E\u1031\u102D\u102E\u1032\u102F\u1030\u102B\u102C\u103A\u1036\u1037\u1038"

func (s *syllable) write(out *strings.Builder) {
	slices.SortStableFunc(s.marks, func(a, b rune) int { return strings.IndexRune(order, a) - strings.IndexRune(order, b) })
	if s.kinzi {
		out.WriteString("\u1004\u103A\u1039")
	}
	for _, r := range s.base {
		out.WriteRune(r)
	}
	for _, r := range slices.Compact(s.marks) {
		out.WriteRune(r)
	}
}

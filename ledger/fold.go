package ledger

import (
	"strings"

	"ewgwatch/internal/plain"
)

// marksAtOnce is how many combining marks in a row are printed. No script needs
// as many; a hostile page piles up thousands.
const marksAtOnce = 8

// tame makes foreign text safe to print, on one line.
func tame(text string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		if plain.Width(string(r)) > 0 {
			marks = 0
			return r
		}
		if marks++; marks > marksAtOnce {
			return -1
		}
		return r
	}, plain.Line(text))
}

// fold makes foreign text safe to print and breaks it into at most most lines
// of columns, between words where it can. Words that are wider than a line, as
// sentences of scripts without spaces are, are broken within. What does not fit
// is left out, and an ellipsis says so.
func fold(text string, columns, most int) []string {
	var words []string
	for word := range strings.FieldsSeq(tame(text)) {
		words = append(words, chop(word, columns)...)
	}
	lines := plain.Wrap(strings.Join(words, " "), columns)
	if len(lines) <= most {
		return lines
	}
	lines[most-1] = plain.Cut(lines[most-1]+" "+lines[most], columns)
	return lines[:most]
}

// chop parts a word into pieces no wider than columns, never between a letter
// and the marks that combine with it.
func chop(word string, columns int) []string {
	var pieces []string
	start, width := 0, 0
	for i, r := range word {
		w := plain.Width(string(r))
		if width+w > columns && width > 0 {
			pieces = append(pieces, word[start:i])
			start, width = i, 0
		}
		width += w
	}
	return append(pieces, word[start:])
}

package plain

import "strings"

// Fold makes foreign text safe to print and breaks it into at most most lines
// of columns, between words where it can. Words that are wider than a line, as
// sentences of scripts without spaces are, are broken within. What does not fit
// is left out, and an ellipsis says so.
func Fold(text string, columns, most int) []string {
	var words []string
	for word := range strings.FieldsSeq(Tame(text)) {
		words = append(words, chop(word, columns)...)
	}
	lines := Wrap(strings.Join(words, " "), columns)
	if len(lines) <= most {
		return lines
	}
	lines[most-1] = Cut(lines[most-1]+" "+lines[most], columns)
	return lines[:most]
}

// chop parts a word into pieces no wider than columns, never between a letter
// and the marks that combine with it.
func chop(word string, columns int) []string {
	var pieces []string
	start, width := 0, 0
	for i, r := range word {
		w := runeWidth(r)
		if width+w > columns && width > 0 {
			pieces = append(pieces, word[start:i])
			start, width = i, 0
		}
		width += w
	}
	return append(pieces, word[start:])
}

package wire

// said reports whether the words around a name say that what the sentence tells
// comes from it: "TASS reported", "told the state news agency TASS". That it is
// named alone does not: "outside the headquarters of TASS".
func (n name) said() bool {
	f := around()
	before := fold(near(n.before, -windowSize))
	for {
		for _, form := range f.saidBefore {
			if _, ok := cutWord(before, form); ok {
				return true
			}
		}
		rest, ok := cutAny(before, f.nouns, cutWord)
		if !ok {
			break
		}
		before = rest
	}
	after := fold(near(n.after, windowSize))
	for {
		for _, form := range f.saidAfter {
			if _, ok := leadWord(after, form); ok {
				return true
			}
		}
		rest, ok := cutAny(after, f.nouns, leadWord)
		if !ok {
			return false
		}
		after = rest
	}
}

// cutAny cuts the first of some words that can be cut.
func cutAny(text string, words []string, cut func(text, word string) (string, bool)) (string, bool) {
	for _, word := range words {
		if rest, ok := cut(text, word); ok {
			return rest, true
		}
	}
	return text, false
}

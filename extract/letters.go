package extract

import (
	"unicode"
	"unicode/utf8"

	"ewgwatch/extract/lexicon"
)

// letters says which letters of a form must be capitals where it is found.
type letters uint8

const (
	anyLetters   letters = iota
	capitalFirst         // names with a capital want one
	capitals             // short forms all in capitals (US, TNI) match only so
)

func lettersOf(p *lexicon.Phrase, form string) letters {
	if !isName(p.Role) || p.Role == lexicon.Mask {
		return anyLetters
	}
	if len(form) <= 6 && allCapitals(form) {
		return capitals
	}
	first, _ := utf8.DecodeRuneInString(form)
	if p.Role == lexicon.Kind || p.Role == lexicon.CT || !unicode.IsUpper(first) {
		return anyLetters
	}
	return capitalFirst
}

func (l letters) fit(found string) bool {
	switch l {
	case capitals:
		return allCapitals(found)
	case capitalFirst:
		start, _ := utf8.DecodeRuneInString(found)
		return !unicode.IsLower(start)
	}
	return true
}

func allCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 0
}

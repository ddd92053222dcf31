package match

import "sync"

// alphabet numbers the characters of patterns, so that one look says both how a
// character folds and where it may lead.
type alphabet struct {
	plane  [1 << 16]letter
	beyond map[rune]letter // characters that no 16 bits hold
	size   letter
}

// letter is the number of a character.
type letter uint16

const (
	foreign letter = iota // in no pattern
	gone                  // dropped by folding
	blank                 // the space
)

func newAlphabet(folded []string) *alphabet {
	a := &alphabet{beyond: map[rune]letter{}, size: blank}
	a.set(' ', blank)
	for _, text := range folded {
		for _, r := range text {
			if a.of(r) == foreign {
				a.size++
				a.set(r, a.size)
			}
		}
	}
	for _, t := range twins() {
		if t.folded == dropped {
			a.set(t.r, gone)
			continue
		}
		a.set(t.r, a.of(t.folded))
	}
	return a
}

// of returns the letter of a character as it stands in a text.
func (a *alphabet) of(r rune) letter {
	if r <= 0xFFFF {
		return a.plane[r]
	}
	return a.beyond[r]
}

func (a *alphabet) set(r rune, l letter) {
	if r <= 0xFFFF {
		a.plane[r] = l
		return
	}
	a.beyond[r] = l
}

// spell returns the letters of a folded text.
func (a *alphabet) spell(folded string) []letter {
	letters := make([]letter, 0, len(folded))
	for _, r := range folded {
		letters = append(letters, a.of(r))
	}
	return letters
}

// twin is a character that folds to another.
type twin struct{ r, folded rune }

// twins are all such characters; there is none beyond 16 bits.
var twins = sync.OnceValue(func() []twin {
	var all []twin
	for r := range rune(1 << 16) {
		if folded := foldRune(r); folded != r {
			all = append(all, twin{r, folded})
		}
	}
	return all
})

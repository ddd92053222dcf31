package extract

import (
	"net/url"

	"ewgwatch/extract/lexicon"
)

// LinkScore says how much a link speaks of the topic, from its text and its
// address: 0 for not at all, more for the working group than for any exercise.
// Words of every language count.
func LinkScore(anchor, address string) int {
	text := anchor
	if u, err := url.Parse(address); err == nil {
		text += "\n" + dashless(u.Path)
	}
	has := roles(names.of(words().Langs).scan(text))
	score := 0
	for role, points := range map[lexicon.Role]int{lexicon.Group: 6, lexicon.Forum: 4, lexicon.CT: 4, lexicon.Panel: 2, lexicon.Kind: 2, lexicon.Asean: 1} {
		if has[role] {
			score += points
		}
	}
	return score
}

// dashless parts the words of a path as a sentence does.
func dashless(path string) string {
	out := []rune(path)
	for i, r := range out {
		if r == '-' || r == '_' || r == '/' || r == '.' || r == '+' {
			out[i] = ' '
		}
	}
	return string(out)
}

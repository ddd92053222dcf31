package lang

import (
	"slices"

	"ewgwatch"
)

// Malay and Indonesian share nearly all their function words, so they stand
// together against other languages and are told apart afterwards: by words
// that only one of them has, then by the source's state, then by what the page
// says.

// poolMalay gives Indonesian the score of both, to stand for either.
func poolMalay(scores map[string]float64) {
	scores["id"], scores["ms"] = scores["id"]+scores["ms"], 0
}

func (lex *lexicon) malay(t tally, state ewgwatch.State, declared string) (string, float64) {
	lead := lex.malayLead(t)
	switch {
	case lead >= marker:
		return "ms", min(0.95, 0.7+0.02*lead)
	case lead <= -marker:
		return "id", min(0.95, 0.7-0.02*lead)
	case malayOf(state) != "":
		return malayOf(state), 0.8
	case declared == "ms" || declared == "id":
		return declared, 0.7
	case lead > 0:
		return "ms", 0.5
	}
	return "id", 0.5
}

// malayLead is how far the words that only Malay has outweigh those that only
// Indonesian has.
func (lex *lexicon) malayLead(t tally) (lead float64) {
	ms, id := slices.Index(lex.names, "ms"), slices.Index(lex.names, "id")
	eachWord(t.text, func(w []byte) {
		votes := lex.words[string(w)]
		for _, v := range votes {
			switch {
			case v.weight*float64(len(votes)) < marker:
			case v.language == ms:
				lead += marker
			case v.language == id:
				lead -= marker
			}
		}
	})
	return lead
}

func malayOf(state ewgwatch.State) string {
	switch state {
	case ewgwatch.Indonesia:
		return "id"
	case ewgwatch.Malaysia, ewgwatch.Brunei, ewgwatch.Singapore:
		return "ms"
	}
	return ""
}

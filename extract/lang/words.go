package lang

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ewgwatch"
)

//go:embed words/*.txt
var files embed.FS

// lexicon is what words/ says, read once.
type lexicon struct {
	names   []string // languages, sorted
	words   map[string][]vote
	letters map[rune][]vote
}

// vote is what a word or a letter says for a language.
type vote struct {
	language int
	weight   float64
}

var book = sync.OnceValue(func() *lexicon {
	lex := &lexicon{words: map[string][]vote{}, letters: map[rune][]vote{}}
	entries, err := files.ReadDir("words")
	if err != nil {
		panic(err) // the files are part of the program
	}
	for i, e := range entries {
		text, err := files.ReadFile(path.Join("words", e.Name()))
		if err == nil {
			err = lex.read(i, string(text))
		}
		if err != nil {
			panic(fmt.Errorf("words/%s: %w", e.Name(), err))
		}
		lex.names = append(lex.names, strings.TrimSuffix(e.Name(), ".txt"))
	}
	lex.share()
	return lex
})

// marker is the weight of a word or letter that tells a language from its
// nearest relative.
const marker = 3

// read takes the lines of one file: "words", "markers" or "letters", a colon,
// and what they are, apart by spaces.
func (lex *lexicon) read(language int, text string) error {
	for i, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		label, rest, _ := strings.Cut(line, ":")
		for _, w := range strings.Fields(rest) {
			switch label {
			case "words":
				lex.words[w] = append(lex.words[w], vote{language, 1})
			case "markers":
				lex.words[w] = append(lex.words[w], vote{language, marker})
			case "letters":
				r, _ := utf8.DecodeRuneInString(w)
				lex.letters[r] = append(lex.letters[r], vote{language, 1})
			default:
				return fmt.Errorf("line %d: want words, markers or letters, have %q", i+1, label)
			}
		}
	}
	return nil
}

// share divides a word's weight among the languages that have it.
func (lex *lexicon) share() {
	for _, votes := range lex.words {
		for i := range votes {
			votes[i].weight /= float64(len(votes))
		}
	}
	for _, votes := range lex.letters {
		for i := range votes {
			votes[i].weight /= float64(len(votes))
		}
	}
}

// among chooses among the languages of one script.
func (lex *lexicon) among(script string, t tally, state ewgwatch.State, declared string) (string, float64) {
	scores, words := lex.score(t)
	if script == "Latn" {
		poolMalay(scores)
	}
	candidates := scriptOf[script]
	best, second := top(candidates, scores)
	hits := scores[best]
	switch {
	case hits < enough || hits < 0.04*float64(words):
		return short(script, best, hits, declared, state)
	case declared != "" && !known(declared) && hits < 0.25*float64(words):
		return declared, 0.6 // a language without a file, with letters or words of one that has
	case best == "ms" || best == "id":
		return lex.malay(t, state, declared)
	case hits < 1.15*scores[second] && declared == second:
		return second, 0.5
	}
	return best, min(0.99, 0.5+0.5*(hits-scores[second])/hits)
}

// enough is the score below which a text says too little of its language.
const enough = 2.5

// short trusts the page where the text says too little, if the page names a
// language of this script, or one that is not known here.
func short(script, best string, hits float64, declared string, state ewgwatch.State) (string, float64) {
	switch {
	case declared != "" && (slices.Contains(scriptOf[script], declared) || !known(declared)):
		return declared, 0.6
	case hits > 0 && (best == "ms" || best == "id") && malayOf(state) != "":
		return malayOf(state), 0.4
	case hits > 0:
		return best, 0.3
	case len(scriptOf[script]) > 0 && script != "Latn":
		return scriptOf[script][0], 0.3
	}
	return "", 0
}

func known(tag string) bool {
	for _, languages := range scriptOf {
		if slices.Contains(languages, tag) {
			return true
		}
	}
	return false
}

// score adds up the votes of words and letters.
func (lex *lexicon) score(t tally) (scores map[string]float64, words int) {
	sums := make([]float64, len(lex.names))
	eachWord(norm.NFC.String(t.text), func(w []byte) {
		words++
		for _, v := range lex.words[string(w)] {
			sums[v.language] += v.weight
		}
	})
	for r, n := range t.letters {
		for _, v := range lex.letters[r] {
			sums[v.language] += v.weight * float64(n)
		}
	}
	scores = map[string]float64{}
	for i, s := range sums {
		scores[lex.names[i]] = s
	}
	return scores, words
}

func top(candidates []string, scores map[string]float64) (best, second string) {
	ranked := slices.Clone(candidates)
	slices.SortStableFunc(ranked, func(a, b string) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	return ranked[0], ranked[1]
}

// eachWord calls f with every word of letters, marks and inner apostrophes in
// lower case.
func eachWord(text string, f func(word []byte)) {
	var buf [64]byte
	word := buf[:0]
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf && r|0x20 >= 'a' && r|0x20 <= 'z':
			word = append(word, byte(r|0x20))
			continue
		case r == '\'' || r == '’':
			if len(word) > 0 {
				word = append(word, '\'')
			}
			continue
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsMark(r)):
			word = utf8.AppendRune(word, unicode.ToLower(r))
			continue
		}
		if len(word) > 0 {
			f(word)
			word = word[:0]
		}
	}
	if len(word) > 0 {
		f(word)
	}
}

package score

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ewgwatch"
)

// PageLabel is one line of ground-truth.jsonl. A nil field is not labelled; an
// empty date says that the page has none.
type PageLabel struct {
	Source  string   `json:"source"` // the set it belongs to
	URL     string   `json:"url"`
	File    string   `json:"file"`
	Text    *string  `json:"text"`
	Title   *string  `json:"title"`
	Date    *string  `json:"date"` // YYYY-MM-DD
	Authors []string `json:"authors"`
}

// Page counts one page under the name of its set: text by shingles of four
// tokens, with every character a token in scripts without spaces (the metric of
// scrapinghub's article-extraction-benchmark, here in one sum over all pages),
// the date, the title to the letter, and whether any author is found.
func (r *Report) Page(label PageLabel, article ewgwatch.Article) {
	if label.Text != nil {
		found, want := shingles(article.Text), shingles(*label.Text)
		t := r.tally(label.Source + " text (shingles)")
		for s, n := range found {
			t.Hit += min(n, want[s])
			t.Extra += n - min(n, want[s])
		}
		for s, n := range want {
			t.Missed += n - min(n, found[s])
		}
	}
	if label.Date != nil && *label.Date != "" {
		r.one(label.File, label.Source+" date", article.Published.Date.String(), *label.Date)
	}
	if label.Title != nil {
		r.one(label.File, label.Source+" title", strings.TrimSpace(article.Title), strings.TrimSpace(*label.Title))
	}
	if len(label.Authors) > 0 {
		r.author(label, article)
	}
}

func (r *Report) author(label PageLabel, article ewgwatch.Article) {
	hit := slices.ContainsFunc(label.Authors, func(want string) bool {
		return slices.ContainsFunc(article.Authors, func(got string) bool { return strings.EqualFold(got, want) })
	})
	found := strings.Join(article.Authors, "; ")
	if hit {
		found = strings.Join(label.Authors, "; ")
	}
	r.one(label.File, label.Source+" author", found, strings.Join(label.Authors, "; "))
}

var word = regexp.MustCompile(`[\p{L}\p{N}\p{M}_]+`)

const shingleTokens = 4

// shingles counts the runs of four tokens of a text.
func shingles(text string) map[string]int {
	var tokens []string
	for _, w := range word.FindAllString(text, -1) {
		tokens = append(tokens, splitUnspaced(w)...)
	}
	counts := map[string]int{}
	if len(tokens) > 0 && len(tokens) < shingleTokens {
		counts[strings.Join(tokens, " ")]++
	}
	for i := 0; i+shingleTokens <= len(tokens); i++ {
		counts[strings.Join(tokens[i:i+shingleTokens], " ")]++
	}
	return counts
}

// splitUnspaced takes a run of letters apart where its script writes no spaces
// between words.
func splitUnspaced(w string) []string {
	first, _ := utf8.DecodeRuneInString(w)
	if !unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) {
		return []string{w}
	}
	var all []string
	for _, r := range w {
		all = append(all, string(r))
	}
	return all
}

package extract

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryQuerySpeaksOfTheTopic(t *testing.T) {
	for tag, phrases := range embeddedQueries() {
		for _, phrase := range phrases {
			if score := LinkScore(phrase, ""); score < 4 {
				t.Errorf("%s: a link saying %q would score %d", tag, phrase, score)
			}
		}
	}
}

func TestQueriesAreInTheSitesLanguageFirst(t *testing.T) {
	english := Queries("en")
	for tag, first := range map[string]string{
		"": english[0], "en-GB": english[0], "de": english[0], "ru": "СМОА плюс антитеррор", "in_ID": "ADMM-Plus kontra terorisme",
		"zh": "东盟防长扩大会 反恐", "zh-Hans": "东盟防长扩大会 反恐", "zh-Hant": "東協防長擴大會議 反恐",
	} {
		got := Queries(tag)
		if got[0] != first || !slices.Equal(got[len(got)-len(english):], english) {
			t.Errorf("%q: %q, want %q first and English last", tag, got, first)
		}
	}
}

func TestAMistakeInTheQueriesIsNamedByLine(t *testing.T) {
	for text, want := range map[string]string{
		"# x\nen\ta":             "queries.tsv:2: want a language and two to four phrases",
		"en\ta\tb\tc\td\te":      "queries.tsv:1: want a language and two to four phrases",
		"en\ta\t":                "queries.tsv:1: want a language and two to four phrases",
		"en\ta\tb\n# \nen\tc\td": "queries.tsv:3: en stands twice",
	} {
		if _, err := parseQueries(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

package extract

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"ewgwatch/extract/lang"
)

// queries.tsv says where to look and not how to read, so it is no part of
// [Rules].
//
//go:embed queries.tsv
var queriesTSV string

// Queries returns what to ask the search of a site in a language for: the
// phrases of the language (of the tag itself, or else of its base), then the
// English ones. Where the language has none, or is "", only these.
func Queries(tag string) []string {
	known := embeddedQueries()
	own := known[tag]
	if own == nil {
		own = known[lang.Base(tag)]
	}
	var phrases []string
	for _, phrase := range slices.Concat(own, known["en"]) {
		if !slices.Contains(phrases, phrase) {
			phrases = append(phrases, phrase)
		}
	}
	return phrases
}

// embeddedQueries reads the file beside this one, which a test checks; a
// mistake in it cannot reach a user, so it panics.
var embeddedQueries = sync.OnceValue(func() map[string][]string {
	queries, err := parseQueries(queriesTSV)
	if err != nil {
		panic(err)
	}
	return queries
})

func parseQueries(text string) (map[string][]string, error) {
	queries := map[string][]string{}
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < 3 || len(fields) > 5 || slices.Contains(fields, "") {
			return nil, fmt.Errorf("queries.tsv:%d: want a language and two to four phrases, have %q", i+1, line)
		}
		if queries[fields[0]] != nil {
			return nil, fmt.Errorf("queries.tsv:%d: %s stands twice", i+1, fields[0])
		}
		queries[fields[0]] = fields[1:]
	}
	return queries, nil
}

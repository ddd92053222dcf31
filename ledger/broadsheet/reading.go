package broadsheet

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"ewgwatch"
)

// Period says which time counts as the event's.
func (e *event) Period() string {
	p := e.reading.Period
	if p.Always() {
		return "any time"
	}
	return span(ewgwatch.DateOf(p.From), ewgwatch.DateOf(p.To.AddDate(0, 0, -1)))
}

// Read says how many of the sources that runs visited were read for the event.
func (e *event) Read() string {
	return fmt.Sprintf("%d of %d", len(e.reading.Sources), e.reading.Watched)
}

// Coverage says what was read for the event: how many sources, in which languages
// and of which kinds.
func (e *event) Coverage() (lines []string) {
	r := e.reading
	if r.Watched == 0 {
		return []string{"No run is known, so what was read for it is not either."}
	}
	lines = append(lines, e.Read()+" sources (of "+e.Period()+", or telling of it)")
	if len(r.Sources) == 0 {
		return lines
	}
	return append(lines, "languages: "+amounts(r.Languages, tongue), "kinds of sources: "+amounts(r.Kinds, speaker))
}

// amounts names what there is most of first, what is unknown last.
func amounts[K ~string](counts map[K]int, name func(K) string) string {
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b K) int {
		switch {
		case a == "":
			return 1
		case b == "":
			return -1
		}
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	var parts []string
	for _, key := range keys {
		parts = append(parts, fmt.Sprintf("%s %d", cmp.Or(name(key), "unknown"), counts[key]))
	}
	return strings.Join(parts, ", ")
}

// tongue names a language in English, or gives its tag where it has no name.
func tongue(lang string) string {
	known, err := language.Parse(lang)
	if err != nil {
		return tidy(lang)
	}
	return cmp.Or(display.English.Tags().Name(known), tidy(lang))
}

// speaker names a kind of source.
func speaker(kind ewgwatch.SourceKind) string {
	switch kind {
	case ewgwatch.NGO:
		return "NGO"
	case ewgwatch.ThinkTank:
		return "think tank"
	case ewgwatch.ASEANBody:
		return "ASEAN body"
	}
	return tidy(string(kind))
}

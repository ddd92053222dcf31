package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// Reading is what was read for an event, whichever states its sources cover: how
// much there was that could have spoken. A source was read for an event if a run
// read it within the event's period, or at any time articles that it published
// then, or if it tells of the event.
type Reading struct {
	Period    Period
	Watched   int                         // sources that any run visited
	Sources   []string                    // of them, IDs of those read for the event, sorted
	Languages map[string]int              // of these, by the language they are mostly in; "" is unknown
	Kinds     map[ewgwatch.SourceKind]int // of these, by who speaks; "" is unknown
}

// Reading returns what was read for an event.
func (l *Ledger) Reading(event ewgwatch.Event) Reading {
	r := Reading{Period: PeriodOf(event), Watched: len(l.reach.watched), Languages: map[string]int{}, Kinds: map[ewgwatch.SourceKind]int{}}
	then, known := l.reach.then[event.ID]
	if !known {
		then = l.reach.readFor(event)
	}
	for i, w := range l.reach.watched {
		if !then[i] {
			continue
		}
		r.Sources = append(r.Sources, w.last.Source)
		r.Languages[w.lang]++
		r.Kinds[w.kind]++
	}
	slices.Sort(r.Sources)
	return r
}

// mostNamed is how many languages or kinds a line names.
const mostNamed = 8

// String says in one line how many sources were read, in which languages and of
// which kinds.
func (r Reading) String() string {
	if r.Watched == 0 {
		return "no run is known, so what was read is not either"
	}
	text := fmt.Sprintf("%d of %s read", len(r.Sources), plural(r.Watched, "source", "sources"))
	if len(r.Sources) == 0 {
		return text
	}
	languages, kinds := counted("language", r.Languages), counted("kind", r.Kinds)
	if languages == "" && kinds == "" {
		return text + "; languages and kinds unknown"
	}
	return text + "; " + cmp.Or(languages, "languages unknown") + "; " + cmp.Or(kinds, "kinds unknown")
}

// counted names what there is most of first, what is unknown last; "" where all is.
func counted[K ~string](of string, counts map[K]int) string {
	names := slices.SortedFunc(maps.Keys(counts), func(a, b K) int {
		return cmp.Or(falseFirst(a == "", b == ""), cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
	if len(names) == 1 && names[0] == "" {
		return ""
	}
	var parts []string
	for _, name := range names[:min(len(names), mostNamed)] {
		word := tame(string(name))
		if name == "" {
			word = of + " unknown"
		}
		parts = append(parts, fmt.Sprintf("%s %d", word, counts[name]))
	}
	if more := len(names) - mostNamed; more > 0 {
		parts = append(parts, fmt.Sprintf("%d more", more))
	}
	return strings.Join(parts, ", ")
}

// reading prints what was read for the one event that is shown; of several, how many
// sources stands below each column.
func (t table) reading() {
	if len(t.reach.watched) == 0 || len(t.Events) != 1 {
		return
	}
	e := t.Events[0]
	t.paragraph("Read for the event, " + PeriodOf(e).String() + ", or telling of it:")
	t.hang("", t.Reading(e).String())
}

// title names an event in one line: when, what, where.
func title(e ewgwatch.Event) string {
	if e.ID == "" {
		return "event unknown"
	}
	place, _, _ := strings.Cut(e.Place, ",")
	parts := []string{cmp.Or(e.Start.String(), "undated")}
	for _, part := range []string{string(e.Kind), place} {
		if part = plain.Cut(tame(part), columnWidth); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " ")
}

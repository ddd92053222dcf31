package extract

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"ewgwatch"
)

//go:embed catalogue.tsv
var catalogueTSV string

// CatalogueEntry is an activity known beforehand.
type CatalogueEntry struct {
	Event   ewgwatch.Event
	Aliases []string // other names and abbreviations, in any language
	Sources []string // site and date or number of the page that says so
}

// Catalogue returns the EWG CT activities known beforehand, by start date.
// Callers may pass it on with changes of their own as Options.Catalogue.
func Catalogue() []ewgwatch.Event {
	events := make([]ewgwatch.Event, 0, len(embeddedCatalogue()))
	for _, entry := range embeddedCatalogue() {
		events = append(events, entry.Event)
	}
	return events
}

// CatalogueEntries is [Catalogue] with what else is known of each.
func CatalogueEntries() []CatalogueEntry { return slices.Clone(embeddedCatalogue()) }

// embeddedCatalogue reads the file beside this one, which a test checks; a
// mistake in it cannot reach a user, so it panics.
var embeddedCatalogue = sync.OnceValue(func() []CatalogueEntry {
	entries, err := parseCatalogue(catalogueTSV)
	if err != nil {
		panic(err)
	}
	return entries
})

func parseCatalogue(text string) ([]CatalogueEntry, error) {
	var entries []CatalogueEntry
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "id\t") {
			continue
		}
		entry, err := parseEntry(line)
		if err != nil {
			return nil, fmt.Errorf("catalogue.tsv:%d: %w", i+1, err)
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

func parseEntry(line string) (entry CatalogueEntry, err error) {
	f := strings.Split(line, "\t")
	if len(f) != 10 {
		return entry, fmt.Errorf("want 10 columns, have %d", len(f))
	}
	for at := range f {
		f[at] = strings.TrimPrefix(f[at], "-")
	}
	entry.Event = ewgwatch.Event{ID: f[0], Kind: ewgwatch.EventKind(f[1]), Host: ewgwatch.State(f[2]), Cycle: f[5], Place: f[6], Name: f[7]}
	if entry.Event.Start, err = ewgwatch.ParseDate(f[3]); err != nil {
		return entry, fmt.Errorf("start: %w", err)
	}
	if entry.Event.End, err = ewgwatch.ParseDate(f[4]); err != nil {
		return entry, fmt.Errorf("end: %w", err)
	}
	entry.Aliases, entry.Sources = listOf(f[8]), listOf(f[9])
	return entry, nil
}

// listOf reads a list parted by semicolons.
func listOf(text string) (list []string) {
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

const day = 24 * time.Hour

// recognise finds the catalogue's event that a described one is, or returns
// the described one as provisional with an ID made of what is known of it. The
// score, 0 to 1, is how much of what can be said of an event the article says, and
// the event is: its likeness, or else the fullness of the description, as a share
// of the most that either comes to.
func recognise(described ewgwatch.Event, catalogue []ewgwatch.Event, published ewgwatch.Date) (ewgwatch.Event, float64) {
	best, bestScore := ewgwatch.Event{}, 0.0
	for _, known := range catalogue {
		if score := likeness(described, known, published); score > bestScore {
			best, bestScore = known, score
		}
	}
	if bestScore > 0 {
		return best, bestScore / mostLike
	}
	return provisional(described), fullness(described) / mostLike
}

// mostLike is the likeness of two descriptions that say the same of everything: 1
// for kinds that can be one, 1 for the same, 1 for the state, 2 for the city, 3 for
// the day. Where the article gives no date, how near its own is counts up to 1.
const mostLike = 8.0

// fullness weighs what is said of an event as likeness weighs what is shared: a
// month counts 2 of the 3 for a day, a year 1.
func fullness(e ewgwatch.Event) float64 {
	score := 1.0
	for _, said := range []bool{
		e.Kind != ewgwatch.OtherKind && e.Kind != "", e.Host != "", cityOf(e) != "", cityOf(e) != "", e.Start.Year > 0, e.Start.Month > 0, e.Start.Day > 0,
	} {
		if said {
			score++
		}
	}
	return score
}

// likeness is 0 where two descriptions cannot be one event, and grows with
// what they share.
func likeness(described, known ewgwatch.Event, published ewgwatch.Date) float64 {
	if untellable(known, described) || !sameKind(described.Kind, known.Kind) || described.Host != "" && known.Host != "" && described.Host != known.Host && !strings.Contains(known.Place, described.Host.Name()) {
		return 0
	}
	score := 1.0
	if described.Kind == known.Kind {
		score++
	}
	if described.Host != "" && known.Host != "" {
		score++
	}
	if city := cityOf(described); city != "" {
		if strings.Contains(known.Place, city) {
			score += 2
		} else if cityOf(known) != "" && talk(known.Kind) {
			return 0 // meetings in two cities are two meetings; exercises are named after several places
		}
	}
	if !described.Start.IsZero() {
		apart := gap(described, known)
		if apart > 12*day {
			return 0
		}
		return score + 3 - apart.Hours()/24/12
	}
	if published.IsZero() {
		if described.Kind != known.Kind || described.Host == "" {
			return 0
		}
		return score
	}
	return score + nearness(known, published)
}

// untellable reports whether a description cannot tell a known event from its
// neighbours: no place of it is known, and its month or the date of the description
// is not known either. It is in the catalogue for people, who may say that a finding
// is of it.
func untellable(known, described ewgwatch.Event) bool {
	return known.Host == "" && known.Place == "" && (known.Start.Month == 0 || described.Start.IsZero())
}

// nearness says how well an event without a date of its own fits an article's:
// press copy speaks of what lies up to four months ahead or half a year back.
func nearness(known ewgwatch.Event, published ewgwatch.Date) float64 {
	apart := known.Start.First().Sub(published.First())
	if apart < 0 {
		if apart = published.First().Sub(known.End.Last()); apart > 200*day {
			return -10
		}
		return 1 - max(0, apart.Hours()/24)/200
	}
	if apart > 130*day {
		return -10
	}
	return 1 - apart.Hours()/24/130
}

// gap is the time between two events, 0 where their spans touch.
func gap(a, b ewgwatch.Event) time.Duration {
	aLast, bLast := last(a), last(b)
	return max(0, b.Start.First().Sub(aLast), a.Start.First().Sub(bLast))
}

func last(e ewgwatch.Event) time.Time {
	if e.End.IsZero() {
		return e.Start.Last()
	}
	return e.End.Last()
}

// sameKind reports whether two kinds can be one event: a report may say
// "exercise" of a table-top and "meeting" of a planning conference.
func sameKind(a, b ewgwatch.EventKind) bool {
	if a == b || a == ewgwatch.OtherKind && b != ewgwatch.Meeting && b != ewgwatch.Planning || b == ewgwatch.OtherKind && a != ewgwatch.Meeting && a != ewgwatch.Planning {
		return true
	}
	return talk(a) && talk(b)
}

func talk(k ewgwatch.EventKind) bool { return k == ewgwatch.Meeting || k == ewgwatch.Planning }

var kindNames = map[ewgwatch.EventKind]string{
	ewgwatch.Tabletop: "Table-top exercise", ewgwatch.Field: "Field training exercise", ewgwatch.Planning: "Planning conference",
	ewgwatch.Meeting: "EWG CT meeting", ewgwatch.OtherKind: "EWG CT activity",
}

// provisional names an event that no catalogue knows. The ID is made of date,
// kind and host, so that two articles that say the same of it give one event.
func provisional(e ewgwatch.Event) ewgwatch.Event {
	date := e.Start.String()
	if len(date) > 7 {
		date = date[:7]
	}
	parts := []string{"ewgct", date, string(e.Kind), strings.ToLower(string(e.Host))}
	if date == "" {
		parts[1] = "undated"
	}
	if e.Host == "" {
		parts = parts[:3]
	}
	e.ID = strings.Join(parts, "-")
	e.Name = kindNames[e.Kind]
	if e.Host != "" {
		e.Name += ", " + e.Host.Name()
		if e.Place == "" {
			e.Place = e.Host.Name()
		}
	}
	if e.Start.Year > 0 {
		e.Name += fmt.Sprintf(" %d", e.Start.Year)
	}
	e.Provisional = true
	return e
}

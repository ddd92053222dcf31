package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/internal/plain"
)

// naming finds events by what people call them.
type naming struct {
	events  map[string]ewgwatch.Event
	entries map[string]extract.CatalogueEntry
}

func newNaming(events map[string]ewgwatch.Event) naming {
	n := naming{events, map[string]extract.CatalogueEntry{}}
	for _, entry := range extract.CatalogueEntries() {
		n.entries[entry.Event.ID] = entry
	}
	return n
}

// find returns the IDs of the events that a text may mean: the one that it is the ID
// of, else those that it is a name of, else those that it is part of the ID, a name or
// the place of. Letter case does not matter.
func (n naming) find(text string) []string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	if _, is := n.events[text]; is {
		return []string{text}
	}
	if text == "" {
		return nil
	}
	if named := n.where(func(name string) bool { return name == text }); len(named) > 0 {
		return named
	}
	return n.where(func(name string) bool { return strings.Contains(name, text) })
}

// where returns those events of which a name is wanted, the earliest first.
func (n naming) where(wanted func(name string) bool) (ids []string) {
	for _, e := range n.sorted() {
		names := append([]string{e.ID, e.Name, e.Place, n.entries[e.ID].Event.Name}, n.entries[e.ID].Aliases...)
		if slices.ContainsFunc(names, func(name string) bool { return wanted(strings.ToLower(name)) }) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// sorted returns the events by the day on which they began, undated ones last.
func (n naming) sorted() []ewgwatch.Event {
	return slices.SortedFunc(maps.Values(n.events), func(a, b ewgwatch.Event) int {
		if a.Start.IsZero() != b.Start.IsZero() {
			return map[bool]int{true: 1, false: -1}[a.Start.IsZero()]
		}
		return cmp.Or(a.Start.First().Compare(b.Start.First()), cmp.Compare(a.ID, b.ID))
	})
}

// one returns the event that a text means, and an error of the command line that
// lists what it may mean where that is not one.
func (n naming) one(what, text string) (ewgwatch.Event, error) {
	ids := n.find(text)
	switch len(ids) {
	case 1:
		return n.events[ids[0]], nil
	case 0:
		return ewgwatch.Event{}, usage(fmt.Errorf("%s: want one of %s, another name of it or part of one, have %q", what, listed(n.ids()), text))
	}
	return ewgwatch.Event{}, usage(fmt.Errorf("%s: want one event, have %q, which may be any of\n%s", what, text, n.candidates(ids)))
}

func (n naming) ids() []string {
	ids := []string{}
	for _, e := range n.sorted() {
		ids = append(ids, e.ID)
	}
	return ids
}

func (n naming) candidates(ids []string) string {
	var lines []string
	for _, id := range ids {
		lines = append(lines, fmt.Sprintf("  %s  %s", id, plain.Line(n.events[id].Name)))
	}
	return strings.Join(lines, "\n")
}

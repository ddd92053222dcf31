package broadsheet

import (
	"cmp"
	"strings"

	"ewgwatch"
)

// event is one column.
type event struct {
	ewgwatch.Event
	told
	No    int // from 1, in the order shown
	Cells []*cell
}

// Known reports whether it is an event, and not the column of what could not be
// tied to one.
func (e *event) Known() bool { return e.ID != "" }

// Title is the event's name, or what stands for one.
func (e *event) Title() string {
	if !e.Known() {
		return "Not tied to any event"
	}
	return cmp.Or(tidy(e.Name), tidy(e.ID), "An event without a name")
}

// When says its days.
func (e *event) When() string {
	if !e.Known() {
		return "event unknown"
	}
	return span(e.Start, e.End)
}

// What is its kind, and whether it is known from articles alone.
func (e *event) What() string {
	kind := cmp.Or(tidy(string(e.Kind)), "kind unknown")
	switch {
	case !e.Known():
		return ""
	case e.Provisional:
		return kind + ", provisional"
	}
	return kind
}

// Where is its place, Town the first part of it.
func (e *event) Where() string { return tidy(e.Place) }

// Town is where it took place, in short.
func (e *event) Town() string {
	town, _, _ := strings.Cut(tidy(e.Place), ",")
	return town
}

// HostName names the state on whose soil it took place, "" where that is unknown.
func (e *event) HostName() string { return tidy(e.Host.Name()) }

// CycleName is its cycle, "" where that is unknown.
func (e *event) CycleName() string { return tidy(e.Cycle) }

// ToldBy says how many sources tell of it.
func (e *event) ToldBy() string { return plural(e.sources, "source", "sources") }

// Filled returns the cells in which something is said.
func (e *event) Filled() (all []*cell) {
	for _, c := range e.Cells {
		if len(c.Claims) > 0 {
			all = append(all, c)
		}
	}
	return all
}

// gap is why nothing is known of some states, whose sources were read alike.
type gap struct {
	kind
	Why    string
	States []string
}

// Names lists the states of a gap.
func (g gap) Names() string { return strings.Join(g.States, ", ") }

// Gaps returns why nothing is known of the other states, by kind of nothing. Of what
// is tied to no event there is nothing to be missed.
func (e *event) Gaps() (all []*gap) {
	if !e.Known() {
		return nil
	}
	for _, kind := range kinds() {
		var of []*gap
		for _, c := range e.Cells {
			if len(c.Claims) == 0 && c.Kind() == kind {
				of = noted(of, c)
			}
		}
		all = append(all, of...)
	}
	return all
}

func noted(gaps []*gap, c *cell) []*gap {
	why := c.Nothing.String()
	for _, g := range gaps {
		if g.Why == why {
			g.States = append(g.States, c.State.Name)
			return gaps
		}
	}
	return append(gaps, &gap{c.Kind(), why, []string{c.State.Name}})
}

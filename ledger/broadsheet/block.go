package broadsheet

import (
	"cmp"
	"slices"
	"strings"
)

// sideBySide is how many events a matrix has at most: as many as stand on A4 across
// with a word to be read in every cell.
const sideBySide = 7

// block is events that stand side by side in one matrix.
type block struct {
	No     int
	Groups []group
}

// group is events of one cycle.
type group struct {
	Title  string
	Events []*event
}

// Size counts them.
func (g group) Size() int { return len(g.Events) }

// Events are all events of the block.
func (b *block) Events() (all []*event) {
	for _, g := range b.Groups {
		all = append(all, g.Events...)
	}
	return all
}

// Title names the cycles of the block.
func (b *block) Title() string {
	var titles []string
	for i, g := range b.Groups {
		title := g.Title
		if i > 0 {
			title = strings.ToLower(title[:1]) + title[1:]
		}
		titles = append(titles, title)
	}
	return strings.Join(titles, ", ")
}

// Blocks parts the events, cycle by cycle: short cycles share a block, long ones
// have several in equal shares.
func (s *content) Blocks() (all []*block) {
	room := 0
	for _, cycle := range byCycle(s.Events) {
		shares := (cycle.Size() + sideBySide - 1) / sideBySide
		for events := range slices.Chunk(cycle.Events, (cycle.Size()+shares-1)/shares) {
			if len(events) > room {
				all = append(all, &block{No: len(all) + 1})
				room = sideBySide
			}
			last := all[len(all)-1]
			last.Groups = append(last.Groups, group{cycle.Title, events})
			room -= len(events)
		}
	}
	return all
}

// byCycle groups events, in the order in which their cycles begin; those of which no
// cycle is known come behind them, and what is tied to no event last.
func byCycle(events []*event) (groups []group) {
	for _, e := range events {
		title := cycleTitle(e)
		at := slices.IndexFunc(groups, func(g group) bool { return g.Title == title })
		if at < 0 {
			at = len(groups)
			groups = append(groups, group{Title: title})
		}
		groups[at].Events = append(groups[at].Events, e)
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(a.rank(), b.rank()) })
	return groups
}

func (g group) rank() int {
	switch e := g.Events[0]; {
	case !e.Known():
		return 2
	case e.CycleName() == "":
		return 1
	}
	return 0
}

func cycleTitle(e *event) string {
	switch {
	case !e.Known():
		return "Not tied to any event"
	case e.CycleName() == "":
		return "Cycle unknown"
	}
	return "Cycle " + e.CycleName()
}

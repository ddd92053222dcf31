package broadsheet

import (
	"fmt"
	"slices"
)

// sideBySide is how many events a matrix has at most: as many as stand on A4 across
// with a word to be read in every cell.
const sideBySide = 7

// block is events that stand side by side in one matrix.
type block struct {
	No     int
	Title  string
	Events []*event
}

// Blocks parts the events by cycle, and long cycles into equal shares.
func (s *content) Blocks() (all []*block) {
	for _, group := range byCycle(s.Events) {
		shares := (len(group) + sideBySide - 1) / sideBySide
		size := (len(group) + shares - 1) / shares
		for share := range slices.Chunk(group, size) {
			b := &block{No: len(all) + 1, Title: cycleTitle(share[0]), Events: share}
			if shares > 1 {
				b.Title += fmt.Sprintf(", events %d to %d", share[0].No, share[len(share)-1].No)
			}
			all = append(all, b)
		}
	}
	return all
}

// byCycle groups events, in the order in which their cycles begin.
func byCycle(events []*event) (groups [][]*event) {
	at := map[string]int{}
	for _, e := range events {
		key := cycleTitle(e)
		i, known := at[key]
		if !known {
			i = len(groups)
			at[key] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], e)
	}
	return groups
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

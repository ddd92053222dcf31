package main

import (
	"fmt"
	"io"
	"slices"
	"time"
)

// tally is what came of rounds.
type tally struct {
	rounds, kills, alerts, deliveries, replaced int
	phases                                      map[phase]int
	took                                        []time.Duration // of a round, from the first run to the end of the last
}

func (t *tally) add(one tally) {
	t.rounds++
	t.kills += one.kills
	t.alerts += one.alerts
	t.deliveries += one.deliveries
	t.replaced += one.replaced
	t.took = append(t.took, one.took...)
	for at, n := range one.phases {
		t.phases[at] += n
	}
}

// print prints what came of rounds in which nothing was lost, and nothing came by
// another ID: with one such alert no round ends.
func (t *tally) print(w io.Writer) {
	fmt.Fprintf(w, "%-36s %8d\n", "killed", t.kills)
	for _, at := range []phase{undecided, inHand, between, finished} {
		fmt.Fprintf(w, "  %-34s %8d\n", at, t.phases[at])
	}
	for _, row := range []struct {
		name   string
		number int
	}{
		{"rounds", t.rounds}, {"alerts owed", t.alerts}, {"lost", 0}, {"deliveries", t.deliveries},
		{"came again by the same ID", t.deliveries - t.alerts}, {"came again by another ID", 0}, {"folded into digests", t.replaced},
	} {
		fmt.Fprintf(w, "%-36s %8d\n", row.name, row.number)
	}
	slices.Sort(t.took)
	fmt.Fprintf(w, "%-36s %8v\n", "a round took (median)", t.took[len(t.took)/2].Round(time.Millisecond))
}

package main

import (
	"context"
	"fmt"
	"io"
	"slices"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/store"
)

// checkup judges the sources by the night that ends, also where ctx is done:
// what was read until then counts.
func (n *night) checkup(ctx context.Context, run ewgwatch.Run) ([]ewgwatch.Health, error) {
	before, err := healthsOf(context.WithoutCancel(ctx), n.store)
	if err != nil {
		return nil, err
	}
	return ewgwatch.Checkup(before, run), nil
}

// healthsOf returns what is known of every source, by its ID.
func healthsOf(ctx context.Context, s *store.Store) (map[string]ewgwatch.Health, error) {
	all := map[string]ewgwatch.Health{}
	for h, err := range s.Healths(ctx) {
		if err != nil {
			return nil, err
		}
		all[h.Source] = h
	}
	return all, nil
}

// maxChanged is how many changes of state a summary lists; the table has all.
const maxChanged = 10

// changed lists the sources whose state the night has changed, the worst first.
// Why stands below those that were read whole; of the others, unread says it.
func changed(w io.Writer, run ewgwatch.Run, healths []ewgwatch.Health) {
	if ewgwatch.NetworkDown(run.Coverage) {
		fmt.Fprintln(w, "Hardly a source gave any answer: this machine's own network seems to have been")
		fmt.Fprintln(w, "down, so the night counts for none of them.")
		return
	}
	moved := slices.DeleteFunc(slices.Clone(healths), func(h ewgwatch.Health) bool { _, is := h.Changed(run.ID); return !is })
	if len(moved) == 0 {
		return
	}
	slices.SortStableFunc(moved, func(a, b ewgwatch.Health) int { return badness(a.State) - badness(b.State) })
	fmt.Fprintln(w, "Changed tonight (ewgwatch sources health says more):")
	for _, h := range moved[:min(len(moved), maxChanged)] {
		change(w, run.ID, h)
	}
	if more := len(moved) - maxChanged; more > 0 {
		fmt.Fprintf(w, "  … and %d more\n", more)
	}
}

func change(w io.Writer, run string, h ewgwatch.Health) {
	const arrow, room = " → ", 2*len("degraded") + 3
	t, _ := h.Changed(run)
	move := plain.Pad(string(t.From)+arrow+string(t.To), room)
	fmt.Fprintf(w, "  %s  %s\n", move, plain.Cut(plain.Line(h.Name), columns(w)-room-4))
	if night, _ := h.Last(); night.Reach != ewgwatch.ReachRead || t.To == ewgwatch.HealthOK {
		return
	}
	for _, line := range plain.Wrap(plain.Line(t.Why), columns(w)-room-4) {
		fmt.Fprintf(w, "  %*s  %s\n", room, "", line)
	}
}

// badness orders states, the worst first; a source never judged comes before
// those that are well.
func badness(s ewgwatch.HealthState) int {
	states := ewgwatch.HealthStates()
	if at := slices.Index(states, s); at >= 0 {
		return 2 * at
	}
	return 2*slices.Index(states, ewgwatch.HealthOK) - 1
}

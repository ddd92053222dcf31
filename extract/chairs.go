package extract

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"ewgwatch"
)

//go:embed chairs.tsv
var chairsTSV string

// pairOfChairs are the two states that chair the group for one cycle.
type pairOfChairs struct {
	cycle       string
	asean, plus ewgwatch.State
	source      string
}

// chairs reads the file beside this one, which a test checks; a mistake in it
// cannot reach a user, so it panics.
var chairs = sync.OnceValue(func() []pairOfChairs {
	pairs, err := parseChairs(chairsTSV)
	if err != nil {
		panic(err)
	}
	return pairs
})

func parseChairs(text string) ([]pairOfChairs, error) {
	var pairs []pairOfChairs
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "cycle\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 || !ewgwatch.State(f[1]).Valid() || !ewgwatch.State(f[2]).Valid() {
			return nil, fmt.Errorf("chairs.tsv:%d: want a cycle, two states and a source, have %q", i+1, line)
		}
		pairs = append(pairs, pairOfChairs{f[0], ewgwatch.State(f[1]), ewgwatch.State(f[2]), f[3]})
	}
	return pairs, nil
}

// Chairs are the two states that chair the group for a cycle.
type Chairs struct {
	Cycle       string
	ASEAN, Plus ewgwatch.State
	Source      string // site and date of the page that says so
}

// ChairsOf returns who chairs a cycle, and reports whether that is known.
func ChairsOf(cycle string) (Chairs, bool) {
	for _, p := range chairs() {
		if p.cycle == cycle {
			return Chairs{p.cycle, p.asean, p.plus, p.source}, true
		}
	}
	return Chairs{}, false
}

// chairedBy returns the pair that two states are, in either order.
func chairedBy(a, b ewgwatch.State) (pairOfChairs, bool) {
	at := slices.IndexFunc(chairs(), func(p pairOfChairs) bool { return p.asean == a && p.plus == b || p.asean == b && p.plus == a })
	if at < 0 {
		return pairOfChairs{}, false
	}
	return chairs()[at], true
}

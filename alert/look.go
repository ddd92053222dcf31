package alert

import (
	"cmp"
	"slices"
	"strings"

	"ewgwatch"
)

// cell is a state at an event.
type cell struct {
	state ewgwatch.State
	event string
}

func cellOf(c ewgwatch.Claim) cell { return cell{c.State, c.Event} }

// sight is every claim that changes touched, and those that are against them.
type sight struct {
	views map[ewgwatch.Claim]*view
	cells map[cell][]*view // by stance
}

// look looks at all that some changes touched.
func (f *Facts) look(changes []ewgwatch.Change) sight {
	s := sight{views: map[ewgwatch.Claim]*view{}, cells: map[cell][]*view{}}
	for _, change := range inOrder(changes) {
		if finding, known := f.finding(change.Finding); known && change.Finding != "" {
			s.touch(f, finding, change)
		}
	}
	for _, touched := range s.sorted() {
		for _, other := range touched.against() {
			s.see(f, other)
		}
	}
	for _, v := range s.sorted() {
		at := cellOf(v.claim)
		s.cells[at] = append(s.cells[at], v)
	}
	return s
}

// touch notes what a change of a finding did to the claim it makes and to those it
// made: what the finding is today counts, not what the change says.
func (s sight) touch(f *Facts, finding ewgwatch.Finding, change ewgwatch.Change) {
	believed, makes := finding.Believed(), ewgwatch.Claim{}
	if stands(finding) {
		makes = believed.Claim()
		if gains(change, finding.Claim(), makes) {
			s.see(f, makes).gain(believed, change)
		}
	}
	for _, was := range []ewgwatch.Claim{change.Was, finding.Claim(), believed.Claim()} {
		if was != makes && was != (ewgwatch.Claim{}) {
			s.see(f, was).lose(finding, makes)
		}
	}
}

// gains reports whether a change made a finding say what it makes today. Of one that
// was understood otherwise before, what it said then must be known: else it is what the
// machine read.
func gains(change ewgwatch.Change, machine, makes ewgwatch.Claim) bool {
	switch change.Kind {
	case ewgwatch.FindingWithdrawn, ewgwatch.FindingRejected:
		return false
	case ewgwatch.FindingFound, ewgwatch.FindingReturned:
		return true
	}
	return cmp.Or(change.Was, machine) != makes
}

// see returns the view of a claim.
func (s sight) see(f *Facts, c ewgwatch.Claim) *view {
	if v, seen := s.views[c]; seen {
		return v
	}
	v := f.view(c)
	s.views[c] = v
	return v
}

func (s sight) sorted() []*view {
	all := make([]*view, 0, len(s.views))
	for _, v := range s.views {
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b *view) int { return compareClaims(a.claim, b.claim) })
	return all
}

// sortedCells returns the cells, by event and then by state.
func (s sight) sortedCells() []cell {
	all := make([]cell, 0, len(s.cells))
	for at := range s.cells {
		all = append(all, at)
	}
	slices.SortFunc(all, func(a, b cell) int {
		return cmp.Or(strings.Compare(a.event, b.event), cmp.Compare(a.state, b.state))
	})
	return all
}

func compareClaims(a, b ewgwatch.Claim) int {
	return cmp.Or(strings.Compare(a.Event, b.Event), cmp.Compare(a.State, b.State), cmp.Compare(stanceRank(a.Stance), stanceRank(b.Stance)),
		cmp.Compare(a.Stance, b.Stance))
}

func stanceRank(s ewgwatch.Stance) int { return slices.Index(ewgwatch.Stances(), s) }

// inOrder returns changes in the order of their commits.
func inOrder(changes []ewgwatch.Change) []ewgwatch.Change {
	return slices.SortedStableFunc(slices.Values(changes), func(a, b ewgwatch.Change) int { return cmp.Compare(a.Number, b.Number) })
}

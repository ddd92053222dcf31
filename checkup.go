package ewgwatch

import "strings"

// Checkup returns the health of every source after a night that counts for it,
// in the order of the run's coverage. Before holds what was known, by Source.ID.
// Of a night on which our own network was down none counts.
func Checkup(before map[string]Health, run Run) (after []Health) {
	if NetworkDown(run.Coverage) {
		return nil
	}
	for _, c := range run.Coverage {
		if c.Visited() {
			after = append(after, before[c.Source].After(run, c))
		}
	}
	return after
}

// Visited reports whether a night came to the source and to its end: else it was
// cut short, or its budget ran out before the first request.
func (c Coverage) Visited() bool {
	visits := 0
	for o, n := range c.Outcomes {
		if o.Visited() {
			visits += n
		}
	}
	return !c.Cut && (visits > 0 || c.Outcomes[OffBudget] == 0)
}

const (
	netHosts = 3 // of fewer nobody can tell whose fault it is
	netShare = 9 // of ten sources
)

// NetworkDown reports whether it was our own network that failed a night: nine
// of ten sources that were visited, on three hosts or more, gave no answer at all.
func NetworkDown(coverage []Coverage) bool {
	visited, failed, hosts := 0, 0, map[string]bool{}
	for _, c := range coverage {
		if !c.Visited() {
			continue
		}
		visited++
		if c.unanswered() {
			failed++
			host, _, _ := strings.Cut(c.Source, "/")
			hosts[host] = true
		}
	}
	return len(hosts) >= netHosts && failed*10 >= visited*netShare
}

func (c Coverage) unanswered() bool {
	if c.Reach != ReachNone {
		return false
	}
	switch c.trouble() {
	case DNSError, NetError, Timeout, TLSError:
		return true
	}
	return false
}

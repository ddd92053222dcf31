package alert

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ewgwatch"
)

// everywhere is how long after a day began in UTC it is over on all of the Earth.
const everywhere = 36 * time.Hour

// Mark is the name by which it is kept that an expectation was told.
func Mark(e ewgwatch.Expectation) string { return "expectation " + e.Event + " " + e.By.String() }

// expectations tells of those whose day is over, each once, and returns their marks.
func (p *planner) expectations() (marks []string) {
	unmet := slices.SortedFunc(slices.Values(p.facts.Unmet), func(a, b ewgwatch.Expectation) int {
		return cmp.Or(strings.Compare(a.Event, b.Event), strings.Compare(a.By.String(), b.By.String()))
	})
	for _, e := range slices.Compact(unmet) {
		over := e.By.Last().Add(everywhere)
		if e.By.IsZero() || p.facts.Now.Before(over) || p.facts.marked(Mark(e)) {
			continue
		}
		marks = append(marks, Mark(e))
		for _, at := range p.book.waiters {
			if s := &p.book.subscriptions[at]; !s.Paused && admits(s.Interest.Events, e.Event) && !over.Before(s.Since) {
				p.owe(at, p.expectation(e))
			}
		}
	}
	return marks
}

func (p *planner) expectation(e ewgwatch.Expectation) *news {
	n := &news{
		notice: ewgwatch.Notice{
			Class: ewgwatch.ExpectationDue, Reason: string(DayPassed), Claim: ewgwatch.Claim{Event: e.Event}, Event: p.facts.event(e.Event), By: e.By,
		},
		id: strings.Join([]string{string(ewgwatch.ExpectationDue), e.Event, e.By.String()}, "\n"),
	}
	if p.facts.Ministries != nil {
		n.notice.Read, n.notice.Of = p.facts.Ministries(e.Event)
	}
	return n
}

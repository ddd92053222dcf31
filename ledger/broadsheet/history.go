package broadsheet

import (
	"fmt"
	"slices"
	"strings"

	"ewgwatch/ledger"
)

// step is what one source came to say of a state at an event.
type step struct {
	Word, Icon string
	Day, Who   string
	Link       string
	Again      string // on how many days, "" for one
}

// mostSteps is how many steps of a history are shown: of a longer one the first and
// the last.
const mostSteps = 60

// History returns what was said when, where that is more than one thing: of one alone
// its voices stand in the same order.
func (c *cell) History() (all []step) {
	if len(c.Claims) < 2 {
		return nil
	}
	left := len(c.steps) - mostSteps
	for i, s := range c.steps {
		if left > 0 && i >= mostSteps/2 && i < mostSteps/2+left {
			continue
		}
		all = append(all, stepOf(s))
	}
	return all
}

// Omitted says how many steps of the middle are not shown.
func (c *cell) Omitted() string {
	left := len(c.steps) - mostSteps
	if left < 1 || len(c.Claims) < 2 {
		return ""
	}
	return plural(left, "step", "steps") + " between the first and the last are not shown."
}

func stepOf(s ledger.Step) step {
	set := step{
		Word: wordOf(ledger.Said{Stance: s.Stance, Planned: s.Planned}), Icon: markOf(s.Stance, s.Planned),
		Day: dayOf(s.Published.Date), Who: nameOf(s.Source) + " (" + classOf(s.Class) + ")", Link: link(s.URL),
	}
	if s.Days > 1 {
		set.Again = fmt.Sprintf("on %d days", s.Days)
	}
	return set
}

// Turns says in one line in which order a state was said to do what, where it came to
// be said to do something else: what was said on one day has no order, and what sources
// repeat of what was said last is left out.
func (c *cell) Turns() string {
	var turns []string
	var last []string
	for rest := c.steps; len(rest) > 0; {
		day := dayOf(rest[0].Published.Date)
		var words []string
		for len(rest) > 0 && dayOf(rest[0].Published.Date) == day {
			if at := stepOf(rest[0]); !slices.Contains(words, at.Word) {
				words = append(words, at.Word)
			}
			rest = rest[1:]
		}
		if slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(last, word) }) {
			turns = append(turns, day+" "+strings.Join(words, ", "))
			last = words
		}
	}
	if len(turns) < 2 {
		return ""
	}
	if left := len(turns) - mostNamed; left > 0 {
		turns = append(turns[:mostNamed], fmt.Sprintf("%d more turns", left))
	}
	return strings.Join(turns, " → ")
}

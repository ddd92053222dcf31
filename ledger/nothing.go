package ledger

import (
	"fmt"
	"strings"
)

// Nothing is why a cell is empty, with the counts behind it. The package says
// which sources cover a state.
type Nothing struct {
	Kind    NothingKind
	Own     Count // sources of the state itself
	Others  Count // other sources that cover it
	Telling int   // sources that tell of the event, none of which names the state
}

// Count says of some sources how many were read.
type Count struct {
	Watched    int // all of them
	Read       int // at least in part
	Partial    int // of those read: in part only
	Unreadable int // of those not read: reached, but what came could not be read
	Earlier    int // of those not read: an earlier run did read them
}

// NothingKind is one of the four kinds of nothing.
type NothingKind string

// The kinds. None of them says that a state was absent.
const (
	// NotMentioned: sources that cover the state were read, and none says
	// anything of it at the event.
	NotMentioned NothingKind = "not mentioned"
	// Unreachable: the sources that could say were not read.
	Unreachable NothingKind = "unreachable"
	// NotCovered: no source that is watched covers the state.
	NotCovered NothingKind = "not covered"
	// Unreadable: the sources that could say were reached, and what came could
	// not be read: scans, scripts, paywalls, a body over the limit.
	Unreadable NothingKind = "unreadable"
)

// String says in one line what an empty cell rests on.
func (n Nothing) String() string {
	return n.sources() + "; " + plural(n.Telling, "source tells of the event and does not name it", "sources tell of the event and do not name it")
}

// sources says how many of the sources that cover the state were read.
func (n Nothing) sources() string {
	own, others := "no source of its own is watched", "no other source is on the topic"
	if n.Own.Watched > 0 {
		own = n.Own.of("own source", "own sources")
	}
	if n.Others.Watched > 0 {
		others = n.Others.of("other source on the topic", "others on the topic")
	}
	return own + "; " + others
}

// of says "2 of 3 own sources read (1 in part)".
func (c Count) of(one, many string) string {
	text := fmt.Sprintf("%d of %s read", c.Read, plural(c.Watched, one, many))
	var marks []string
	for _, m := range []struct {
		count int
		text  string
	}{{c.Partial, "in part"}, {c.Unreadable, "unreadable"}, {c.Earlier, "read earlier"}} {
		if m.count > 0 {
			marks = append(marks, fmt.Sprintf("%d %s", m.count, m.text))
		}
	}
	if len(marks) == 0 {
		return text
	}
	return text + " (" + strings.Join(marks, ", ") + ")"
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

package ledger

import (
	"fmt"
	"strconv"
	"strings"
)

// Nothing is why a cell is empty, with the counts behind it. The package says
// which sources cover a state, and Reading which were read for an event.
type Nothing struct {
	Kind    NothingKind
	Own     Count // sources of the state itself
	Others  Count // other sources that cover it
	Telling int   // sources that tell of the event, none of which names the state
}

// Count says of some sources how many were read.
type Count struct {
	Watched    int // all of them
	Then       int // read for the event, by the last run or an earlier one
	Read       int // at least in part
	Partial    int // of those read: in part only
	Unreadable int // of those not read: reached, but what came could not be read
	Earlier    int // of those not read: an earlier run did read them
}

// NothingKind is one of the four kinds of nothing.
type NothingKind string

// The kinds. None of them says that a state was absent.
const (
	// NotMentioned: sources that cover the state were read for the event, and none
	// says anything of it there.
	NotMentioned NothingKind = "not mentioned"
	// Unreachable: the sources that could say were not read.
	Unreachable NothingKind = "unreachable"
	// NotCovered: no source that is watched covers the state at that time. Either
	// none covers it at all, or those that do were read and gave nothing of the
	// event's period: their silence is of another time.
	NotCovered NothingKind = "not covered"
	// Unreadable: the sources that could say were reached, and what came could
	// not be read: scans, scripts, paywalls, a body over the limit.
	Unreadable NothingKind = "unreadable"
)

// OtherTime reports whether sources that cover the state were read and gave
// nothing of the event's period.
func (n Nothing) OtherTime() bool {
	return n.Kind == NotCovered && n.deciding().Watched > 0
}

// deciding is the count that decides which kind of nothing it is.
func (n Nothing) deciding() Count {
	if n.Own.Watched > 0 {
		return n.Own
	}
	return n.Others
}

// String says in one line what an empty cell rests on.
func (n Nothing) String() string {
	return n.Sources() + "; " + plural(n.Telling, "source tells of the event and does not name it", "sources tell of the event and do not name it")
}

// Sources says how many of the sources that cover the state were read for the event.
// What the last runs read is said where that was not all of them, or not whole.
func (n Nothing) Sources() string {
	own, others := "no source of its own is watched", "no other source is on the topic"
	said := " read for the event"
	if n.Own.Watched > 0 {
		own, said = n.Own.of("own source", "own sources", said), ""
	}
	if n.Others.Watched > 0 {
		others = n.Others.of("other source on the topic", "others on the topic", said)
	}
	return own + "; " + others
}

// span is the least and the most sources that were read for one of some events.
type span struct{ least, most int }

// String says "1", or "0–2".
func (s span) String() string {
	if s.least == s.most {
		return strconv.Itoa(s.least)
	}
	return fmt.Sprintf("%d–%d", s.least, s.most)
}

func (s span) and(other span) span {
	return span{min(s.least, other.least), max(s.most, other.most)}
}

// of says "2 of 3 own sources read for the event (last run: 1 in part)".
func (c Count) of(one, many, said string) string {
	text := fmt.Sprintf("%d of %s%s", c.Then, plural(c.Watched, one, many), said)
	var marks []string
	if c.Read < c.Watched {
		marks = append(marks, fmt.Sprintf("%d read", c.Read))
	}
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
	return text + " (last run: " + strings.Join(marks, ", ") + ")"
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

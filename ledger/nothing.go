package ledger

import (
	"fmt"

	"ewgwatch"
)

// Nothing is why a cell is empty, with the counts behind it.
type Nothing struct {
	Kind     NothingKind
	Telling  int // sources that tell of the event and do not name the state
	Own      int // sources of the state itself that are watched
	OwnRead  int // of them read, at least in part
	OwnBlank int // of them reached but not readable: scans, scripts, paywalls
}

// NothingKind is one of the four kinds of nothing.
type NothingKind string

// The kinds. None of them says that a state was absent.
const (
	// NotMentioned: sources of the state were read, and no source that tells
	// of the event names it.
	NotMentioned NothingKind = "not mentioned"
	// Unreachable: sources of the state are watched, and none could be read.
	Unreachable NothingKind = "unreachable"
	// NotCovered: no source of the state is watched.
	NotCovered NothingKind = "not covered"
	// Unreadable: sources of the state were reached, and what came could not
	// be read.
	Unreadable NothingKind = "unreadable"
)

// String says in one sentence what an empty cell means.
func (n Nothing) String() string {
	told := fmt.Sprintf("%d source(s) tell of the event and do not name it", n.Telling)
	switch n.Kind {
	case Unreachable:
		return fmt.Sprintf("none of its own %d source(s) could be read; %s", n.Own, told)
	case Unreadable:
		return fmt.Sprintf("its own %d source(s) answered with what could not be read; %s", n.OwnBlank, told)
	case NotCovered:
		return "no source of its own is watched; " + told
	}
	return fmt.Sprintf("%d of its own %d source(s) were read; %s", n.OwnRead, n.Own, told)
}

// reach is what the sources could have said.
type reach struct {
	telling map[string]map[string]bool // event -> sources that tell of it
	own     map[ewgwatch.State]Nothing // counts, by the state the sources belong to
}

// reached counts, from the latest coverage of each source, which states' own
// sources were read, and from the findings which sources tell of which event.
func reached(findings []ewgwatch.Finding, coverage []ewgwatch.Coverage) reach {
	r := reach{telling: map[string]map[string]bool{}, own: map[ewgwatch.State]Nothing{}}
	for _, f := range findings {
		if r.telling[f.Event.ID] == nil {
			r.telling[f.Event.ID] = map[string]bool{}
		}
		r.telling[f.Event.ID][f.Source.ID] = true
	}
	latest := map[string]ewgwatch.Coverage{}
	for _, c := range coverage {
		latest[c.Source] = c
	}
	for _, c := range latest {
		n := r.own[c.State]
		n.Own++
		switch {
		case c.Reach != ewgwatch.ReachNone && c.Reach != "":
			n.OwnRead++
		case c.Outcomes[ewgwatch.Unreadable]+c.Outcomes[ewgwatch.Paywall]+c.Outcomes[ewgwatch.NotHTML] > 0:
			n.OwnBlank++
		}
		r.own[c.State] = n
	}
	return r
}

func (r reach) nothing(state ewgwatch.State, event string) Nothing {
	n := r.own[state]
	n.Telling = len(r.telling[event])
	switch {
	case n.Own == 0:
		n.Kind = NotCovered
	case n.OwnRead > 0:
		n.Kind = NotMentioned
	case n.OwnBlank > 0:
		n.Kind = Unreadable
	default:
		n.Kind = Unreachable
	}
	return n
}

package alert

import (
	"strings"

	"ewgwatch"
)

// sourceEvent begins the Event of what stands for a claim where a source is told of.
const sourceEvent = "source:"

// SourceClaim stands, in what a subscriber was told, for a source that came into a
// state. No event has such an ID.
func SourceClaim(source string, state ewgwatch.HealthState) ewgwatch.Claim {
	return ewgwatch.Claim{Event: sourceEvent + source, Stance: ewgwatch.Stance(state)}
}

// losses are the states of a source that are told.
func losses() []ewgwatch.HealthState {
	return []ewgwatch.HealthState{ewgwatch.HealthGone, ewgwatch.HealthBlocked, ewgwatch.HealthSilent}
}

// sources tells of the sources that moved, each by the last move that is known.
func (p *planner) sources() {
	last := map[string]ewgwatch.Change{}
	for _, change := range inOrder(p.facts.Changes) {
		if change.Kind == ewgwatch.SourceMoved {
			last[change.Source] = change
		}
	}
	for _, id := range sortedKeys(last) {
		p.source(p.facts.source(id), last[id].Transition)
	}
}

// source tells that a source is lost, or to those who heard of it that it is back.
func (p *planner) source(source ewgwatch.Source, moved ewgwatch.Transition) {
	told := map[ewgwatch.HealthState]map[string]ewgwatch.Told{}
	for _, state := range losses() {
		told[state] = p.facts.told(SourceClaim(source.ID, state))
	}
	for _, at := range p.book.watchers {
		s := &p.book.subscriptions[at]
		var states []ewgwatch.HealthState
		for _, state := range losses() {
			t, knows := told[state][s.Name]
			lost := moved.To == state && (!knows || t.TakenBack)
			back := moved.To == ewgwatch.HealthOK && knows && !t.TakenBack
			if lost && watches(s, source, moved) || back {
				states = append(states, state)
			}
		}
		if len(states) > 0 && !s.Paused {
			p.owe(at, p.moved(s, source, moved, states, told))
		}
	}
}

// watches reports whether a subscriber hears of a source.
func watches(s *ewgwatch.Subscription, source ewgwatch.Source, moved ewgwatch.Transition) bool {
	return !moved.At.Before(s.Since) && admits(s.Interest.Kinds, source.Kind) && speaks(s.Interest.Langs, source.Lang)
}

// moved makes the news that a source came into one of some states, or out of all of
// them.
func (p *planner) moved(s *ewgwatch.Subscription, source ewgwatch.Source, moved ewgwatch.Transition, states []ewgwatch.HealthState, told map[ewgwatch.HealthState]map[string]ewgwatch.Told) *news {
	why := SourceLost
	if moved.To == ewgwatch.HealthOK {
		why = SourceBack
	}
	n := &news{
		notice: ewgwatch.Notice{Class: ewgwatch.SourceHealth, Reason: string(why), Source: source, Transition: moved},
		share:  "coverage",
	}
	versions := []string{string(ewgwatch.SourceHealth), source.ID, string(moved.To)}
	for _, state := range states {
		known := told[state][s.Name]
		if why == SourceBack {
			n.thread, n.notice.Before = known.Thread, known.Thread
		}
		versions = append(versions, string(state), version(known.At))
		n.told = append(n.told, ewgwatch.Told{
			Subscription: s.Name, Claim: SourceClaim(source.ID, state), TakenBack: why == SourceBack, Thread: n.thread, At: p.facts.after(known.At),
		})
	}
	n.id = strings.Join(versions, "\n")
	return n
}

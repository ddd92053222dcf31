package alert

import (
	"slices"

	"ewgwatch"
)

// contradict makes news of the first contradiction in a cell. Who hears of one side
// anyway hears of it there; who knows a side, or asked for contradictions, hears of it
// by that side.
func (p *planner) contradict(at int, views []*view) {
	s := &p.book.subscriptions[at]
	sides := slices.DeleteFunc(slices.Clone(views), func(v *view) bool { return len(v.against()) == 0 })
	fresh := slices.ContainsFunc(sides, func(v *view) bool { return v.changed.gained })
	knew := slices.ContainsFunc(sides, func(v *view) bool { return v.told[s.Name].Contradicted })
	if s.Paused || !fresh || knew {
		return
	}
	telling := p.telling(at, sides)
	if len(telling) == 0 {
		side := p.side(at, sides)
		if side == nil {
			return
		}
		n := p.facts.newsOf(s, side, Contradiction)
		if by := p.news(at, side); by != nil { // it is what is right in the place of another claim
			n.thread, n.told[0].Thread = by.thread, by.thread
		}
		p.add(at, n)
		telling = []*news{n}
	}
	for _, n := range telling {
		n.notice.Class, n.notice.Reason = ewgwatch.Contradicted, string(Contradiction)
		n.share = "contradiction " + claimKey(ewgwatch.Claim{State: sides[0].claim.State, Event: sides[0].claim.Event})
	}
	p.knowSides(at, sides, telling[0])
}

// telling returns the news that tell a subscriber of one of the sides anyway.
func (p *planner) telling(at int, sides []*view) (all []*news) {
	for _, v := range sides {
		if n := p.news(at, v); n != nil && n.notice.Claim == v.claim {
			all = append(all, n)
		}
	}
	return all
}

// side returns the side by which a subscriber is told of a contradiction; nil where it
// is not.
func (p *planner) side(at int, sides []*view) *view {
	s := &p.book.subscriptions[at]
	for _, v := range sides {
		t, told := v.told[s.Name]
		if told && !t.TakenBack || p.covered[pair{at, v.claim}] != nil {
			return v
		}
	}
	if !s.Interest.Contradictions || contradictedBefore(s, sides) {
		return nil
	}
	for _, v := range sides {
		_, why := v.quote(s.Interest)
		if why == "" && filter(s.Interest, v.claim) == "" && v.voices >= s.Interest.MinSources {
			return v
		}
	}
	return nil
}

// contradictedBefore reports whether two sides were known before what the changes
// brought.
func contradictedBefore(s *ewgwatch.Subscription, sides []*view) bool {
	for _, v := range sides {
		if len(v.before(s, true)) == 0 {
			continue
		}
		for _, other := range sides {
			if slices.Contains(v.against(), other.claim) && len(other.before(s, true)) > 0 {
				return true
			}
		}
	}
	return false
}

// knowSides notes that a subscriber who hears of a contradiction knows every side.
func (p *planner) knowSides(at int, sides []*view, by *news) {
	s := &p.book.subscriptions[at]
	for _, v := range sides {
		if n := p.news(at, v); n != nil {
			for i := range n.told {
				n.told[i].Contradicted = n.told[i].Contradicted || n.told[i].Claim == v.claim
			}
			continue
		}
		known, told := v.told[s.Name]
		if !told || known.TakenBack {
			known = p.facts.newsOf(s, v, Contradiction).told[0]
			known.Thread = by.thread
		}
		known.Contradicted = true
		by.told = append(by.told, known)
	}
}

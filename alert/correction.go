package alert

import (
	"ewgwatch"
)

// takeBack makes the news that nobody says a claim any more, and what an analyst says
// instead.
func (p *planner) takeBack(at int, v *view) {
	s := &p.book.subscriptions[at]
	lost, instead := v.lost()
	why := TakenBack
	if instead != (ewgwatch.Claim{}) {
		why = CorrectedTo
	}
	n := p.facts.newsOf(s, v, why)
	n.notice.Finding, n.notice.Now, n.notice.Why = lost, instead, whyLost(lost, instead)
	n.notice.BeforeAt = v.told[s.Name].At
	n.told[0].Voices = v.told[s.Name].Voices
	n.told[0].Planned = v.told[s.Name].Planned
	p.add(at, n)
	right, seen := p.sight.views[instead]
	if !seen || instead.Event == "" || len(right.said) == 0 {
		return
	}
	known, told := right.told[s.Name]
	if told && !known.TakenBack || p.news(at, right) != nil {
		return
	}
	follow := p.facts.newsOf(s, right, NewClaim).told[0]
	follow.Thread = n.thread
	n.told = append(n.told, follow)
	p.covered[pair{at, instead}] = n
}

// lost returns the finding that made a claim and makes it no more, as it stood when it
// was told, and what it says instead: one for which something stands before one that is
// gone, else the first by ID.
func (v *view) lost() (finding ewgwatch.Finding, instead ewgwatch.Claim) {
	for i, f := range v.changed.lost {
		better := finding.ID == "" || f.ID < finding.ID
		if now := v.changed.companion[i]; now != instead {
			better = instead == (ewgwatch.Claim{}) || now != (ewgwatch.Claim{}) && better
		}
		if better {
			finding, instead = f, v.changed.companion[i]
		}
	}
	if finding.ID != "" && finding.Claim() != v.claim {
		finding.State, finding.Stance = v.claim.State, v.claim.Stance
		finding.Event = v.event
	}
	return finding, instead
}

// whyLost says why a finding does not say any more what was told, with the analyst's
// words where one decided it.
func whyLost(f ewgwatch.Finding, instead ewgwatch.Claim) string {
	why := string(ewgwatch.Withdrawn)
	switch {
	case f.Status == ewgwatch.Rejected:
		why = string(ewgwatch.Rejected)
	case instead != (ewgwatch.Claim{}):
		why = string(ewgwatch.Corrected)
	}
	if why != string(ewgwatch.Withdrawn) && f.Review.Why != "" {
		return why + ": " + f.Review.Why
	}
	return why
}

package alert

import (
	"slices"

	"ewgwatch"
)

// pair is a subscription, by its place in the book, and a claim.
type pair struct {
	at    int
	claim ewgwatch.Claim
}

// planner gathers the news of one plan.
type planner struct {
	book    *Book
	facts   *Facts
	sight   sight
	due     map[int][]*news // by subscription
	covered map[pair]*news  // the news that tells a subscriber of a claim
}

// Plan decides who is owed what of all the changes: one decision for each subscription
// and claim, however many changes led to it. The order of the changes does not matter,
// and one that is given twice counts once.
func (b *Book) Plan(facts Facts) ewgwatch.Plan {
	p := &planner{book: b, facts: &facts, sight: facts.look(facts.Changes), due: map[int][]*news{}, covered: map[pair]*news{}}
	views := p.sight.sorted()
	for _, v := range views {
		p.corrections(v)
	}
	for _, v := range views {
		p.claims(v)
	}
	for _, at := range p.sight.sortedCells() {
		p.contradictions(p.sight.cells[at])
	}
	p.sources()
	plan := ewgwatch.Plan{Marks: p.expectations()}
	for at := range b.subscriptions {
		p.settle(at, &plan)
	}
	for _, change := range facts.Changes {
		plan.Upto = max(plan.Upto, change.Number)
	}
	return plan
}

// owe notes that a subscriber is owed some news.
func (p *planner) owe(at int, n *news) { p.due[at] = append(p.due[at], n) }

// add notes that a subscriber is owed some news of a claim.
func (p *planner) add(at int, n *news) {
	p.owe(at, n)
	p.covered[pair{at, n.notice.Claim}] = n
}

// news returns what tells a subscriber of a claim in this plan; nil for nothing.
func (p *planner) news(at int, v *view) *news { return p.covered[pair{at, v.claim}] }

// corrections takes a claim back from all who were told of it.
func (p *planner) corrections(v *view) {
	for _, at := range p.informed(v) {
		if p.facts.decide(&p.book.subscriptions[at], v) == TakenBack {
			p.takeBack(at, v)
		}
	}
}

// claims tells of a claim that stands.
func (p *planner) claims(v *view) {
	for _, at := range p.concerned(v) {
		s := &p.book.subscriptions[at]
		if p.news(at, v) != nil {
			continue
		}
		if why := p.facts.decide(s, v); why.Tells() && why != TakenBack {
			p.add(at, p.facts.newsOf(s, v, why))
		}
	}
}

// contradictions tells of the first contradiction in a cell.
func (p *planner) contradictions(views []*view) {
	if !slices.ContainsFunc(views, func(v *view) bool { return len(v.against()) > 0 }) {
		return
	}
	var all []int
	for _, v := range views {
		all = append(all, p.concerned(v)...)
		for at := range p.due {
			if p.news(at, v) != nil {
				all = append(all, at)
			}
		}
	}
	slices.Sort(all)
	for _, at := range slices.Compact(all) {
		p.contradict(at, views)
	}
}

// informed returns the subscriptions that were told of a claim.
func (p *planner) informed(v *view) (all []int) {
	for name := range v.told {
		if at, there := p.book.byName[name]; there {
			all = append(all, at)
		}
	}
	slices.Sort(all)
	return all
}

// concerned returns the subscriptions that a claim interests or that were told of it.
func (p *planner) concerned(v *view) []int {
	all := slices.AppendSeq(p.informed(v), p.book.interested(v.claim))
	slices.Sort(all)
	return slices.Compact(all)
}

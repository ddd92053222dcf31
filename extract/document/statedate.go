package document

import "regexp"

// stateDates are the names under which the state of a page gives its day of
// publication.
var stateDates = regexp.MustCompile(`(?i)"(?:date_?published|(?:first_?)?published_?(?:at|on|date|time)|publish_?(?:at|date|time)|publication_?(?:date|time))"\s*:\s*"?([\dT:.+Z-]{8,40})`)

// isoDay is the length of 2023-08-25.
const isoDay = 10

// suggestStates reads the day of publication in the JSON that scripts of the
// page read, where all of it names one day and the page gives none elsewhere.
func (p *page) suggestStates() {
	if len(p.doc.Dates) > 0 && p.bestRank() < rankState {
		return
	}
	raw, budget := "", jsonCap
	for _, n := range p.survey.states {
		if budget -= len(n.FirstChild.Data); budget < 0 {
			break
		}
		for _, m := range stateDates.FindAllStringSubmatch(n.FirstChild.Data, -1) {
			if raw != "" && clipBytes(raw, isoDay) != clipBytes(m[1], isoDay) {
				return
			}
			raw = firstOf(raw, m[1])
		}
	}
	p.suggest(raw, "state", rankState)
}

// bestRank is the rank of the most trusted candidate so far.
func (p *page) bestRank() int {
	best := rankModified
	for _, d := range p.doc.Dates {
		best = min(best, d.Rank)
	}
	return best
}

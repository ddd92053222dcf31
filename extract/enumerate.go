package extract

import (
	"strings"

	"ewgwatch/extract/lexicon"
)

// opening returns what a sentence that ends in a colon says of the states in
// the lines below it: "Those present were:".
func (c clause) opening(subject *group) *claim {
	text := strings.TrimSpace(c.span.of(c.text))
	if !strings.HasSuffix(text, ":") && !strings.HasSuffix(text, "：") {
		return nil
	}
	for i := len(c.cues) - 1; i >= 0; i-- {
		cue := c.cues[i]
		if !isActor(cue.Role) || c.veto(cue) != "" {
			continue
		}
		if _, _, named := c.states(cue, subject); !named || cue.Role == lexicon.After {
			return &claim{stance: cue.Stance, planned: c.planned(cue), cue: cue, rule: ruleName(cue), via: "named", confidence: 0.75}
		}
	}
	if party, ok := c.near(lexicon.Party, c.span, 0); ok && !c.doubtful() {
		present := c.presence(party)
		present.inferred = false // the list is of who is there, wherever the sentence is set
		return &present
	}
	return nil
}

// item gives what an opening said to the states of a line below it. A line that
// says something itself, does not begin with a name or ends as sentences do
// closes the list.
func (c clause) item(said []claim, list *claim) ([]claim, *claim) {
	text := strings.TrimSpace(c.span.of(c.text))
	if len(said) > 0 || len(c.groups) == 0 || !glued(c.text, span{c.span.start, c.groups[0].start}, c.words) {
		return said, nil
	}
	first := c.groups[0]
	if strings.HasSuffix(text, ".") && !glued(c.text, span{first.end, c.span.end}, c.words) {
		return said, nil
	}
	one := *list
	one.cue.span, one.cue.whole = first.span, first.span
	return namedClaims(one, first), list
}

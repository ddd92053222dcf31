package ledger

import "ewgwatch"

// Step is what one source came to say of a state at an event.
type Step struct {
	Stance    ewgwatch.Stance
	Planned   bool
	Source    ewgwatch.Source
	Class     ewgwatch.SourceClass // of the source, seen from this cell
	Finding   string               // Finding.ID of the first of the source that says so
	Quote     string               // of that finding, as the next two
	URL       string
	Published ewgwatch.Published
	Days      int // on which the source said so before it said anything else, from 1
}

// History returns what was said of a state at an event in order of publication,
// what has no date last. Urged, undecided and then declined is a history and no
// contradiction: each was true when it was said.
//
// What a source says again is one step, until it says something else. A publisher
// that says "attended" and later "absent" has two steps, and they still contradict
// each other: that the later corrects the earlier is likely, and nothing here can
// know it. Side.Kin says that one publisher says both.
func (l *Ledger) History(state ewgwatch.State, event ewgwatch.Event) []Step {
	var steps []Step
	last := map[string]int{} // source -> its last step
	for _, w := range l.words(state, event.ID) {
		at, again := last[w.source.ID]
		if again && steps[at].Stance == w.stance && steps[at].Planned == w.planned {
			steps[at].Days++
			continue
		}
		last[w.source.ID] = len(steps)
		steps = append(steps, *w.step(state, event))
	}
	return steps
}

package alert

import (
	"fmt"
	"slices"
	"time"

	"ewgwatch"
)

// Explanation says why a subscriber is told of a finding, or is not.
type Explanation struct {
	Subscription string
	Reason       Reason
	Text         string // for a person, one line
}

// Explain says of every subscription, in the order of the book, what is decided of the
// claim that a finding makes. What was told says when and in which thread; of what was
// not, the rule that keeps it back is the one that would today.
func (b *Book) Explain(finding ewgwatch.Finding, facts Facts) []Explanation {
	v, pending := facts.explained(finding)
	all := make([]Explanation, 0, len(b.subscriptions))
	for i := range b.subscriptions {
		s := &b.subscriptions[i]
		why := facts.decide(s, v)
		if !pending && why.Tells() {
			why = PassedBy
		}
		all = append(all, Explanation{Subscription: s.Name, Reason: why, Text: facts.text(why, s, v)})
	}
	return all
}

// explained returns the view of the claim of a finding, and whether it is still to be
// decided who is told. Where it is not, the view is what it was when the finding came.
func (f *Facts) explained(finding ewgwatch.Finding) (v *view, pending bool) {
	claim := finding.Believed().Claim()
	if seen := f.look(f.Changes).views[claim]; seen != nil && len(seen.changed.findings) > 0 {
		return seen, true
	}
	v = f.view(claim)
	if stands(finding) {
		v.gain(finding.Believed(), ewgwatch.Change{Kind: ewgwatch.FindingFound, At: since(finding)})
	}
	return v, false
}

// text says a reason in a sentence.
func (f *Facts) text(why Reason, s *ewgwatch.Subscription, v *view) string {
	t := v.told[s.Name]
	on := fmt.Sprintf("on %s, thread %s", day(t.At, s), t.Thread)
	switch why {
	case BelowMinSources:
		return fmt.Sprintf("%s; it wants %d", voices(v.voices), s.Interest.MinSources)
	case KnownBefore:
		return "it was claimed before: " + f.earliest(s, v)
	case ToldAlready:
		return "told " + on
	case NoStepCrossed:
		return fmt.Sprintf("told %s, of %s; there are %d now, and no step of %v is crossed", on, voices(t.Voices), v.voices, s.Steps)
	case FewerVoices:
		return fmt.Sprintf("told %s, of %s; there are %d now, so it still stands", on, voices(t.Voices), v.voices)
	case TakenBackAlready:
		return "that nobody says it any more was told " + on
	case Done, StepCrossed, TakenBack, Returned:
		return sentences()[why] + ": it was told " + on
	}
	return sentences()[why]
}

// sentences are those that name nothing.
func sentences() map[Reason]string {
	return map[Reason]string{
		NewClaim:     "it is to be told: the claim is new to it",
		Done:         "it is to be told that what was planned is done",
		StepCrossed:  "it is to be told that more independent sources say it",
		TakenBack:    "it is to be told that nobody says it any more",
		Returned:     "it is to be told that it is said again",
		Paused:       "the subscription is paused, and nothing will be owed for it",
		NoEvent:      "the finding is tied to no event",
		MentionOnly:  "the state is named and nothing more, and it did not ask for that",
		FilterState:  "it wants other states",
		FilterStance: "it wants other stances",
		FilterEvent:  "it wants other events",
		FilterKind:   "no source of a kind it wants says so",
		FilterLang:   "no source in a language it wants says so",
		NotStanding:  "nobody says it any more, and it was never told",
		Backfilled:   "it was found while the past was read, which is no news",
		NothingNew:   "nothing that says it is new",
		PassedBy:     "it was decided when it came, and not told: it was paused or wanted something else then, or it came of a back-fill",
	}
}

// earliest says where a claim was made first, of what the subscriber need not hear of.
func (f *Facts) earliest(s *ewgwatch.Subscription, v *view) string {
	old := v.before(s, false)
	if len(old) == 0 {
		return "by sources that are gone"
	}
	first := slices.MinFunc(old, func(a, b ewgwatch.Finding) int { return since(a).Compare(since(b)) })
	text := fmt.Sprintf("found on %s in %s", day(since(first), s), first.Source.ID)
	if since(first).Before(s.Since) {
		text += ", the subscription is of " + day(s.Since, s)
	}
	return text
}

func voices(n int) string {
	if n == 1 {
		return "1 independent source"
	}
	return fmt.Sprintf("%d independent sources", n)
}

// day returns the day of a moment where the subscriber lives.
func day(t time.Time, s *ewgwatch.Subscription) string {
	return ewgwatch.DateOf(t.In(s.Zone())).String()
}

package alert

import "ewgwatch"

// Reason is the name of the rule that decided.
type Reason string

// The reasons to tell.
const (
	NewClaim      Reason = "new-claim"
	Done          Reason = "planned-and-done"  // it was told as planned, and now it is done
	StepCrossed   Reason = "step-crossed"      // more independent voices, and one of the steps is reached
	Contradiction Reason = "contradiction-new" // the first in its cell
	TakenBack     Reason = "taken-back"        // nobody says any more what was told
	CorrectedTo   Reason = "corrected"         // … and something else stands in its place
	Returned      Reason = "returned"          // it was taken back, and is said again
	DayPassed     Reason = "day-passed"        // nobody named participants by the day
	SourceLost    Reason = "source-lost"
	SourceBack    Reason = "source-back"
)

// The reasons not to tell.
const (
	Paused           Reason = "paused" // and nothing is owed for it later
	NoEvent          Reason = "no-event"
	MentionOnly      Reason = "mention-only" // named and nothing more, which only those hear of who name that stance
	FilterState      Reason = "filter-state"
	FilterStance     Reason = "filter-stance"
	FilterEvent      Reason = "filter-event"
	FilterKind       Reason = "filter-kind" // no source that says it is of such a kind
	FilterLang       Reason = "filter-lang" // … is in such a language, or in both
	NotStanding      Reason = "not-standing"
	Backfilled       Reason = "backfilled"
	BelowMinSources  Reason = "below-min-sources"
	KnownBefore      Reason = "known-before"       // it stood before, or before the subscription
	ToldAlready      Reason = "told-already"       // and no more is said now
	NoStepCrossed    Reason = "no-step-crossed"    // more voices, but not as many as were asked for
	FewerVoices      Reason = "fewer-voices"       // than were told, and still some
	TakenBackAlready Reason = "taken-back-told"    // that nobody says it any more was told
	ToldInCorrection Reason = "told-in-correction" // as what is right in the place of another claim
	NothingNew       Reason = "nothing-new"        // no finding of it is new
	PassedBy         Reason = "passed-by"          // it was decided when it came, and not told
)

// class returns what kind of news a reason tells; "" for one not to tell.
func (r Reason) class() ewgwatch.AlertClass {
	switch r {
	case NewClaim, Done, Returned:
		return ewgwatch.NewClaim
	case StepCrossed:
		return ewgwatch.MoreSources
	case Contradiction:
		return ewgwatch.Contradicted
	case TakenBack, CorrectedTo:
		return ewgwatch.Correction
	case DayPassed:
		return ewgwatch.ExpectationDue
	case SourceLost, SourceBack:
		return ewgwatch.SourceHealth
	}
	return ""
}

// Tells reports whether somebody is owed a message for it.
func (r Reason) Tells() bool { return r.class() != "" }

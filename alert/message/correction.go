package message

import (
	"cmp"
	"strings"

	"ewgwatch"
)

// correction tells that what was told does not hold, what was told and when, and what
// holds now.
func (w writer) correction(n ewgwatch.Notice) item {
	kind := correctionKind(n)
	one := w.told(n)
	one.Grave = true
	pairs := []string{"state", w.state(n.Claim.State), "stance", one.row.Stance, "now", w.stance(n.Now.Stance, n.Finding.Planned)}
	one.Head, one.Leads = w.say("head."+kind, pairs...), []string{w.say("lead." + kind)}
	one.brief = one.Head + ". " + one.Leads[0]
	one.Facts = []fact{w.before(n)}
	if words := analystsWords(n); words != "" {
		one.Facts = append(one.Facts, fact{Label: w.say("label.words"), Value: words})
	}
	one.Facts = append(one.Facts, fact{Label: w.say("label.now"), Value: w.now(n)})
	if n.Now == (ewgwatch.Claim{}) {
		one.Facts = append(one.Facts, fact{Label: w.say("label.sources"), Value: w.still(n.Voices)})
	}
	one.row.Mark = w.say("table." + kind)
	was := w.quote(n.Finding, n)
	was.Says = w.say("quote.was")
	one.Quotes = []quote{was}
	for _, b := range n.Beside {
		one.Besides = append(one.Besides, w.beside(b, n, b.Against))
	}
	if len(one.Besides) > 0 {
		one.Beside = w.say("label.beside", "state", w.stateInSentence(n.Claim.State))
	}
	return one
}

// before says what was told, and in which message.
func (w writer) before(n ewgwatch.Notice) fact {
	claim := w.says(n.Finding.Source, n.Claim, n.Finding.Planned)
	f := fact{Label: w.say("label.told"), Open: w.inDashboard(n.Before, "open.message")}
	switch {
	case n.Before == "":
		f.Value = w.say("told.before", "claim", claim)
	case n.BeforeAt.IsZero():
		f.Value = w.say("told.in", "claim", claim, "id", n.Before)
	default:
		f.Value = w.say("told.at", "claim", claim, "id", n.Before, "at", w.moment(n.BeforeAt))
	}
	return f
}

// now says what the page counts for instead.
func (w writer) now(n ewgwatch.Notice) string {
	if n.Now == (ewgwatch.Claim{}) {
		return w.say("now.none")
	}
	e := ewgwatch.Event{ID: n.Now.Event}
	if n.Now.Event == n.Claim.Event {
		e = eventOf(n)
	}
	return w.say("now.claim", "state", w.state(n.Now.State), "stance", w.stance(n.Now.Stance, n.Finding.Planned), "event", w.eventName(e))
}

// still says how many other sources are left.
func (w writer) still(n int) string {
	if n < 1 {
		return w.say("still.zero")
	}
	return w.count("still", n)
}

// correctionKind is "withdrawn", "rejected" or "corrected": as Why begins, or else by
// the status of the finding. One that was corrected to another state or event is
// "elsewhere", one that nothing is said of "taken-back".
func correctionKind(n ewgwatch.Notice) string {
	first, _ := cutKind(n.Why)
	switch kind := ewgwatch.Status(cmp.Or(first, string(n.Finding.Status))); kind {
	case ewgwatch.Withdrawn, ewgwatch.Rejected:
		return string(kind)
	case ewgwatch.Corrected:
		switch {
		case n.Now == (ewgwatch.Claim{}):
		case n.Now.State == n.Claim.State && n.Now.Event == n.Claim.Event && n.Now.Stance != n.Claim.Stance:
			return string(kind)
		default:
			return "elsewhere"
		}
	}
	return "taken-back"
}

// analystsWords is what Why says after the kind of the correction.
func analystsWords(n ewgwatch.Notice) string {
	_, words := cutKind(n.Why)
	return words
}

func cutKind(why string) (kind, words string) {
	for _, s := range []ewgwatch.Status{ewgwatch.Withdrawn, ewgwatch.Rejected, ewgwatch.Corrected} {
		if rest, found := strings.CutPrefix(why, string(s)); found && (rest == "" || strings.ContainsAny(rest[:1], ":,; ")) {
			return string(s), strings.TrimLeft(rest, ":,; ")
		}
	}
	return "", why
}

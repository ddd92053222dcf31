package alert

import (
	"strconv"
	"strings"
	"time"

	"ewgwatch"
)

// news is one notice for one subscriber, and what it knows once it has it.
type news struct {
	notice ewgwatch.Notice
	told   []ewgwatch.Told // without a thread where it begins one
	thread string          // that it belongs to; "" where it begins one
	share  string          // a name of what it always shares an alert with
	order  string          // see orderOf
	id     string          // of what is told, whoever is told by whatever channel
}

// newsOf makes news of a claim. What the subscriber knew before is what tells two
// news of one claim apart: the same news have the same ID, however often they are
// decided, and also where all that was told is forgotten.
func (f *Facts) newsOf(s *ewgwatch.Subscription, v *view, why Reason) *news {
	known, again := v.told[s.Name]
	quote := v.quoted(s.Interest)
	n := &news{
		notice: ewgwatch.Notice{
			Class: why.class(), Reason: string(why), Claim: v.claim, Event: v.event,
			Finding: quote, Voices: v.voices, Beside: v.beside,
		},
		thread: known.Thread,
		id:     strings.Join([]string{string(why.class()), claimKey(v.claim), version(known.At)}, "\n"),
	}
	if again {
		n.notice.Before = known.Thread
	}
	n.told = []ewgwatch.Told{{
		Subscription: s.Name, Claim: v.claim, Voices: v.voices, Planned: quote.Planned,
		Contradicted: known.Contradicted, TakenBack: why == TakenBack || why == CorrectedTo,
		Thread: known.Thread, At: f.after(known.At),
	}}
	return n
}

// quoted returns the finding to quote; where the filters of the subscriber let none
// through, the best there is.
func (v *view) quoted(i ewgwatch.Interest) ewgwatch.Finding {
	quote, why := v.quote(i)
	if why != "" && len(v.said) > 0 {
		return v.said[0]
	}
	return quote
}

// after returns when something is told now that was told before: later, whatever the
// clock says, as the moment stands for what was known.
func (f *Facts) after(before time.Time) time.Time {
	if !f.Now.After(before) {
		return before.Add(1)
	}
	return f.Now
}

// claimKey is a text that no other claim has.
func claimKey(c ewgwatch.Claim) string {
	return strings.Join([]string{string(c.State), c.Event, string(c.Stance)}, "\x00")
}

func version(known time.Time) string {
	if known.IsZero() {
		return "0"
	}
	return strconv.FormatInt(known.UnixNano(), 10)
}

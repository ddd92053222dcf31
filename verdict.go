package ewgwatch

import "slices"

// Verdict is what a night says of a source's health.
type Verdict string

// The verdicts.
const (
	Good     Verdict = "good"     // read whole
	Quiet    Verdict = "quiet"    // read whole, and silent for longer than it ever is
	Doubtful Verdict = "doubtful" // read, but an alarm rings
	Poor     Verdict = "poor"     // partly read, or unread for another reason than those below
	Barred   Verdict = "barred"   // nothing was read: the source kept us out
	Lost     Verdict = "lost"     // nothing is there any more
)

// Alarm is what is wrong with articles that were read.
type Alarm string

// The alarms. Both compare tonight with the usual of the nights before.
const (
	AlarmShort   Alarm = "short"   // their median length is under a third of the usual: the layout has changed, and the text is missed
	AlarmUndated Alarm = "undated" // the share of those without a date is greater by half of all
)

const (
	manyArticles   = 3  // from here on one night of short articles rings; below it takes two
	enoughArticles = 5  // a share of fewer says nothing
	jump           = 50 // percent of the articles that have no date, above the usual
)

func (h Health) night(run Run, c Coverage) HealthNight {
	n := HealthNight{
		Run: run.ID, At: run.StartedAt, Reach: c.Reach, Outcome: c.trouble(), Pages: c.Pages, Articles: c.Articles, Fresh: c.Fresh,
		OnTopic: c.OnTopic, Undated: c.Undated, Discovered: c.Discovered, Length: c.Length,
	}
	before, _ := h.Last()
	if c.Articles == 0 {
		n.Short, n.Alarm = before.Short, before.Alarm
	} else {
		n.Short = n.Length*3 < h.Usual.Length
		n.Alarm = h.alarm(n, before)
	}
	n.Verdict = h.verdict(n, c)
	return n
}

func (h Health) alarm(tonight, before HealthNight) Alarm {
	switch {
	case tonight.Short && (tonight.Articles >= manyArticles || before.Short):
		return AlarmShort
	case h.Usual.Length > 0 && tonight.Articles >= enoughArticles && percent(tonight.Undated, tonight.Articles) >= h.Usual.Undated+jump:
		return AlarmUndated
	}
	return ""
}

func (h Health) verdict(n HealthNight, c Coverage) Verdict {
	switch {
	case c.Front == Gone:
		return Lost
	case n.Reach == ReachNone && slices.Contains(barring(), n.Outcome):
		return Barred
	case n.Reach == ReachNone && slices.Contains([]Outcome{DNSError, NetError, Gone}, n.Outcome):
		return Lost
	case n.Reach == ReachNone:
		return Poor
	case n.Alarm != "":
		return Doubtful
	case n.Reach != ReachRead:
		return Poor
	case h.hushed():
		return Quiet
	}
	return Good
}

// barring are the outcomes of a source that keeps us out.
func barring() []Outcome {
	return []Outcome{Robots, Blocked, Challenge, ConsentWall, Paywall, RateLimited}
}

// trouble is how most of what was not read ended: at the front, where that could
// not be read, since what is left alone after it was never asked for.
func (c Coverage) trouble() (worst Outcome) {
	if c.Reach == ReachRead {
		return ""
	}
	if c.Front != "" && !c.Front.Read() {
		return c.Front
	}
	most := 0
	for _, o := range Outcomes() {
		if n := c.Outcomes[o]; n > most && !o.Read() && o.Visited() {
			worst, most = o, n
		}
	}
	return worst
}

const (
	watchedNights = MaxNights // nights that must have counted before silence is told
	newsyNights   = 3         // … and of them with anything new
	leastQuiet    = 3         // nights with nothing new that are nothing to speak of
	longestTimes  = 2         // a stretch of silence must be this much longer than any before
)

// Patience is how many nights in a row with nothing new make a source silent:
// three, or twice the longest stretch so far, so that a ministry that publishes
// once a week is not called silent every Wednesday. A stretch of over a fortnight
// counts only as far as the night it was told of: a source that was broken for
// months must not teach us months of patience.
func (h Health) Patience() int { return max(leastQuiet, longestTimes*h.Longest) }

// listen counts the nights with nothing new. One on which not all was read says
// nothing, unless something new was in what was.
func (h *Health) listen(c Coverage) {
	h.Counted++
	switch {
	case c.Fresh > 0:
		h.Longest = max(h.Longest, min(h.Quiet, max(watchedNights, h.Patience())))
		h.Quiet = 0
		if h.Counted > 1 {
			h.Newsy++
		}
	case c.Reach == ReachRead:
		h.Quiet++
	}
}

func (h Health) hushed() bool {
	return h.Counted > watchedNights && h.Newsy >= newsyNights && h.Quiet >= h.Patience()
}

package message

import (
	"strings"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// Of a subject, in columns: of the whole, and of what may be cut in it, so that the
// state and what it did are always there.
const (
	subjectColumns = 150
	eventColumns   = 60
	sourceColumns  = 28
)

// subject says what an alert is about: the first of its notices, and how many more.
func (w writer) subject(alert ewgwatch.Alert) string {
	if alert.Class == ewgwatch.TestMessage {
		return w.say("subject.test")
	}
	n := len(alert.Notices)
	first := w.subjectOf(classOf(alert.Class, alert.Notices[0]), alert.Notices[0])
	if n > 1 {
		more := w.count("subject.more", n-1, "subject", "")
		first = w.count("subject.more", n-1, "subject", plain.Cut(first, subjectColumns-plain.Width(more)-headroom))
	}
	if alert.Class == ewgwatch.Digest {
		return w.count("subject.digest", n, "subject", first)
	}
	return first
}

// headroom is what a digest says before the subject of its first notice.
const headroom = 32

func (w writer) subjectOf(class ewgwatch.AlertClass, n ewgwatch.Notice) string {
	switch class {
	case ewgwatch.Contradicted:
		return w.contradictionSubject(n)
	case ewgwatch.Correction:
		return w.say("subject."+correctionKind(n), append(w.subjectPairs(n), "now", w.stance(n.Now.Stance, n.Finding.Planned))...)
	case ewgwatch.ExpectationDue:
		return w.say("subject.expectation", "event", plain.Cut(w.eventName(eventOf(n)), eventColumns*3/2))
	case ewgwatch.SourceHealth:
		return w.say("subject.coverage", "source", plain.Cut(w.sourceName(n.Source), eventColumns), "health", w.health(n.Transition.To))
	case ewgwatch.MoreSources:
		return w.say("subject.sources", append(w.subjectPairs(n), "sources", w.count("sources", n.Voices))...)
	}
	if contradicted(n) {
		return w.say("subject.contradicted", w.subjectPairs(n)...)
	}
	return w.say("subject.new", w.subjectPairs(n)...)
}

func (w writer) contradictionSubject(n ewgwatch.Notice) string {
	against := against(n)
	if len(against) == 0 {
		return w.say("subject.unquoted", w.subjectPairs(n)...)
	}
	return w.say("subject.contradiction", append(w.subjectPairs(n), "other", w.stance(against[0].Stance, against[0].Planned),
		"against", plain.Cut(w.sourceName(against[0].Finding.Source), sourceColumns))...)
}

func (w writer) subjectPairs(n ewgwatch.Notice) []string {
	return []string{
		"state", w.state(n.Claim.State), "stance", w.stance(n.Claim.Stance, n.Finding.Planned),
		"event", plain.Cut(w.eventName(eventOf(n)), eventColumns),
		"source", plain.Cut(w.sourceName(n.Finding.Source), sourceColumns),
	}
}

// topic names the thread of an alert: a state at an event, whatever is said of it.
func (w writer) topic(alert ewgwatch.Alert) string {
	if alert.Class == ewgwatch.TestMessage {
		return w.say("topic.test")
	}
	n := alert.Notices[0]
	switch classOf(alert.Class, n) {
	case ewgwatch.ExpectationDue:
		return w.say("topic.expectation", "event", w.eventName(eventOf(n)))
	case ewgwatch.SourceHealth:
		return w.say("topic.coverage", "source", w.sourceName(n.Source))
	}
	if alert.Class == ewgwatch.Digest {
		return w.say("topic.digest")
	}
	return w.say("topic.claim", "state", w.state(n.Claim.State), "event", w.eventName(eventOf(n)))
}

// slug makes a word of the domain a key of the words.
func slug(s string) string {
	return strings.NewReplacer(" ", "-", "'", "-").Replace(s)
}

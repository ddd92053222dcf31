package message

import (
	"slices"
	"strconv"
	"time"

	"ewgwatch"
)

// expectation tells that nobody named participants, and how little that means.
func (w writer) expectation(n ewgwatch.Notice) item {
	e := eventOf(n)
	one := item{Head: w.say("head.expectation"), Event: w.event(e)}
	one.Leads = []string{w.waited(n, e), w.proves(n)}
	one.brief = one.Leads[0] + " " + one.Leads[1]
	one.row = row{State: "–", Stance: w.say("stance.expectation"), Event: w.eventName(e), Sources: "–", Date: w.day(n.By)}
	if e.Provisional {
		one.Marks = append(one.Marks, w.say("mark.provisional"))
	}
	return one
}

func (w writer) waited(n ewgwatch.Notice, e ewgwatch.Event) string {
	pairs := []string{"event", w.eventName(e), "by", w.day(n.By)}
	end := e.End
	if end.IsZero() {
		end = e.Start
	}
	days := int(n.By.Last().Sub(end.Last()) / (24 * time.Hour))
	if end.Day == 0 || n.By.Day == 0 || days < 1 {
		return w.say("lead.by", pairs...)
	}
	return w.count("lead.after", days, pairs...)
}

func (w writer) proves(n ewgwatch.Notice) string {
	if n.Of == 0 {
		return w.say("lead.proves.unread")
	}
	return w.say("lead.proves", "read", strconv.Itoa(n.Read), "of", strconv.Itoa(n.Of))
}

// coverage tells that a source went or came back, and what its silence means now.
func (w writer) coverage(n ewgwatch.Notice) item {
	to := n.Transition.To
	one := item{Grave: to != ewgwatch.HealthOK}
	one.Head = w.say("head.coverage", "source", w.sourceName(n.Source), "health", w.health(to))
	one.Leads = []string{w.say("lead.health." + healthKey(to))}
	one.brief = one.Head + ". " + one.Leads[0]
	if n.Source.Kind.Valid() {
		one.Facts = []fact{{Label: w.say("label.source"), Value: w.say("kind." + string(n.Source.Kind))}}
	}
	if n.Transition.Why != "" {
		one.Facts = append(one.Facts, fact{Label: w.say("label.why"), Value: n.Transition.Why})
	}
	one.Facts = append(one.Facts, fact{Label: w.say("label.since"), Value: w.moment(n.Transition.At)})
	if from := n.Transition.From; from != "" {
		one.Facts = append(one.Facts, fact{Label: w.say("label.before"), Value: w.health(from)})
	}
	one.row = row{State: "–", Stance: w.health(to), Event: w.sourceName(n.Source), Sources: "–", Date: w.dayOf(n.Transition.At)}
	return one
}

func (w writer) dayOf(at time.Time) string {
	if at.IsZero() {
		return w.day(ewgwatch.Date{})
	}
	return w.day(ewgwatch.DateOf(at.In(w.zone)))
}

func (w writer) health(s ewgwatch.HealthState) string { return w.say("health." + healthKey(s)) }

func healthKey(s ewgwatch.HealthState) string {
	if slices.Contains(ewgwatch.HealthStates(), s) {
		return string(s)
	}
	return "unknown"
}

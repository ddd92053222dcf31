package message

import (
	"strconv"

	"ewgwatch"
)

// claim tells of a new claim, or of one that has more voices.
func (w writer) claim(class ewgwatch.AlertClass, n ewgwatch.Notice) item {
	one := w.told(n)
	one.Head = w.says(n.Finding.Source, n.Claim, n.Finding.Planned)
	one.brief = one.Head
	if class == ewgwatch.MoreSources {
		one.Leads = []string{w.count("lead.sources", n.Voices)}
		one.brief += " " + one.Leads[0]
	}
	one.Quotes = []quote{w.quote(n.Finding, n)}
	for _, b := range n.Beside {
		one.Besides = append(one.Besides, w.beside(b, n, b.Against))
	}
	one.Grave = contradicted(n)
	if one.Grave {
		one.Marks = append([]string{w.say("mark.contradicted")}, one.Marks...)
	}
	return w.withBeside(one, n)
}

// contradiction puts two claims side by side, as they are.
func (w writer) contradiction(n ewgwatch.Notice) item {
	one := w.told(n)
	one.Grave = true
	stance := w.stance(n.Claim.Stance, n.Finding.Planned)
	one.Head, one.Leads = w.say("head.unquoted", "state", w.state(n.Claim.State), "stance", stance), []string{w.say("lead.unquoted")}
	first := w.quote(n.Finding, n)
	first.Says = w.says(n.Finding.Source, n.Claim, n.Finding.Planned)
	first.Facts = append(first.Facts, w.voices(n.Voices)...)
	one.Quotes, one.brief = []quote{first}, first.Says
	one.Facts = one.Facts[len(w.voices(n.Voices)):] // those are told of each side
	for i, b := range against(n) {
		if i == 0 {
			one.Head = w.say("head.contradiction", "state", w.state(n.Claim.State), "stance", stance, "other", w.stance(b.Stance, b.Planned))
			one.Leads = []string{w.say("lead.contradiction")}
			one.row.Stance = w.say("table.either", "stance", stance, "other", w.stance(b.Stance, b.Planned))
		}
		other := w.beside(b, n, false)
		one.Quotes, one.brief = append(one.Quotes, other), one.brief+" "+other.Says
	}
	for _, b := range n.Beside {
		if !b.Against {
			one.Besides = append(one.Besides, w.beside(b, n, false))
		}
	}
	return w.withBeside(one, n)
}

// told is what all items about a claim have.
func (w writer) told(n ewgwatch.Notice) item {
	e := eventOf(n)
	one := item{Event: w.event(e), Facts: w.voices(n.Voices)}
	one.row = row{
		State: w.state(n.Claim.State), Stance: w.stance(n.Claim.Stance, n.Finding.Planned),
		Event: w.eventName(e), Sources: strconv.Itoa(n.Voices), Date: w.day(n.Finding.Published.Date),
	}
	if n.Finding.Planned {
		one.Marks = append(one.Marks, w.say("mark.planned"))
	}
	if e.Provisional {
		one.Marks = append(one.Marks, w.say("mark.provisional"))
	}
	if n.Before != "" {
		told := w.say("told.alone", "id", n.Before)
		one.Facts = append(one.Facts, fact{Label: w.say("label.told"), Value: told, Open: w.inDashboard(n.Before, "open.message")})
	}
	return one
}

func (w writer) withBeside(one item, n ewgwatch.Notice) item {
	if len(one.Besides) > 0 {
		one.Beside = w.say("label.beside", "state", w.stateInSentence(n.Claim.State))
	}
	if contradicted(n) {
		one.row.Mark = w.say("mark.contradicted")
	}
	return one
}

// says is the sentence that a source says, with the source as who says it.
func (w writer) says(s ewgwatch.Source, c ewgwatch.Claim, planned bool) string {
	key := "says." + string(c.Stance)
	if planned {
		key = "foretells." + string(c.Stance)
	}
	if !c.Stance.Valid() {
		return w.sourceName(s) + ": " + w.state(c.State) + ", " + string(c.Stance)
	}
	return w.say(key, "source", w.sourceName(s), "state", w.stateInSentence(c.State))
}

// quote is the words of a finding, with all that is needed to look them up.
func (w writer) quote(f ewgwatch.Finding, n ewgwatch.Notice) quote {
	q := quote{Text: f.Quote, Lang: f.Lang}
	switch f.Via {
	case "group":
		q.Marks = append(q.Marks, w.say("mark.group"))
	case "headline":
		q.Marks = append(q.Marks, w.say("mark.headline"))
	}
	class := f.Source.Class(n.Claim.State, eventOf(n).Host)
	q.add(w.say("label.source"), w.say("source.kind", "source", w.sourceName(f.Source), "kind", w.say("class."+slug(string(class)))))
	q.add(w.say("label.published"), w.published(f.Published))
	if f.Title != f.Quote {
		q.add(w.say("label.title"), f.Title)
	}
	q.add(w.say("label.wire"), f.Wire)
	q.Facts = append(q.Facts, w.kept(f.Capture))
	if f.URL != "" {
		q.Open = link{w.say("open", "host", hostOf(f.URL)), f.URL}
	}
	return q
}

// add adds a fact that is known.
func (q *quote) add(label, value string) {
	if value != "" {
		q.Facts = append(q.Facts, fact{Label: label, Value: value})
	}
}

func (w writer) kept(c ewgwatch.Capture) fact {
	if c.IsZero() {
		return fact{Label: w.say("label.copy"), Value: w.say("copy.none")}
	}
	return fact{Label: w.say("label.copy"), Hash: c.SHA256}
}

func (w writer) voices(n int) []fact {
	if n < 1 {
		return nil
	}
	return []fact{{Label: w.say("label.sources"), Value: w.count("sources", n)}}
}

// beside is another claim of the cell, with its best finding.
func (w writer) beside(b ewgwatch.Beside, n ewgwatch.Notice, marked bool) quote {
	q := w.quote(b.Finding, n)
	q.Says = w.says(b.Finding.Source, ewgwatch.Claim{State: n.Claim.State, Stance: b.Stance}, b.Planned)
	if b.Planned {
		q.Marks = append(q.Marks, w.say("mark.planned"))
	}
	if marked {
		q.Marks = append(q.Marks, w.say("mark.against"))
	}
	q.Facts = append(q.Facts, w.voices(b.Voices)...)
	return q
}

// against are the claims beside a notice that cannot be true as well.
func against(n ewgwatch.Notice) (all []ewgwatch.Beside) {
	for _, b := range n.Beside {
		if b.Against {
			all = append(all, b)
		}
	}
	return all
}

func contradicted(n ewgwatch.Notice) bool {
	return classOf("", n) == ewgwatch.Contradicted || len(against(n)) > 0
}

package message

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

// letter is what a message says, in the language of its reader and not yet dressed for
// where it goes. Every text in it is one line.
type letter struct {
	Lang    string
	Subject string
	Topic   string
	Lead    string // before the table; "" without one
	Table   table
	Items   []item
	Rest    string // of those that stand in the table alone; "" where none do
	Open    link   // the message in the dashboard
	Footer  []string
}

// item is one notice.
type item struct {
	Number  int    // in the table, from 1; 0 without one
	Kicker  string // what kind of news it is
	Grave   bool   // it says that something else that was told does not stand
	Head    string
	Event   string
	Marks   []string
	Leads   []string
	Quotes  []quote
	Facts   []fact
	Beside  string // over what else is claimed
	Besides []quote

	brief string // for a line of 300 characters
	row   row
}

// quote is what one source says.
type quote struct {
	Says  string // "" where the head of the item says it
	Marks []string
	Text  string
	Lang  string // of the text
	Facts []fact
	Open  link
}

// fact is a labelled value.
type fact struct {
	Label, Value string
	Hash         string // in place of the value; shown short where there is little room
	Open         link
}

// link is words that lead to a URL; without a URL there is none.
type link struct{ Words, URL string }

// table sums up an alert of several notices.
type table struct {
	State, Stance, Event, Sources, Date, Short string
	Rows                                       []row
}

type row struct {
	Number               int
	State, Stance, Event string
	Mark                 string // "contradicted", "correction"; "" for none
	Sources, Date        string
}

var classes = []ewgwatch.AlertClass{
	ewgwatch.NewClaim, ewgwatch.MoreSources, ewgwatch.Contradicted, ewgwatch.Correction,
	ewgwatch.ExpectationDue, ewgwatch.SourceHealth, ewgwatch.Digest, ewgwatch.TestMessage,
}

// writer says the parts of a letter.
type writer struct {
	calendar
	base string
}

func letterOf(alert ewgwatch.Alert, options Options) (letter, error) {
	if !slices.Contains(classes, alert.Class) {
		return letter{}, fmt.Errorf("want one of the classes %q, have %q", classes, alert.Class)
	}
	if len(alert.Notices) == 0 && alert.Class != ewgwatch.TestMessage {
		return letter{}, errors.New("want at least one notice, have none")
	}
	t := tongueOf(options.Lang)
	w := writer{calendar{t, cmp.Or(options.Zone, time.UTC)}, strings.TrimRight(webAddress(options.Base).URL, "/")}
	l := letter{Lang: t.tag.String(), Open: w.inDashboard(alert.ID, "open.here"), Footer: w.footer(alert, options)}
	if alert.Class == ewgwatch.TestMessage {
		l.Items = append(l.Items, w.test())
	}
	for _, n := range alert.Notices {
		one, err := w.item(alert.Class, n)
		if err != nil {
			return letter{}, err
		}
		l.Items = append(l.Items, one)
	}
	w.sumUp(&l, alert)
	l.Subject, l.Topic = headerSafe(w.subject(alert)), headerSafe(w.topic(alert))
	return l, nil
}

func (w writer) test() item {
	return item{Kicker: w.say("kicker.test"), Head: w.say("subject.test"), Leads: []string{w.say("lead.test")}, brief: w.say("lead.test")}
}

// classOf is the class of a notice: its own, or its alert's where it has none.
func classOf(whole ewgwatch.AlertClass, n ewgwatch.Notice) ewgwatch.AlertClass {
	return cmp.Or(n.Class, whole)
}

func (w writer) item(whole ewgwatch.AlertClass, n ewgwatch.Notice) (item, error) {
	class := classOf(whole, n)
	var one item
	switch class {
	case ewgwatch.NewClaim, ewgwatch.MoreSources:
		one = w.claim(class, n)
	case ewgwatch.Contradicted:
		one = w.contradiction(n)
	case ewgwatch.Correction:
		one = w.correction(n)
	case ewgwatch.ExpectationDue:
		one = w.expectation(n)
	case ewgwatch.SourceHealth:
		one = w.coverage(n)
	default:
		return item{}, fmt.Errorf("want notices of one kind of news each, have one of class %q", class)
	}
	one.Kicker = w.say("kicker." + string(class))
	if n.Reason != "" {
		one.Facts = append(one.Facts, fact{Label: w.say("label.rule"), Value: n.Reason})
	}
	return one, nil
}

// mostItems is how many notices are told with all their details: a night's look at a
// whole archive can bring thousands, and no mail server takes a letter of 17 MB.
const mostItems = 100

// sumUp numbers the items of a letter that has several, and puts a table before them.
// A digest has one always. Those over mostItems stand in the table alone.
func (w writer) sumUp(l *letter, alert ewgwatch.Alert) {
	if alert.Class == ewgwatch.TestMessage || len(l.Items) < 2 && alert.Class != ewgwatch.Digest {
		return
	}
	l.Lead = w.count("digest.lead", len(l.Items))
	l.Table = table{
		State: w.say("table.state"), Stance: w.say("table.stance"), Event: w.say("table.event"),
		Sources: w.say("table.sources"), Date: w.say("table.date"), Short: w.say("table.short"),
	}
	for i := range l.Items {
		l.Items[i].Number, l.Items[i].row.Number = i+1, i+1
		l.Table.Rows = append(l.Table.Rows, l.Items[i].row)
	}
	if more := len(l.Items) - mostItems; more > 0 {
		l.Lead = w.say("digest.long", "n", w.number(len(l.Items)), "most", w.number(mostItems))
		l.Rest = w.count("digest.rest", more)
		l.Items = l.Items[:mostItems]
	}
}

func (w writer) footer(alert ewgwatch.Alert, options Options) []string {
	lines := []string{w.say("footer.about")}
	if alert.Subscription != "" {
		lines = append(lines, w.say("footer.subscription", "subscription", alert.Subscription, "at", w.moment(alert.MadeAt)))
	}
	if alert.ID != "" {
		lines = append(lines, w.say("footer.message", "id", alert.ID))
	}
	if leave := tidy(options.Unsubscribe, titleColumns); leave != "" {
		lines = append(lines, leave)
	}
	return lines
}

// inDashboard links to an alert, where there is a dashboard.
func (w writer) inDashboard(id, key string) link {
	if w.base == "" || id == "" {
		return link{}
	}
	return link{w.say(key, "id", id), w.base + "/alerts/" + encodeID(id)}
}

// event names an event with its days and place, each said once.
func (w writer) event(e ewgwatch.Event) string {
	parts := []string{w.eventName(e)}
	for _, part := range []string{w.span(e.Start, e.End), e.Place} {
		if part != "" && !strings.Contains(parts[0], part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

func (w writer) eventName(e ewgwatch.Event) string {
	return cmp.Or(e.Name, e.ID, w.say("event.none"))
}

// eventOf is the event of a notice, by its ID alone where nothing else is known.
func eventOf(n ewgwatch.Notice) ewgwatch.Event {
	if n.Event != (ewgwatch.Event{}) {
		return n.Event
	}
	if n.Finding.Event.ID == n.Claim.Event {
		return n.Finding.Event
	}
	return ewgwatch.Event{ID: n.Claim.Event}
}

func (w writer) sourceName(s ewgwatch.Source) string {
	return cmp.Or(s.Name, s.ID, w.say("source.none"))
}

// headerSafe makes a line fit for a subject: it is short, it calls nobody in a chat,
// and nothing in it is taken for an encoded word (RFC 2047), which could hide line ends.
func headerSafe(s string) string {
	return plain.Cut(strings.ReplaceAll(inert(plain.Line(s)), "=?", "= ?"), subjectColumns)
}

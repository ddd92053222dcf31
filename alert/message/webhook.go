package message

import (
	_ "embed" // the schema
	"encoding/json"
	"slices"
	"time"

	"ewgwatch"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of [Message.JSON]. Fields are only
// ever added under the number that "schema" gives: a reader leaves alone what it does
// not know.
func Schema() []byte { return slices.Clone(schema) }

// body is the JSON of a message. Its text is as it was read, other than that of the
// subject: who shows it escapes it for where it goes.
type body struct {
	Schema       int        `json:"schema"`
	ID           string     `json:"id"`
	Thread       string     `json:"thread"`
	Class        string     `json:"class"`
	Subscription string     `json:"subscription"`
	MadeAt       string     `json:"made_at"`
	Subject      string     `json:"subject"`
	Short        string     `json:"short"`
	Notices      []newsBody `json:"notices"`
}

type newsBody struct {
	Class              string           `json:"class"`
	Reason             string           `json:"reason"`
	Claim              *claimBody       `json:"claim,omitempty"`
	Event              *eventBody       `json:"event,omitempty"`
	Finding            *findingBody     `json:"finding,omitempty"`
	IndependentSources int              `json:"independent_sources"`
	Contradicted       bool             `json:"contradicted"`
	Beside             []besideBody     `json:"beside"`
	Before             *beforeBody      `json:"before,omitempty"`
	Now                *claimBody       `json:"now,omitempty"`
	Why                string           `json:"why,omitempty"`
	Expectation        *expectationBody `json:"expectation,omitempty"`
	Coverage           *coverageBody    `json:"coverage,omitempty"`
}

type claimBody struct {
	State     string `json:"state"`
	StateName string `json:"state_name"`
	Event     string `json:"event"`
	Stance    string `json:"stance"`
	Planned   bool   `json:"planned"`
}

type eventBody struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Kind        string `json:"kind"`
	Place       string `json:"place"`
	Host        string `json:"host"`
	Start       string `json:"start"`
	End         string `json:"end"`
	Cycle       string `json:"cycle"`
	Provisional bool   `json:"provisional"`
}

type findingBody struct {
	ID            string        `json:"id"`
	Quote         string        `json:"quote"`
	URL           string        `json:"url"`
	Link          string        `json:"link"`
	Title         string        `json:"title"`
	Lang          string        `json:"lang"`
	Page          int           `json:"page,omitempty"`
	Via           string        `json:"via"`
	Rule          string        `json:"rule"`
	Confidence    float64       `json:"confidence"`
	Status        string        `json:"status"`
	Wire          string        `json:"wire"`
	FoundAt       string        `json:"found_at"`
	Published     publishedBody `json:"published"`
	Source        sourceBody    `json:"source"`
	CaptureSHA256 string        `json:"capture_sha256"`
}

type publishedBody struct {
	Date      string `json:"date"`
	At        string `json:"at"`
	Precision string `json:"precision"`
	Raw       string `json:"raw"`
	Rule      string `json:"rule"`
	Zone      string `json:"zone"`
}

type sourceBody struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Kind       string `json:"kind"`
	Class      string `json:"class"`
	State      string `json:"state"`
	StateOwned bool   `json:"state_owned"`
}

type besideBody struct {
	Stance             string      `json:"stance"`
	Planned            bool        `json:"planned"`
	IndependentSources int         `json:"independent_sources"`
	Against            bool        `json:"against"`
	Finding            findingBody `json:"finding"`
}

type beforeBody struct {
	ID string `json:"id"`
	At string `json:"at"`
}

type expectationBody struct {
	By             string `json:"by"`
	MinistriesRead int    `json:"ministries_read"`
	MinistriesOf   int    `json:"ministries_of"`
}

type coverageBody struct {
	Source sourceBody `json:"source"`
	From   string     `json:"from"`
	To     string     `json:"to"`
	At     string     `json:"at"`
	Run    string     `json:"run"`
	Why    string     `json:"why"`
}

// webhook returns the JSON of an alert; m has its subject and short text already.
func webhook(alert ewgwatch.Alert, m Message) ([]byte, error) {
	b := body{
		Schema: 1, ID: alert.ID, Thread: alert.Thread, Class: string(alert.Class), Subscription: alert.Subscription,
		MadeAt: instant(alert.MadeAt), Subject: m.Subject, Short: m.Short, Notices: []newsBody{},
	}
	for _, n := range alert.Notices {
		b.Notices = append(b.Notices, newsOf(classOf(alert.Class, n), n))
	}
	text, err := json.MarshalIndent(b, "", "  ")
	return append(text, '\n'), err
}

func newsOf(class ewgwatch.AlertClass, n ewgwatch.Notice) newsBody {
	b := newsBody{
		Class: string(class), Reason: n.Reason, IndependentSources: n.Voices, Beside: []besideBody{},
		Contradicted: class == ewgwatch.Contradicted || len(against(n)) > 0,
		Claim:        claimOf(n.Claim, n.Finding.Planned), Now: claimOf(n.Now, n.Finding.Planned), Why: n.Why,
	}
	e := eventOf(n)
	if e != (ewgwatch.Event{}) {
		b.Event = &eventBody{
			ID: e.ID, Name: e.Name, Kind: string(e.Kind), Place: e.Place, Host: string(e.Host),
			Start: e.Start.String(), End: e.End.String(), Cycle: e.Cycle, Provisional: e.Provisional,
		}
	}
	if class != ewgwatch.ExpectationDue && class != ewgwatch.SourceHealth {
		f := findingOf(n.Finding, n.Claim.State, e.Host)
		b.Finding = &f
	}
	for _, o := range n.Beside {
		b.Beside = append(b.Beside, besideBody{string(o.Stance), o.Planned, o.Voices, o.Against, findingOf(o.Finding, n.Claim.State, e.Host)})
	}
	if n.Before != "" {
		b.Before = &beforeBody{n.Before, instant(n.BeforeAt)}
	}
	b.Expectation, b.Coverage = expectationOf(class, n), coverageOf(class, n)
	return b
}

// claimOf is nil for no claim, and for the event alone that an expectation has.
func claimOf(c ewgwatch.Claim, planned bool) *claimBody {
	if c.Stance == "" {
		return nil
	}
	return &claimBody{string(c.State), c.State.Name(), c.Event, string(c.Stance), planned}
}

func findingOf(f ewgwatch.Finding, of, host ewgwatch.State) findingBody {
	p := f.Published
	return findingBody{
		ID: f.ID, Quote: f.Quote, URL: webAddress(f.URL).URL, Link: addressOf(f).URL, Title: f.Title, Lang: f.Lang, Page: f.QuotePage,
		Via: f.Via, Rule: f.Rule, Confidence: f.Confidence, Status: string(f.Status), Wire: f.Wire, FoundAt: instant(f.FoundAt),
		Published:     publishedBody{p.Date.String(), instant(p.At), string(p.Precision), p.Raw, p.Rule, p.Zone},
		Source:        sourceOf(f.Source, of, host),
		CaptureSHA256: f.Capture.SHA256,
	}
}

func sourceOf(s ewgwatch.Source, of, host ewgwatch.State) sourceBody {
	return sourceBody{s.ID, s.Name, string(s.Kind), string(s.Class(of, host)), string(s.State), s.StateOwned}
}

func expectationOf(class ewgwatch.AlertClass, n ewgwatch.Notice) *expectationBody {
	if class != ewgwatch.ExpectationDue {
		return nil
	}
	return &expectationBody{n.By.String(), n.Read, n.Of}
}

func coverageOf(class ewgwatch.AlertClass, n ewgwatch.Notice) *coverageBody {
	if class != ewgwatch.SourceHealth {
		return nil
	}
	t := n.Transition
	return &coverageBody{sourceOf(n.Source, "", ""), string(t.From), string(t.To), instant(t.At), t.Run, t.Why}
}

// instant is a time in UTC by RFC 3339; "" where it is not known.
func instant(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

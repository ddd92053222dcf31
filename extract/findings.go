package extract

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/extract/lexicon"
)

// Options is what reading needs of the outside. What was used is kept with the
// run, so that the same bytes read again give the same findings.
type Options struct {
	Catalogue []ewgwatch.Event        // nil for the embedded one
	Now       time.Time               // no page is from after it; zero to accept any date
	Furniture func(block uint64) bool // what the page's host repeats, from Furniture.Before; nil where nothing is known
}

// Result is what one article says.
type Result struct {
	OnTopic  bool
	Score    float64  // of the topic, 0 to 1
	Evidence []string // what carried the score
	Events   []ewgwatch.Event
	Mentions []ewgwatch.Mention
	Findings []ewgwatch.Finding
}

// maxText is how many bytes of a text are read for findings. News is a
// hundredth of it; what is longer is an archive, a book or an attack.
const maxText = 1 << 19

// head returns the beginning of a text that is read, up to the end of a
// paragraph.
func head(text string) string {
	if len(text) <= maxText {
		return text
	}
	if end := strings.LastIndexByte(text[:maxText], '\n'); end > 0 {
		return text[:end]
	}
	return strings.ToValidUTF8(text[:maxText], "")
}

// Findings reads an article: is it about an EWG CT activity, which one, who is
// named, and who is said to have done what. An article off the topic, and a
// listing, yields mentions but no findings. The result depends on the
// arguments alone.
func Findings(article ewgwatch.Article, options Options) Result {
	if options.Catalogue == nil {
		options.Catalogue = Catalogue()
	}
	whole := article.Text
	article.Text = head(whole)
	r := newReading(article, options)
	result := Result{Score: r.topic.score, Evidence: r.topic.evidence, Mentions: public(article.Text, r.mentions)}
	if len(article.Text) < len(whole) {
		result.Evidence = append(result.Evidence, fmt.Sprintf("only the first %d bytes of the text were read", len(article.Text)))
	}
	result.OnTopic = r.topic.score >= onTopic && !article.Listing
	if !result.OnTopic {
		return result
	}
	r.parse()
	r.locate()
	result.Events = r.known()
	result.Findings = r.findings()
	return result
}

// findings turns claims into findings: one for each state, event and stance,
// the surest first mention of each; what only the title says comes with the
// title as its quote; a state named and nothing more is mentioned.
func (r *reading) findings() []ewgwatch.Finding {
	var all []ewgwatch.Finding
	have := map[ewgwatch.Claim]int{}
	said := map[ewgwatch.State]bool{}
	keep := func(f ewgwatch.Finding) {
		said[f.State] = said[f.State] || f.Via != "group"
		at, known := have[f.Claim()]
		if !known {
			have[f.Claim()] = len(all)
			all = append(all, f)
		} else if f.Confidence > all[at].Confidence {
			all[at] = f
		}
	}
	var seconds []ewgwatch.Finding
	for i, claims := range r.told() {
		for _, cl := range claims {
			if event, ok := r.eventOf(i, cl); ok {
				keep(r.finding(cl, event, r.clauses[i]))
				seconds = append(seconds, r.also(i, cl, event)...)
			}
		}
	}
	for _, f := range seconds {
		keep(f)
	}
	var headlines []ewgwatch.Finding // what the text itself does not say, or says more exactly
	headline, _ := r.title.claims(nil)
	for _, cl := range headline {
		event, ok := r.eventOf(-1, cl)
		if ok && !slices.ContainsFunc(all, func(f ewgwatch.Finding) bool {
			return f.State == cl.state && (f.Stance == cl.stance || f.Event.ID == event.ID && ofPresence(cl.stance))
		}) {
			headlines = append(headlines, r.headline(cl, event))
		}
	}
	for _, f := range slices.Concat(headlines, r.hosts(have)) {
		keep(f)
	}
	return append(withoutContradicted(all), r.bareMentions(said)...)
}

// withoutContradicted drops who was taken for present by inference where the
// same article says in so many words that it was not.
func withoutContradicted(all []ewgwatch.Finding) []ewgwatch.Finding {
	gone := map[ewgwatch.Claim]bool{}
	for _, f := range all {
		if f.Stance == ewgwatch.Declined || f.Stance == ewgwatch.Absent {
			gone[ewgwatch.Claim{State: f.State, Event: f.Event.ID, Stance: ewgwatch.Attended}] = true
		}
	}
	return slices.DeleteFunc(all, func(f ewgwatch.Finding) bool { return strings.HasPrefix(f.Rule, partyRule) && gone[f.Claim()] })
}

// told returns what each sentence says, read after those before it.
func (r *reading) told() [][]claim {
	all := make([][]claim, len(r.clauses))
	var subject *group
	var before []claim
	var list *claim // what a colon left open
	for i, c := range r.clauses {
		if i > 0 && r.sentences[i].paragraph > r.sentences[i-1].paragraph+1 {
			subject = nil
		}
		earlier := subject
		all[i], subject = c.claims(earlier)
		all[i] = append(all[i], c.again(before)...)
		if list != nil {
			all[i], list = c.item(all[i], list)
		}
		if opened := c.opening(earlier); opened != nil {
			list = opened
		}
		before = all[i]
	}
	return all
}

// ofPresence reports whether a stance is about being there, which a text that
// says anything else of the state tells more exactly than its headline.
func ofPresence(s ewgwatch.Stance) bool {
	switch s {
	case ewgwatch.CoChair, ewgwatch.Host, ewgwatch.Urged, ewgwatch.Mentioned:
		return false
	}
	return true
}

// hosts gives the host of every event whose place the text tells without a
// phrase that says "held in": "the Moscow meeting".
func (r *reading) hosts(have map[ewgwatch.Claim]int) []ewgwatch.Finding {
	var all []ewgwatch.Finding
	for _, ref := range r.refs {
		if ref.to < 0 || ref.foreign || ref.sentence < 0 || ref.event.Host == "" {
			continue
		}
		event := r.events[ref.to]
		cl := claim{state: ref.event.Host, stance: ewgwatch.Host, rule: "host.place", via: "named", confidence: 0.7}
		cl.planned = !r.published.IsZero() && event.Start.First().After(r.published.Last())
		if _, known := have[ewgwatch.Claim{State: cl.state, Event: event.ID, Stance: cl.stance}]; !known && (event.Host == cl.state || event.Host == "") {
			all = append(all, r.finding(cl, event, r.clauses[ref.sentence]))
		}
	}
	return all
}

// ahead reports whether a claim of presence is of an event that had not begun when
// the article came out. However it is worded, "involves all ten members", nobody had
// been there yet.
func (r *reading) ahead(cl claim, event ewgwatch.Event) bool {
	return cl.stance == ewgwatch.Attended && !r.published.IsZero() && event.Start.First().After(r.published.Last())
}

func (r *reading) finding(cl claim, event ewgwatch.Event, c clause) ewgwatch.Finding {
	cl.planned = cl.planned || r.ahead(cl, event)
	f := r.base(cl.state, cl.stance)
	f.Event, f.Planned, f.Rule, f.Via, f.Confidence = event, cl.planned, cl.rule, cl.via, cl.confidence
	f.Quote, f.QuoteStart, f.QuoteEnd = c.span.of(r.article.Text), c.span.start, c.span.end
	f.QuotePage = sort.SearchInts(r.article.Pages, c.span.start+1)
	f.EventScore = r.scores[event.ID]
	return r.attributed(f)
}

func (r *reading) headline(cl claim, event ewgwatch.Event) ewgwatch.Finding {
	cl.planned = cl.planned || r.ahead(cl, event)
	f := r.base(cl.state, cl.stance)
	f.Event, f.Planned, f.Rule, f.Via, f.Confidence = event, cl.planned, cl.rule, "headline", min(cl.confidence, 0.7)
	f.Quote, f.QuoteStart, f.QuoteEnd = r.article.Title, -1, -1
	f.EventScore = r.scores[event.ID]
	return r.attributed(f)
}

// base carries over what a finding has from its article.
func (r *reading) base(state ewgwatch.State, stance ewgwatch.Stance) ewgwatch.Finding {
	a := r.article
	return ewgwatch.Finding{
		State: state, Stance: stance, Status: ewgwatch.Current, URL: a.URL, Title: a.Title, Lang: a.Lang,
		Published: a.Published, Source: a.Source, Capture: a.Capture, Wire: a.Wire, Sketch: a.Sketch,
	}
}

// bareMentions gives every state that is named and has no stance one finding
// that says so, with the first sentence that names it.
func (r *reading) bareMentions(said map[ewgwatch.State]bool) []ewgwatch.Finding {
	var all []ewgwatch.Finding
	for i, s := range r.sentences {
		for _, m := range inside(r.mentions, s.span, mention.at) {
			if said[m.state] || m.role == lexicon.Place {
				continue
			}
			said[m.state] = true
			cl := claim{state: m.state, stance: ewgwatch.Mentioned, rule: "mentioned", via: "named", confidence: 0.95}
			all = append(all, r.finding(cl, ewgwatch.Event{}, r.clauses[i]))
		}
	}
	return all
}

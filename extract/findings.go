package extract

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/extract/dates"
	"ewgwatch/extract/lexicon"
	"ewgwatch/extract/match"
)

// Options is what reading needs of the outside. What was used is kept with the
// run, so that the same bytes read again give the same findings.
type Options struct {
	Catalogue []ewgwatch.Event // nil for the embedded one
	Now       time.Time        // no page is from after it; zero to accept any date
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

// Findings reads an article: is it about an EWG CT activity, which one, who is
// named, and who is said to have done what. An article off the topic, and a
// listing, yields mentions but no findings. The result depends on the
// arguments alone.
func Findings(article ewgwatch.Article, options Options) Result {
	if options.Catalogue == nil {
		options.Catalogue = Catalogue()
	}
	r := newReading(article, options)
	result := Result{Score: r.topic.score, Evidence: r.topic.evidence, Mentions: public(article.Text, r.mentions)}
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

// reading is one article in the course of being read.
type reading struct {
	article   ewgwatch.Article
	options   Options
	langs     []string
	published ewgwatch.Date
	topic     topic

	sentences  []sentence
	mentions   []mention
	hits       []hit // names and topic words of the text
	clauses    []clause
	title      clause
	titleFound []mention

	refs   []reference
	events []ewgwatch.Event // recognised; refs point into them
}

func newReading(article ewgwatch.Article, options Options) *reading {
	r := &reading{article: article, options: options, langs: langsOf(article.Lang), published: article.Published.Date}
	r.sentences = sentences(article.Text)
	r.hits = names().scan(article.Text, match.Fold(article.Text), r.langs)
	r.hits = withoutShadowed(r.hits)
	r.mentions = mentions(article.Text, r.hits, article.Source.State)
	titleHits := withoutShadowed(names().scan(article.Title, match.Fold(article.Title), r.langs))
	r.titleFound = mentions(article.Title, titleHits, article.Source.State)
	perSentence := make([][]hit, len(r.sentences))
	for i, s := range r.sentences {
		perSentence[i] = inside(r.hits, s.span, hit.at)
	}
	r.topic = weigh(titleHits, perSentence)
	return r
}

func (h hit) at() span     { return h.span }
func (m mention) at() span { return m.span }

// inside returns the items, sorted by start, that lie within a span.
func inside[T any](items []T, s span, at func(T) span) []T {
	from, _ := slices.BinarySearchFunc(items, s.start, func(item T, start int) int { return cmp.Compare(at(item).start, start) })
	to, _ := slices.BinarySearchFunc(items, s.end, func(item T, end int) int { return cmp.Compare(at(item).start, end) })
	var within []T
	for _, item := range items[from:to] {
		if at(item).end <= s.end {
			within = append(within, item)
		}
	}
	return within
}

// langsOf returns the languages whose phrases are looked for: the article's
// own, its close kin, and English, in whose words the forum is often named.
func langsOf(lang string) []string {
	primary, _, _ := strings.Cut(lang, "-")
	switch primary {
	case "", "en":
		return []string{"en"}
	case "id", "ms":
		return []string{"id", "ms", "en"}
	case "tl":
		return []string{"fil", "en"}
	}
	return []string{primary, "en"}
}

// parse takes every sentence, and the title, apart.
func (r *reading) parse() {
	words := grammar().scan(r.article.Text, match.Fold(r.article.Text), r.grammarLangs())
	for _, s := range r.sentences {
		within := inside(words, s.span, hit.at)
		within = append(within, inside(r.hits, s.span, hit.at)...)
		within = slices.DeleteFunc(within, func(h hit) bool { return h.whole.start < s.start })
		r.clauses = append(r.clauses, parse(r.article.Text, s.span, inside(r.mentions, s.span, mention.at), within, r.published))
	}
	folded := match.Fold(r.article.Title)
	titleWords := slices.Concat(grammar().scan(r.article.Title, folded, r.grammarLangs()), withoutShadowed(names().scan(r.article.Title, folded, r.langs)))
	r.title = parse(r.article.Title, span{0, len(r.article.Title)}, r.titleFound, titleWords, r.published)
}

// grammarLangs leaves English out where the article is in another language:
// its short words would be found in every Latin text.
func (r *reading) grammarLangs() []string {
	if len(r.langs) > 1 {
		return r.langs[:len(r.langs)-1]
	}
	return r.langs
}

// locate finds the events spoken of and recognises them.
func (r *reading) locate() {
	options := dates.Options{Lang: r.article.Lang, MonthFirst: dates.MonthFirst(r.article.Source.State, r.article.Lang)}
	r.refs = r.title.references(-1, r.whens(r.article.Title, options))
	whens := r.whens(r.article.Text, options)
	for i, c := range r.clauses {
		r.refs = append(r.refs, c.references(i, whens)...)
	}
	described := describe(r.refs)
	index := make([]int, len(described))
	for i, e := range described {
		known := recognise(e, r.options.Catalogue, r.published)
		at := slices.IndexFunc(r.events, func(have ewgwatch.Event) bool { return have.ID == known.ID })
		if at < 0 {
			at = len(r.events)
			r.events = append(r.events, known)
		}
		index[i] = at
	}
	for i := range r.refs {
		if r.refs[i].to >= 0 {
			r.refs[i].to = index[r.refs[i].to]
		}
	}
}

// whens finds the dates in a text and completes them against the article's.
func (r *reading) whens(text string, options dates.Options) []when {
	found := dates.Find(text, options)
	var all []when
	for _, f := range found {
		start, end := f.Resolve(r.published)
		if f.Printed&(dates.Year|dates.Month|dates.Day) == dates.Month|dates.Day {
			start, end = sameYear(f, found, start, end)
		}
		if !start.IsZero() {
			all = append(all, when{span{f.From, f.To}, start, end})
		}
	}
	return append(all, years(text, all)...)
}

// years finds the years that stand alone ("planned for 2026"), as whens that
// come after all others: a fuller date goes before them.
func years(text string, fuller []when) []when {
	var all []when
	for _, at := range yearForm.FindAllStringIndex(text, -1) {
		s := span{at[0], at[1]}
		if slices.ContainsFunc(fuller, func(w when) bool { return w.overlaps(s) }) || !wholeWord(text, s, false) {
			continue
		}
		year := ewgwatch.Date{Year: 1000*int(text[s.start]-'0') + 100*int(text[s.start+1]-'0') + 10*int(text[s.start+2]-'0') + int(text[s.start+3]-'0')}
		if year.Year > 2500 {
			year.Year -= buddhistEra
		}
		all = append(all, when{s, year, year})
	}
	return all
}

// Years of the group's life, in the Gregorian and in the Buddhist calendar.
var yearForm = regexp.MustCompile(`20[1-4][0-9]|25[5-8][0-9]`)

const buddhistEra = 543

// sameYear gives a date without a year that of a printed span which holds its
// day: "from 2 to 12 May 2016 … the finale on 9 May".
func sameYear(f dates.Found, all []dates.Found, start, end ewgwatch.Date) (ewgwatch.Date, ewgwatch.Date) {
	for _, other := range all {
		if other.Printed != dates.FullDay {
			continue
		}
		first, last := f.First, f.Last
		first.Year, last.Year = other.First.Year, other.First.Year
		if !first.First().Before(other.First.First()) && !last.First().After(other.Last.First()) {
			return first, last
		}
	}
	return start, end
}

// known returns the events in the order of their dates.
func (r *reading) known() []ewgwatch.Event {
	events := slices.Clone(r.events)
	slices.SortStableFunc(events, func(a, b ewgwatch.Event) int { return a.Start.First().Compare(b.Start.First()) })
	return events
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
	var subject *group
	var before []claim
	for i, c := range r.clauses {
		if i > 0 && r.sentences[i].paragraph > r.sentences[i-1].paragraph+1 {
			subject = nil
		}
		var claims []claim
		claims, subject = c.claims(subject)
		claims = append(claims, c.again(before)...)
		before = claims
		for _, cl := range claims {
			if event, ok := r.eventOf(i, cl); ok {
				keep(r.finding(cl, event, c))
			}
		}
	}
	var headlines []ewgwatch.Finding // what the text itself does not say, or says more exactly
	headline, _ := r.title.claims(nil)
	for _, cl := range headline {
		event, ok := r.eventOf(-1, cl)
		if ok && !slices.ContainsFunc(all, func(f ewgwatch.Finding) bool {
			return f.State == cl.state && (f.Stance == cl.stance || f.Event.ID == event.ID)
		}) {
			headlines = append(headlines, r.headline(cl, event))
		}
	}
	for _, f := range slices.Concat(headlines, r.hosts(have)) {
		keep(f)
	}
	return append(all, r.bareMentions(said)...)
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

// eventOf ties a claim to an event: one spoken of in the same sentence, the
// nearest that follows its cue before the nearest that precedes it; else the
// one at a place that the sentence names; else the one spoken of last that the
// claim's tense allows. It reports false where the claim is about another
// group's or another exercise's event.
func (r *reading) eventOf(sentence int, cl claim) (ewgwatch.Event, bool) {
	if cl.former {
		return ewgwatch.Event{}, true
	}
	c := r.title
	if sentence >= 0 {
		c = r.clauses[sentence]
	}
	if c.foreign(cl.cue) {
		return ewgwatch.Event{}, false
	}
	if ref, ok := r.nearestTo(sentence, cl.cue); ok {
		if ref.foreign {
			return ewgwatch.Event{}, false
		}
		if ref.to >= 0 {
			return r.events[ref.to], true
		}
	}
	if at, ok := r.placed(c, cl); ok {
		return r.events[at], true
	}
	if ref, ok := r.nearestTo(sentence, cl.cue); ok && !sameKindAsAny(ref.event.Kind, r.events) {
		return ewgwatch.Event{}, true // "meetings" where only an exercise is known
	}
	return r.focus(sentence, cl)
}

func sameKindAsAny(kind ewgwatch.EventKind, events []ewgwatch.Event) bool {
	return slices.ContainsFunc(events, func(e ewgwatch.Event) bool { return sameKind(kind, e.Kind) })
}

// nearestTo returns the reference of a sentence that a cue most likely speaks
// of.
func (r *reading) nearestTo(sentence int, cue hit) (reference, bool) {
	best, bestDistance := reference{}, 1<<30
	for _, ref := range r.refs {
		if ref.sentence != sentence {
			continue
		}
		distance := ref.distance(cue.span)
		if ref.start < cue.start && !ref.overlaps(cue.span) {
			distance += distance/2 + 10
		}
		if ref.governed {
			distance += 60
		}
		if distance < bestDistance {
			best, bestDistance = ref, distance
		}
	}
	return best, bestDistance < 1<<30
}

// placed returns the event at a place that a sentence names, where there is
// just one.
func (r *reading) placed(c clause, cl claim) (int, bool) {
	at, count := -1, 0
	for i, e := range r.events {
		if slices.ContainsFunc(c.groups, func(g group) bool { return g.place && g.at(e) }) && r.possible(e, cl) {
			at, count = i, count+1
		}
	}
	return at, count == 1
}

// at reports whether a place is where an event is.
func (g group) at(e ewgwatch.Event) bool {
	return slices.ContainsFunc(g.mentions, func(m mention) bool {
		return m.state == e.Host && (!m.city() || cityOf(e) == "" || strings.Contains(e.Place, m.place))
	})
}

// focus returns the event spoken of last before a sentence that a claim can be
// about, else any that it can, else none.
func (r *reading) focus(sentence int, cl claim) (ewgwatch.Event, bool) {
	for _, ref := range slices.Backward(r.refs) {
		if ref.sentence >= sentence {
			continue
		}
		if ref.foreign {
			return ewgwatch.Event{}, false
		}
		if ref.to >= 0 && !ref.governed && r.possible(r.events[ref.to], cl) {
			return r.events[ref.to], true
		}
	}
	for _, e := range r.events {
		if r.possible(e, cl) {
			return e, true
		}
	}
	if len(r.events) > 0 {
		return r.events[0], true
	}
	return ewgwatch.Event{}, true
}

// possible reports whether the tense of a claim fits an event: what is told as
// done is not of an event that lies ahead, nor what is planned of one past.
func (r *reading) possible(e ewgwatch.Event, cl claim) bool {
	if e.Start.IsZero() || r.published.IsZero() || cl.stance != ewgwatch.Attended && cl.stance != ewgwatch.Absent {
		return true
	}
	if cl.planned {
		return !last(e).Before(r.published.First())
	}
	return !e.Start.First().After(r.published.Last())
}

func (r *reading) finding(cl claim, event ewgwatch.Event, c clause) ewgwatch.Finding {
	f := r.base(cl.state, cl.stance)
	f.Event, f.Planned, f.Rule, f.Via, f.Confidence = event, cl.planned, cl.rule, cl.via, cl.confidence
	f.Quote, f.QuoteStart, f.QuoteEnd = c.span.of(r.article.Text), c.span.start, c.span.end
	return f
}

func (r *reading) headline(cl claim, event ewgwatch.Event) ewgwatch.Finding {
	f := r.base(cl.state, cl.stance)
	f.Event, f.Planned, f.Rule, f.Via, f.Confidence = event, cl.planned, cl.rule, "headline", min(cl.confidence, 0.7)
	f.Quote, f.QuoteStart, f.QuoteEnd = r.article.Title, -1, -1
	return f
}

// base carries over what a finding has from its article.
func (r *reading) base(state ewgwatch.State, stance ewgwatch.Stance) ewgwatch.Finding {
	a := r.article
	return ewgwatch.Finding{
		State: state, Stance: stance, Status: ewgwatch.Current, URL: a.URL, Title: a.Title, Lang: a.Lang,
		Published: a.Published, Source: a.Source, Capture: a.Capture,
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

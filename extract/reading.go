package extract

import (
	"cmp"
	"slices"
	"strings"

	"ewgwatch"
)

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
	events []ewgwatch.Event   // recognised; refs point into them
	scores map[string]float64 // by event ID, see recognise; no event has none
}

func newReading(article ewgwatch.Article, options Options) *reading {
	r := &reading{article: article, options: options, langs: langsOf(article.Lang), published: article.Published.Date}
	r.sentences = sentences(article.Text)
	r.hits = names.of(r.langs).scan(article.Text)
	r.hits = withoutShadowed(r.hits)
	state := publisher(article)
	r.mentions = mentions(article.Text, r.hits, state)
	titleHits := withoutShadowed(names.of(r.langs).scan(article.Title))
	r.titleFound = mentions(article.Title, titleHits, state)
	perSentence := make([][]hit, len(r.sentences))
	for i, s := range r.sentences {
		perSentence[i] = inside(r.hits, s.span, hit.at)
	}
	r.topic = weigh(titleHits, perSentence)
	return r
}

func (h hit) at() span { return h.span }

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
	words := withoutInner(grammar.of(r.grammarLangs()).scan(r.article.Text))
	r.sentences = reopened(r.article.Text, r.sentences, words)
	for _, s := range r.sentences {
		within := inside(words, s.span, hit.at)
		within = append(within, inside(r.hits, s.span, hit.at)...)
		within = slices.DeleteFunc(within, func(h hit) bool { return h.whole.start < s.start })
		r.clauses = append(r.clauses, parse(r.article.Text, s.span, inside(r.mentions, s.span, mention.at), within, r.published))
	}
	titleWords := slices.Concat(withoutInner(grammar.of(r.grammarLangs()).scan(r.article.Title)), withoutShadowed(names.of(r.langs).scan(r.article.Title)))
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

// known returns the events in the order of their dates.
func (r *reading) known() []ewgwatch.Event {
	events := slices.Clone(r.events)
	slices.SortStableFunc(events, func(a, b ewgwatch.Event) int { return a.Start.First().Compare(b.Start.First()) })
	return events
}

// at reports whether a place is where an event is.
func (g group) at(e ewgwatch.Event) bool {
	return slices.ContainsFunc(g.mentions, func(m mention) bool {
		return m.state == e.Host && (!m.city() || cityOf(e) == "" || strings.Contains(e.Place, m.place))
	})
}

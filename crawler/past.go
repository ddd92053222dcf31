package crawler

import (
	"net/url"
	"strings"
	"time"

	"ewgwatch"
)

// How much further the past is followed than what is new.
const (
	maxPastFound   = 200  // feeds and sitemaps read beside those the source names, and never more than a third of the budget
	maxPastChain   = 200  // pages of a listing, and never more than half the budget
	maxPastPattern = 3000 // links of one pattern
	maxQueries     = 8    // questions put to a site's search
	searchedScore  = 4    // of a post that the site's own search gave, besides what its title scores
	guessedSitemap = "/sitemap.xml"
)

// bounds are how far a tour goes.
type bounds struct{ found, chain, pattern int }

func (t *tour) bounds() bounds {
	if t.night.options.Since.IsZero() {
		return bounds{found: maxFound, chain: maxChain, pattern: maxOfPattern}
	}
	budget := orDefault(t.source.MaxPages, t.night.options.MaxPages)
	return bounds{found: max(maxFound, min(maxPastFound, budget/3)), chain: max(maxChain, min(maxPastChain, budget/2)), pattern: maxPastPattern}
}

// isPast reports whether the past is being read.
func (t *tour) isPast() bool { return !t.night.options.Since.IsZero() }

// isTooOld reports whether what has this date lies before the past that is
// asked for. An unknown date does not.
func (t *tour) isTooOld(at time.Time) bool {
	return t.isPast() && !at.IsZero() && at.Before(t.night.options.Since)
}

// queries are the words to search the source for, none where the past is not
// read.
func (t *tour) queries() []string {
	if !t.isPast() || t.night.options.Queries == nil {
		return nil
	}
	words := t.night.options.Queries(t.source)
	return words[:min(len(words), maxQueries)]
}

// startSearches queues the first pages of what the source's own search finds.
// They are listings like any other, but come before the sitemaps.
func (t *tour) startSearches() {
	for _, words := range t.queries() {
		for _, template := range t.source.Search {
			address := strings.Replace(template, queryMark, percentEncoded(words), 1)
			t.own(address, ewgwatch.RoleArticle, rankSearch)
		}
	}
}

// percentEncoded escapes words for a query as for a path.
func percentEncoded(words string) string {
	return strings.ReplaceAll(url.QueryEscape(words), "+", "%20")
}

// isQuestion reports whether a URL was asked for only because the past was read:
// a search, a guess. It is no page of the site, and on other nights not worth a
// visit.
func (t *tour) isQuestion(u *url.URL) bool {
	if u.Path == guessedSitemap || strings.Contains(u.Path, "/wp/v2/posts") || strings.Contains(u.RawQuery, "/wp/v2/posts") {
		return true
	}
	for _, template := range t.source.Search {
		front, _, _ := strings.Cut(template, queryMark)
		canonical, err := Canonical(front + "x")
		front = strings.TrimSuffix(canonical, "x")
		isWhole := strings.HasSuffix(front, "/") && strings.Count(front, "/") == 3 // the words stand right after the host
		if err == nil && !isWhole && strings.HasPrefix(u.String(), front) {
			return true
		}
	}
	return false
}

// question is one put to WordPress's REST API.
type question struct {
	root  string
	words []string // the first is asked for, the others follow once it is answered
	page  int      // from 1
}

// askAPI queues the first question to the API that a site shows, once.
func (t *tour) askAPI(v *visit) {
	words := t.queries()
	if len(words) == 0 || t.asked || v.media != htmlMedia {
		return
	}
	root := apiRoot(v.page, v.links)
	if _, _, own := t.within(root); own {
		t.asked = true
		t.put(question{root: root, words: words, page: 1})
	}
}

func (t *tour) put(q question) {
	canonical, err := Canonical(searchPosts(q.root, q.words[0], t.night.options.Since, q.page))
	if err != nil {
		return
	}
	t.frontier.push(entry{url: canonical, role: ewgwatch.RoleFeed, rank: rankSearch, guess: true, question: &q})
}

// answered queues what follows an answered question: its other pages and the
// next one. An API that refused is asked nothing more.
func (t *tour) answered(q question, v *visit) {
	if !v.page.Outcome.Read() || q.page > 1 {
		return
	}
	for page := 2; page <= pagesOfPosts(v.page.Header); page++ {
		t.put(question{root: q.root, words: q.words[:1], page: page})
	}
	if len(q.words) > 1 {
		t.put(question{root: q.root, words: q.words[1:], page: 1})
	}
}

// takePastSitemaps queues all sitemaps of a site whose past is read, and the
// usual one where robots.txt names none.
func (t *tour) takePastSitemaps(page ewgwatch.Page) {
	before := t.found
	t.takeRobotsSitemaps(page)
	base, err := url.Parse(page.FinalURL)
	if err != nil || t.found > before || len(t.source.Sitemaps) > 0 {
		return
	}
	if canonical, _, own := t.within(resolver(base)(guessedSitemap)); own {
		t.found++
		t.frontier.push(entry{url: canonical, role: ewgwatch.RoleSitemap, rank: rankSitemap, guess: true})
	}
}

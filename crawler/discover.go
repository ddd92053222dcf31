package crawler

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"ewgwatch"
)

const (
	maxUnscored   = 3  // clicks from the seed to a page that does not speak of the topic
	maxScored     = 8  // … to one that does
	maxChain      = 10 // pages of a listing
	maxFound      = 10 // feeds and sitemaps read beside those the source names
	maxFoundFeeds = 3  // of them, feeds the seed links to
	sitemapLevels = 3  // an index of indexes of sitemaps
)

// start fills the frontier with what is known before the first request: the
// source's own addresses and every page of earlier nights, since a listing that
// did not change shows no links.
func (t *tour) start() error {
	for _, address := range t.source.Feeds {
		t.own(address, ewgwatch.RoleFeed, rankFeed)
	}
	t.own(t.source.URL, ewgwatch.RoleSeed, rankSeed)
	for _, address := range t.source.Sitemaps {
		t.own(address, ewgwatch.RoleSitemap, rankSitemap)
	}
	t.startSearches()
	visits, err := t.night.history.Visits(t.source.ID)
	if err != nil {
		return err
	}
	for _, visit := range visits {
		t.remember(visit)
	}
	return nil
}

func (t *tour) own(address string, role ewgwatch.Role, rank rank) {
	canonical, err := Canonical(address)
	if err != nil {
		t.coverage.trouble(weightSource, address+": "+err.Error())
		return
	}
	if role == ewgwatch.RoleSeed {
		t.sites[siteOfAddress(canonical)] = true
	}
	t.frontier.push(entry{url: canonical, role: role, rank: rank})
}

// remember queues a page of an earlier night.
func (t *tour) remember(visit ewgwatch.Visit) {
	canonical, err := Canonical(visit.URL)
	if err != nil {
		return
	}
	u, err := url.Parse(canonical)
	if err != nil || t.isQuestion(u) {
		return
	}
	if isCalendar(u) {
		t.patterns.admit(u, maxOfCalendar) // a calendar does not grow night by night
	}
	known := entry{
		url:   canonical,
		role:  ewgwatch.RoleArticle,
		rank:  rankPage,
		score: t.night.options.Score("", canonical),
		known: true,
		at:    novelty(visit),
		depth: 1,
	}
	if isResting(visit, t.night.options.Rest, t.night.options.Now()) {
		if !t.mayHide(visit) {
			t.frontier.rest(known, visit.At)
			return
		}
		known.again = visit.At
	}
	t.frontier.push(known)
}

// mayHide reports whether a page that is left alone, or that only says that it did
// not change, may keep links from us that no night has followed: it led on to what was
// new, and the last night did not see all that its source offered.
func (t *tour) mayHide(visit ewgwatch.Visit) bool {
	return visit.Onward && !t.night.options.Whole(t.source.ID)
}

// novelty is when a known page was found, or no time at all for one that held
// nothing to read: it is looked at again after the others.
func novelty(visit ewgwatch.Visit) time.Time {
	switch visit.Outcome {
	case ewgwatch.Gone, ewgwatch.NotHTML, ewgwatch.TooLarge, ewgwatch.Robots:
		return time.Time{}
	}
	return visit.FirstSeen
}

// discover queues what a visit leads to.
func (t *tour) discover(e *entry, v *visit) {
	page := v.page
	if page.FinalURL != page.URL && page.Outcome.Read() {
		t.frontier.visited(page.FinalURL)
	}
	if page.Outcome.Read() && v.media == htmlMedia {
		t.follow(e, v)
		t.believe(e, v)
	}
	if !page.Outcome.Read() {
		t.frontier.failed(e)
	}
	t.take(e, v)
	t.askAPI(v)
	if e.question != nil {
		t.answered(*e.question, v)
	}
	switch {
	case e.rank == rankSeed && t.isPast():
		t.takePastSitemaps(page)
	case e.rank == rankSeed && len(t.source.Feeds)+len(t.source.Sitemaps)+t.found == 0:
		t.takeRobotsSitemaps(page)
	}
}

// follow queues the links of a page that stay within the site.
func (t *tour) follow(from *entry, v *visit) {
	outlook := t.outlook(from)
	var looks map[string]standing
	if v.page.Onward {
		looks = standings(v.links)
	}
	for _, l := range v.links {
		if l.rel != "" {
			continue
		}
		canonical, u, own := t.within(l.url)
		if l.feed && u != nil { // may be kept by a feed service
			t.findFeed(from, canonical)
			continue
		}
		if !own {
			continue
		}
		if e, ok := t.linked(from, l, canonical, u); ok {
			e.looks = looks[l.url]
			outlook.add(e, u, l.next)
		}
	}
	for _, hopeful := range outlook.entries() {
		t.queue(hopeful.entry, hopeful.u)
	}
}

// linked returns the page that a link of another leads to; false where it is not to
// be followed.
func (t *tour) linked(from *entry, l link, canonical string, u *url.URL) (entry, bool) {
	if isPlumbing(u) {
		return entry{}, false
	}
	e := entry{url: canonical, role: ewgwatch.RoleArticle, rank: rankPage, depth: from.depth + 1}
	e.score = t.night.options.Score(l.anchor, canonical)
	if l.next {
		e.chain, e.depth = from.chain+1, from.depth
	}
	return e, !e.isFar(t.bounds())
}

// leadsOn reports whether a page leads to pages that were not known and are to be
// followed: most lead to what every other page of their site leads to. Links that
// every night leaves alone do not count, or their page would be read for them for
// ever: pictures and log-ins, the further pages of a calendar, the feeds that the seed
// does not name. How far the page is tonight says nothing: what is known is one click
// away for the nights to come, see remember.
func (t *tour) leadsOn(from *entry, links []link) bool {
	later := &entry{depth: min(from.depth, 1)}
	return slices.ContainsFunc(links, func(l link) bool {
		canonical, u, own := t.within(l.url)
		if !own || l.rel != "" || l.feed || t.frontier.knows(canonical) || isCalendar(u) {
			return false
		}
		_, followed := t.linked(later, l, canonical, u)
		return followed
	})
}

// isFar reports whether a link is too many clicks away to be followed.
func (e entry) isFar(b bounds) bool {
	return e.chain > b.chain || e.depth > maxScored || e.depth > maxUnscored && e.score <= 0
}

// queue pushes a found page, unless its pattern is worn out.
func (t *tour) queue(e entry, u *url.URL) {
	if t.frontier.seen[e.url] == nil && !t.patterns.admit(u, t.bounds().pattern) {
		return
	}
	t.frontier.push(e)
}

// within returns a link in its canonical spelling, and whether it stays within
// the source's own site. The URL is nil where the link leads nowhere.
func (t *tour) within(link string) (string, *url.URL, bool) {
	a := t.browser.memo.address(link)
	return a.canonical, a.u, a.u != nil && t.sites[siteOf(a.u)]
}

// findFeed queues a feed that the seed links to, where the source names none.
func (t *tour) findFeed(from *entry, canonical string) {
	if from.rank != rankSeed || len(t.source.Feeds) > 0 || t.found >= maxFoundFeeds || t.frontier.isList(canonical) {
		return
	}
	t.found++
	t.fed = true
	t.frontier.push(entry{url: canonical, role: ewgwatch.RoleFeed, rank: rankFoundFeed})
}

// take queues what a feed or sitemap names. Only a feed that the source itself
// names, or is, may lead to other sites, as a news search does.
func (t *tour) take(from *entry, v *visit) {
	base, err := url.Parse(v.page.FinalURL)
	if err != nil {
		return
	}
	slices.SortStableFunc(v.offers, func(a, b offer) int { return b.at.Compare(a.at) })
	for _, o := range v.offers {
		address, err := base.Parse(o.url)
		if err != nil {
			continue
		}
		canonical, u, own := t.within(address.String())
		switch {
		case u == nil || !own && from.rank > rankSeed || isPlumbing(u) && !o.sitemap || t.isTooOld(o.at):
			continue
		case o.sitemap:
			t.findSitemap(from, canonical, o.at)
			continue
		}
		t.frontier.push(entry{
			url:   canonical,
			role:  ewgwatch.RoleArticle,
			rank:  rankPage,
			score: t.night.options.Score(o.title, canonical) + from.promise(),
			at:    t.past(o.at),
			depth: 1,
		})
	}
}

// promise is what a page scores for having been searched for.
func (e *entry) promise() int {
	if e.question == nil {
		return 0
	}
	return searchedScore
}

// past drops times of the future, with which a hostile or careless site could
// put itself first for ever.
func (t *tour) past(at time.Time) time.Time {
	if at.After(t.night.options.Now().Add(24 * time.Hour)) {
		return time.Time{}
	}
	return at
}

func (t *tour) findSitemap(from *entry, canonical string, at time.Time) {
	if t.found >= t.bounds().found || from.depth+1 >= sitemapLevels || t.frontier.isList(canonical) {
		return
	}
	t.found++
	e := entry{url: canonical, role: ewgwatch.RoleSitemap, rank: rankSitemap, depth: from.depth + 1, at: t.past(at)}
	if strings.Contains(canonical, "news") {
		e.score = 1 // before those of tags, authors and pictures
	}
	t.frontier.push(e)
}

// takeRobotsSitemaps queues the sitemaps that robots.txt names, for a source
// that has neither feed nor sitemap.
func (t *tour) takeRobotsSitemaps(page ewgwatch.Page) {
	for _, address := range []string{page.URL, page.FinalURL} {
		u, err := url.Parse(address)
		if err != nil {
			continue
		}
		for _, sitemap := range t.night.chain.sitemaps(u, routeOf(t.source)) {
			if canonical, _, own := t.within(sitemap); own {
				t.findSitemap(&entry{depth: -1}, canonical, time.Time{})
			}
		}
	}
}

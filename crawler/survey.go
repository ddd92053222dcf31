package crawler

import (
	"context"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"ewgwatch"
)

const (
	maxSurvey         = 12 // requests a look at a site costs, robots.txt not counted
	maxSurveyFeeds    = 4  // of them, feeds that the home page links to
	maxSurveySitemaps = 3  // sitemaps that robots.txt names
)

// Addresses tried where nothing was linked: what the common systems use.
var (
	usualFeeds    = []string{"/feed/", "/rss.xml", "/atom.xml"}
	usualSitemaps = []string{"/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml"}
)

// Discover looks at a site, as politely as a crawl and with a dozen requests at
// most, and tells what it offers: feeds, sitemaps, a search. How each request
// ended is in the result; the error is that of an address that is none, or
// ctx's. Nothing is recorded.
func (c *Crawler) Discover(ctx context.Context, address string) (Discovery, error) {
	canonical, err := Canonical(address)
	if err != nil {
		return Discovery{}, err
	}
	transport := newTransport(c.dial, nil, c.options)
	defer transport.CloseIdleConnections()
	memory := hostMemory{now: c.options.Now}
	chain := newChain(transport, newLanes(nil, memory), newNeighbours(nil, 1), memory, c.options)
	s := &survey{
		options: c.options, chain: chain, browser: newBrowser(chain, c.options.identity()),
		source: ewgwatch.Source{ID: canonical, URL: canonical}, asked: map[string]bool{}, sites: map[string]bool{siteOfAddress(canonical): true},
	}
	s.look(withDelay(ctx, c.options.Delay), canonical)
	s.found.sort()
	return s.found, context.Cause(ctx)
}

// survey is one look at a site.
type survey struct {
	options Options
	chain   *obedient
	browser *browser
	source  ewgwatch.Source
	asked   map[string]bool
	sites   map[string]bool
	found   Discovery
}

func (s *survey) look(ctx context.Context, address string) {
	home := s.ask(ctx, address, ewgwatch.RoleSeed)
	if home == nil {
		return
	}
	s.found.Home = home.page
	base, err := url.Parse(home.page.FinalURL)
	if err != nil {
		return
	}
	s.sites[siteOf(base)] = true
	s.found.CrawlDelay = s.chain.known(base, route{}).delay
	if isDead(home.page.Outcome) {
		return
	}
	s.readHome(ctx, home, base)
	s.lookForFeeds(ctx, home.links, base)
	s.lookForSitemaps(ctx, base)
	s.lookForAPI(ctx, apiRoot(home.page, home.links))
}

// isDead reports whether a home page's outcome makes all other requests vain or
// unkind. One that is only barred to programs may have a feed that is not.
func isDead(outcome ewgwatch.Outcome) bool {
	switch outcome {
	case ewgwatch.DNSError, ewgwatch.TLSError, ewgwatch.NetError, ewgwatch.Timeout, ewgwatch.RateLimited, ewgwatch.Forbidden:
		return true
	}
	return false
}

// ask makes one request; nil where it was made before, leads away from the site
// or is one too many. A feed may lie with a feed service.
func (s *survey) ask(ctx context.Context, address string, role ewgwatch.Role) *visit {
	return s.send(ctx, address, &visit{page: ewgwatch.Page{Role: role}})
}

func (s *survey) send(ctx context.Context, address string, v *visit) *visit {
	canonical, err := Canonical(address)
	if err != nil || s.asked[canonical] || len(s.asked) >= maxSurvey || ctx.Err() != nil {
		return nil
	}
	if v.page.Role != ewgwatch.RoleFeed && !s.sites[siteOfAddress(canonical)] {
		return nil
	}
	s.asked[canonical] = true
	v.page.URL, v.page.Source = canonical, s.source
	err = s.browser.open(ctx, v)
	if ctx.Err() != nil {
		return nil
	}
	v.settle(err, s.options.Now, s.options.MaxBody)
	s.found.Trials = append(s.found.Trials, s.trialOf(v))
	return v
}

func (s *survey) trialOf(v *visit) Trial {
	t := Trial{URL: v.page.FinalURL, Role: v.page.Role, Outcome: v.page.Outcome, Detail: v.page.Detail, Items: len(v.offers)}
	tomorrow := s.options.Now().Add(24 * time.Hour)
	for _, o := range v.offers {
		if o.at.After(t.Newest) && o.at.Before(tomorrow) {
			t.Newest = o.at
		}
		t.Index = t.Index || o.sitemap
		t.News = t.News || v.page.Role == ewgwatch.RoleSitemap && o.title != ""
	}
	return t
}

func (s *survey) last() Trial { return s.found.Trials[len(s.found.Trials)-1] }

// readHome takes name, language and search off the home page.
func (s *survey) readHome(ctx context.Context, home *visit, base *url.URL) {
	if home.page.Role == ewgwatch.RoleFeed && home.page.Outcome.Read() {
		s.found.Feeds = append(s.found.Feeds, s.last())
	}
	if home.media != htmlMedia || !home.page.Outcome.Read() {
		return
	}
	root, err := parseHTML(home.page.Body, home.page.Header.Get("Content-Type"))
	if err != nil {
		return
	}
	m := mastheadOf(root)
	s.found.Name, s.found.Lang = m.name(), m.lang
	s.found.Search = s.within(searchForm(root, resolver(base)))
	if description := named(home.links, relSearch); description != "" && s.found.Search == "" && named(home.links, relGenerator) == "" {
		if v := s.ask(ctx, description, ewgwatch.RoleArticle); v != nil && v.answer != nil && v.answer.StatusCode/100 == 2 {
			s.found.Search = s.within(openSearchTemplate(v.body.decoded))
		}
	}
}

func resolver(base *url.URL) func(string) string {
	return func(reference string) string {
		u, err := base.Parse(reference)
		if err != nil {
			return ""
		}
		return u.String()
	}
}

// within drops a search that another site runs.
func (s *survey) within(template string) string {
	if !s.sites[siteOfAddress(strings.Replace(template, queryMark, "q", 1))] {
		return ""
	}
	return template
}

func (s *survey) lookForFeeds(ctx context.Context, links []link, base *url.URL) {
	linked := 0
	for _, l := range links {
		if l.feed && linked < maxSurveyFeeds && s.askFeed(ctx, l.url) {
			linked++
		}
	}
	for _, l := range links {
		if linked == 0 && len(s.found.Feeds) < maxSurveyFeeds && !l.feed && l.rel == "" && looksLikeFeed(l.url) {
			s.askFeed(ctx, l.url)
		}
	}
	for _, usual := range usualFeeds {
		if linked > 0 || len(s.found.Feeds) > 0 {
			return
		}
		s.askFeed(ctx, resolver(base)(usual))
	}
}

// looksLikeFeed knows by its address a feed that a page links to like any other
// page; the last word of the path says so.
func looksLikeFeed(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	name := strings.ToLower(path.Base(u.Path))
	return slices.Contains([]string{"rss", "feed", "rss.xml", "feed.xml", "atom.xml", "rss.php", "rss.aspx"}, name) ||
		slices.Contains([]string{".rss", ".atom", ".rdf"}, path.Ext(name))
}

// askFeed reports whether the feed was asked for.
func (s *survey) askFeed(ctx context.Context, address string) bool {
	v := s.ask(ctx, address, ewgwatch.RoleFeed)
	if v != nil && v.page.Outcome.Read() {
		s.found.Feeds = append(s.found.Feeds, s.last())
	}
	return v != nil
}

func (s *survey) lookForSitemaps(ctx context.Context, base *url.URL) {
	named := slices.Clone(s.chain.sitemaps(base, route{}))
	slices.SortStableFunc(named, func(a, b string) int { return truth(strings.Contains(b, "news"), strings.Contains(a, "news")) })
	for _, address := range named[:min(len(named), maxSurveySitemaps)] {
		s.askSitemap(ctx, resolver(base)(address), true)
	}
	for _, usual := range usualSitemaps {
		if len(named) > 0 || len(s.found.Sitemaps) > 0 {
			return
		}
		s.askSitemap(ctx, resolver(base)(usual), true)
	}
}

// askSitemap looks at a sitemap and, where it is an index that names one of
// news, at that too.
func (s *survey) askSitemap(ctx context.Context, address string, follow bool) {
	v := s.ask(ctx, address, ewgwatch.RoleSitemap)
	if v == nil || !v.page.Outcome.Read() {
		return
	}
	s.found.Sitemaps = append(s.found.Sitemaps, s.last())
	news := slices.IndexFunc(v.offers, func(o offer) bool { return o.sitemap && strings.Contains(strings.ToLower(o.url), "news") })
	if follow && news >= 0 {
		s.askSitemap(ctx, resolver(v.answer.Request.URL)(v.offers[news].url), false)
	}
}

// lookForAPI asks for a single post: the root of an API lists all it can do,
// which may be a megabyte.
func (s *survey) lookForAPI(ctx context.Context, root string) {
	if root == "" {
		return
	}
	v := s.send(ctx, postsURL(root, url.Values{"per_page": {"1"}}), &visit{page: ewgwatch.Page{Role: ewgwatch.RoleArticle}, posts: true})
	if v != nil && v.page.Outcome.Read() {
		s.found.API = root
	}
}

// Package crawler turns sources into pages: it finds what a source offers,
// fetches it as a polite guest and says how every visit ended. It does not
// read articles, and it keeps nothing: what is known is asked of a [History],
// what hosts ask for is told to [Hosts], and answers are archived by a [Recorder].
// [Crawler.Discover] takes a single look at a site, to tell what it offers.
//
//	sources -> tour (one goroutine a source) -> handle(Page)
//	             |  frontier: feeds, seed, searches, sitemaps, links, known pages
//	             v
//	           colly: builds requests, follows redirects, keeps cookies, reads links
//	             |
//	           tap      keeps what came back, shows colly UTF-8
//	           obedient robots.txt (RFC 9309)
//	           polite   one request at a time a lane, delays, Retry-After, few at one address
//	           whole    the whole body or none, within caps and the timeout, and not in drips
//	           routes   the source's own proxy and authorities, or the usual way
//	           dialer   the address guard, after DNS
//
// The pages of a source with Render are read once more by a Chromium between
// colly and handle: it is given the page as it came, runs its scripts, and what
// they made is what is read, linked and cited. It reaches nothing by itself. All
// it asks for is sent by us through the chain below colly, so robots.txt and the
// guard hold for every script; images, frames, fonts and counters are refused.
// To a host, a page with its scripts is one visit: the page keeps the delay, as
// does the first request in any other lane, and its further requests come one
// at a time but without a delay between them.
//
// Everything below colly is an [net/http.RoundTripper], so that each hop of a
// redirect passes through all of it. colly's own limits, robots.txt, cache and
// visited set are not used: they share one delay among hosts, ignore the
// context or forget what failed. Nor is a proxy of the environment: it would
// resolve names behind the guard's back.
package crawler

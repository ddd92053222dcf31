package crawler

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ewgwatch"
)

// Discovery is what a site offers to a crawl, as one short look at it shows.
// Whatever it holds is the site's own word: foreign text.
type Discovery struct {
	Home       ewgwatch.Page // the address asked for, with its body where it could be read
	Name       string        // what the site calls itself; "" where it does not say
	Lang       string        // that the home page declares, as written; "" for none
	Feeds      []Trial       // that could be read, the best first
	Sitemaps   []Trial       // likewise; those of news come first
	Search     string        // URL of the site's own search with {query} in it; "" for none
	API        string        // root of the WordPress REST API, where it answers; "" for none
	CrawlDelay time.Duration // that robots.txt asks for; 0 for none
	Trials     []Trial       // every request but that for robots.txt, in their order
}

// Trial is one request of a look at a site.
type Trial struct {
	URL     string
	Role    ewgwatch.Role
	Outcome ewgwatch.Outcome
	Detail  string
	Items   int       // that a feed or sitemap names
	Newest  time.Time // date of the newest of them; zero where none has one
	News    bool      // a sitemap of news, with titles and dates
	Index   bool      // a sitemap of sitemaps
}

// Readable reports whether anything of the site could be read.
func (d Discovery) Readable() bool {
	return slices.ContainsFunc(d.Trials, func(t Trial) bool { return t.Outcome.Read() })
}

// Refused is how many requests the site, or its robots.txt, would not answer.
func (d Discovery) Refused() int {
	refused := 0
	for _, t := range d.Trials {
		switch t.Outcome {
		case ewgwatch.Blocked, ewgwatch.Challenge, ewgwatch.ConsentWall, ewgwatch.Paywall, ewgwatch.RateLimited, ewgwatch.Robots:
			refused++
		}
	}
	return refused
}

// sort puts the best first.
func (d *Discovery) sort() {
	newest := time.Time{}
	for _, f := range d.Feeds {
		if f.Newest.After(newest) {
			newest = f.Newest
		}
	}
	slices.SortStableFunc(d.Feeds, func(a, b Trial) int {
		return cmp.Or(truth(a.isComments(), b.isComments()), truth(a.isStale(newest), b.isStale(newest)),
			cmp.Compare(b.Items, a.Items), b.Newest.Compare(a.Newest))
	})
	slices.SortStableFunc(d.Sitemaps, func(a, b Trial) int {
		return cmp.Or(truth(b.News, a.News), truth(b.Index, a.Index))
	})
}

// truth orders false before true.
func truth(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func (t Trial) isComments() bool { return strings.Contains(t.URL, "comment") }

// isStale reports whether a feed has fallen a month behind the newest, however
// much it holds.
func (t Trial) isStale(newest time.Time) bool { return t.Newest.Before(newest.AddDate(0, -1, 0)) }

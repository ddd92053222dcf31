package crawler

import (
	"crypto/x509"
	"net/netip"
	"strings"
	"time"
	"unicode"

	"ewgwatch"
)

// Options says how to crawl. The zero value works.
type Options struct {
	// Recorder archives answers before they are handed over; nil archives
	// nothing.
	Recorder Recorder
	// UserAgent is product and version; "ewgwatch/dev" by default. Whatever it
	// is, robots.txt is read for the product "ewgwatch".
	UserAgent string
	// Contact is the URL or mail address put into the User-Agent, so that who
	// runs a site can complain; "" for none.
	Contact string
	// Delay from the end of one answer to the start of the next request of a
	// lane, where the source gives none; 2 s by default, negative for none.
	Delay time.Duration
	// MaxPages is the number of requests a source may cost, where the source
	// gives none; 100 by default. robots.txt is not counted.
	MaxPages int
	// Deadline is how long after its start a crawl begins its last request; 0
	// for no end. What is left over is counted as [ewgwatch.OffBudget].
	Deadline time.Duration
	// Concurrency is the number of requests in flight over all hosts; 64 by
	// default.
	Concurrency int
	// MaxPerAddress is the number of requests in flight to one IP address,
	// whatever hosts live there; 4 by default.
	MaxPerAddress int
	// AllowAddresses are the only private, loopback and other inner addresses
	// that may be connected to, on any port; none by default.
	AllowAddresses []netip.Prefix
	// Authorities are those that sources trust besides the system's, by the
	// CAFile that their lines name.
	Authorities map[string]*x509.CertPool
	// MaxBody is the number of bytes a body may have, both as received and
	// with its content coding undone; 8 MiB by default.
	MaxBody int64
	// Timeout of one request, from connecting to the last byte; 30 s by
	// default. Waiting for a lane is not counted.
	Timeout time.Duration
	// Score says how much a link speaks of the topic: 0 for not at all, from 4
	// on where what it leads to is likely on it; the anchor is "" where only the URL is known. nil makes all links equal.
	Score func(anchor, url string) int
	// Whole reports whether the last run saw all that a source offered. Only
	// then are its seed, feeds, sitemaps and pages that led on to others asked for
	// conditionally, and such pages left alone for a while: a 304 and a rest hide
	// their links, and those that an interrupted night left unread would be lost for good. nil
	// always asks for them in full; bytes that did not change are still told apart
	// by their hash.
	Whole func(source string) bool
	// Hosts remembers what hosts asked for over nights; nil forgets it.
	Hosts Hosts
	// Rest is how long a page is left alone after a visit; 12 h by default,
	// negative for not at all. Pages that have long stood still are left alone
	// longer. Seeds, feeds and sitemaps are visited by every crawl.
	Rest time.Duration
	// Since has the past read, back to this day: what of it is known is asked
	// for and followed further than on other nights. The zero time reads what
	// is new.
	Since time.Time
	// Queries returns the words to ask a source's own search for while the
	// past is read, the best first; at most 8 are asked. nil searches nothing.
	Queries func(source ewgwatch.Source) []string
	// Now is the clock that stamps pages; time.Now by default. Delays do not
	// depend on it.
	Now func() time.Time
	// Chromium is the program that reads the pages of sources with Render; ""
	// looks for chromium, chromium-browser, google-chrome and
	// google-chrome-stable in PATH.
	Chromium string
	// Progress is told of every visit and of the end of every source, one call
	// at a time.
	Progress func(Progress)
}

func (o Options) withDefaults() Options {
	o.UserAgent = orDefault(o.UserAgent, "ewgwatch/dev")
	o.Delay = max(orDefault(o.Delay, 2*time.Second), 0)
	o.MaxPages = orDefault(o.MaxPages, 100)
	o.Concurrency = max(orDefault(o.Concurrency, 64), 1)
	o.MaxPerAddress = max(orDefault(o.MaxPerAddress, 4), 1)
	o.MaxBody = orDefault(o.MaxBody, 8<<20)
	o.Timeout = orDefault(o.Timeout, 30*time.Second)
	o.Rest = max(orDefault(o.Rest, 12*time.Hour), 0)
	if o.Score == nil {
		o.Score = func(string, string) int { return 0 }
	}
	if o.Whole == nil {
		o.Whole = func(string) bool { return false }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	return o
}

func orDefault[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}

// identity is the User-Agent as sent. Control characters would make every
// request fail and are dropped.
func (o Options) identity() string {
	agent := o.UserAgent
	if o.Contact != "" {
		agent += " (+" + o.Contact + ")"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, agent)
}

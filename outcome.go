package ewgwatch

import "slices"

// Outcome is how one visit to a URL ended. The list is closed: every skip has
// a name and is counted.
type Outcome string

// The outcomes.
const (
	New         Outcome = "new"           // read for the first time
	Changed     Outcome = "changed"       // read, and its bytes differ from the last visit's
	Unchanged   Outcome = "unchanged"     // 304, or the same bytes as last time
	Robots      Outcome = "robots"        // robots.txt disallows it
	Blocked     Outcome = "blocked"       // 401, 403, 407, 451
	Challenge   Outcome = "challenge"     // a bot check instead of content
	ConsentWall Outcome = "consent-wall"  // a page that asks for consent instead of content
	Paywall     Outcome = "paywall"       // 402, or content that says so itself
	Gone        Outcome = "gone"          // 404, 410
	RateLimited Outcome = "rate-limited"  // 429, or 503 with Retry-After
	DNSError    Outcome = "error-dns"     // the name does not resolve
	TLSError    Outcome = "error-tls"     // no trusted connection
	Timeout     Outcome = "error-timeout" // no whole answer in time
	NetError    Outcome = "error-net"     // refused, reset, cut short
	HTTPError   Outcome = "error-http"    // any other status that is not 2xx
	Forbidden   Outcome = "address"       // a private or loopback address that no allow list names
	TooLarge    Outcome = "too-large"     // over the body cap; nothing of it is read
	NotHTML     Outcome = "not-html"      // a media type that is not read
	EmptyShell  Outcome = "empty-shell"   // a page without text, which scripts would fill
	NoBrowser   Outcome = "no-browser"    // a page that scripts make, and no browser to run them
	Unreadable  Outcome = "unreadable"    // bytes that hold no text we can read: broken feed, scan
	Resting     Outcome = "resting"       // read on an earlier night and not due again yet
	OffBudget   Outcome = "off-budget"    // known of, but the page budget or the night ran out first
)

// Outcomes returns every outcome, in the order a summary names them.
func Outcomes() []Outcome {
	return []Outcome{New, Changed, Unchanged, Robots, Blocked, Challenge, ConsentWall, Paywall, Gone, RateLimited, DNSError,
		TLSError, Timeout, NetError, HTTPError, Forbidden, TooLarge, NotHTML, EmptyShell, NoBrowser, Unreadable, Resting, OffBudget}
}

// Valid reports whether o is one of the outcomes.
func (o Outcome) Valid() bool { return slices.Contains(Outcomes(), o) }

// HasBody reports whether a page with this outcome carries bytes to read.
func (o Outcome) HasBody() bool { return o == New || o == Changed }

// Visited reports whether there was a visit at all: the other outcomes say why
// none was made.
func (o Outcome) Visited() bool { return o != Resting && o != OffBudget }

// Read reports whether the visit saw what the URL holds now: fresh bytes, or
// the certainty that they are those of the last visit.
func (o Outcome) Read() bool { return o.HasBody() || o == Unchanged }

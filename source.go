package ewgwatch

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Source is a publication watched: one line of seeds.txt.
type Source struct {
	ID         string // host and path, without scheme, "www." and trailing slash: "mindef.gov.sg/news"
	URL        string // absolute http or https
	Name       string // for people; the ID where the line gives none
	Kind       SourceKind
	State      State          // whose ministry, agency or press it is; "" where none
	StateOwned bool           // an agency, broadcaster or newspaper that a state owns or runs
	Lang       string         // BCP 47 tag its pages are mostly in; "" where unknown
	Feeds      []string       // absolute URLs
	Sitemaps   []string       // absolute URLs
	Select     string         // CSS selector of the article body; "" to find it
	Delay      time.Duration  // between requests; 0 for the run's default
	MaxPages   int            // budget of a night; 0 for the run's default
	Zone       *time.Location // zone of dates printed without one; nil for UTC
	Group      string         // sources of one group share one lane of requests; "" for the host's own
	Search     []string       // URLs of the site's own search, with {query} where the words go
	Render     bool           // its pages are made by scripts: read them with a browser
	Proxy      string         // http or socks5 URL that its requests go through; "" for none
	CAFile     string         // PEM file of authorities trusted for it besides the system's; "" for none
	Line       int            // in seeds.txt, from 1
}

// SourceKind is who speaks in a source.
type SourceKind string

// The kinds.
const (
	Ministry  SourceKind = "ministry"
	Agency    SourceKind = "agency" // news agency, state or not
	News      SourceKind = "news"
	NGO       SourceKind = "ngo"
	ThinkTank SourceKind = "thinktank"
	ASEANBody SourceKind = "asean"
)

// SourceKinds returns every kind.
func SourceKinds() []SourceKind {
	return []SourceKind{Ministry, Agency, News, NGO, ThinkTank, ASEANBody}
}

// Valid reports whether k is one of the kinds.
func (k SourceKind) Valid() bool { return slices.Contains(SourceKinds(), k) }

// SourceID returns the ID of a source with this address.
func SourceID(u *url.URL) string {
	host := strings.ToLower(u.Host)
	if u.Scheme == "http" && u.Port() == "80" || u.Scheme == "https" && u.Port() == "443" {
		host = host[:strings.LastIndexByte(host, ':')]
	}
	id := strings.TrimPrefix(host, "www.") + strings.TrimRight(u.EscapedPath(), "/")
	if u.RawQuery != "" {
		id += "?" + u.RawQuery
	}
	return id
}

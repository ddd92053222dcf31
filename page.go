package ewgwatch

import (
	"net/http"
	"time"
)

// Page is one visit to one URL and what came back: a failed visit too, for
// which Outcome says why and Body is nil.
type Page struct {
	URL       string // the URL that was asked for, in its canonical spelling
	FinalURL  string // the URL that answered, after redirects; equal to URL where there were none
	Source    Source // on whose behalf it was fetched
	Role      Role   // what the page is for
	FetchedAt time.Time
	Status    int // HTTP status; 0 where no answer came
	Header    http.Header
	Body      []byte  // content-decoded bytes in the page's own charset; nil unless Outcome.HasBody
	Capture   Capture // where the bytes are archived; zero where they are not
	Outcome   Outcome // how the visit ended
	Detail    string  // one line for a person: the error, the robots rule, the challenge recognised
	Onward    bool    // it links to pages of its source that no visit knew of and that are to be followed: see Visit
	Previous  Visit   // what was known of this URL before; zero on a first visit
}

// Role says what a page is for.
type Role string

// The roles. Only a page with RoleArticle or RoleSeed is read for findings.
const (
	RoleSeed    Role = "seed"    // the URL of the source itself: a listing, or an article
	RoleArticle Role = "article" // found through a feed, a sitemap or a link
	RoleFeed    Role = "feed"
	RoleSitemap Role = "sitemap"
)

package newsworld

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"ewgwatch"
)

// Site is one invented publication: what its site.json says.
type Site struct {
	Name string `json:"-"` // its folder: "harbour-post"
	URL  string `json:"-"` // its root, with a trailing slash

	Title    string              `json:"title"`
	Port     int                 `json:"port"` // from Options.FirstPort, counted from 0
	Kind     ewgwatch.SourceKind `json:"kind"`
	State    ewgwatch.State      `json:"state"` // "" where none
	Lang     string              `json:"lang"`
	Zone     string              `json:"tz"`      // IANA name
	Listing  string              `json:"listing"` // path of the listing that seeds name
	Path     string              `json:"path"`    // of pages: "/{2006/01/02}/{slug}/", a date layout in braces
	Dates    string              `json:"dates"`   // how dates are printed: a name of printedDates
	Charset  string              `json:"charset"` // of its HTML; "" for UTF-8
	About    string              `json:"about"`   // text of /about/
	PerPage  int                 `json:"per_page"`
	Sections []Section           `json:"sections"`
	Feed     *Feed               `json:"feed"`
	Sitemap  bool                `json:"sitemap"`  // named by robots.txt
	Mapped   bool                `json:"mapped"`   // its sitemap is named in the seeds too
	Disallow []string            `json:"disallow"` // by robots.txt

	Slow         bool `json:"slow"`          // answers after Options.Latency
	Blocked      bool `json:"blocked"`       // answers 403 to everything but robots.txt
	NoRobots     bool `json:"no_robots"`     // answers 404 to robots.txt
	NoValidators bool `json:"no_validators"` // sends neither ETag nor Last-Modified
	WordPress    bool `json:"wordpress"`     // offers wp-json
	Gzip         bool `json:"gzip"`          // compresses for who accepts it

	Reach   ewgwatch.Reach   `json:"reach"`   // how much of it a crawl can read
	Outcome ewgwatch.Outcome `json:"outcome"` // why it is not wholly read; "" where it is
}

// Section is an entry of a site's menu.
type Section struct {
	Slug  string `json:"slug"`
	Label string `json:"label"`
}

// Feed says what feed a site offers.
type Feed struct {
	Format string `json:"format"` // "rss", "atom" or "json"
	Path   string `json:"path"`
	Seeded bool   `json:"seeded"` // named in the seeds, not only by the site's pages
	Full   bool   `json:"full"`   // carries the whole text
	Broken bool   `json:"broken"` // ends in the middle of an item
}

func parseSite(name string, text []byte) (Site, error) {
	site := Site{Name: name, Listing: "/", PerPage: 20, Reach: ewgwatch.ReachRead}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&site); err != nil {
		return Site{}, err
	}
	return site, site.check()
}

func (s Site) check() error {
	switch {
	case s.Title == "" || s.Lang == "" || s.About == "":
		return errors.New("want title, lang and about")
	case !s.Kind.Valid():
		return fmt.Errorf("want a source kind, have %q", s.Kind)
	case s.State != "" && !s.State.Valid():
		return fmt.Errorf("want a member state, have %q", s.State)
	case s.Outcome != "" && !s.Outcome.Valid():
		return fmt.Errorf("want an outcome, have %q", s.Outcome)
	case printedDates[s.Dates] == nil:
		return fmt.Errorf("want a way to print dates, have %q", s.Dates)
	case !strings.HasPrefix(s.Path, "/") || !strings.HasPrefix(s.Listing, "/"):
		return errors.New("want paths that start with a slash")
	}
	_, err := s.location()
	return err
}

func (s Site) location() (*time.Location, error) { return time.LoadLocation(s.Zone) }

// disallowed reports whether the site's robots.txt keeps crawlers from a path.
func (s Site) disallowed(path string) bool {
	for _, prefix := range s.Disallow {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

package crawler

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"sync"

	"golang.org/x/net/publicsuffix"
)

// What cookies a source may set and have sent back, about what browsers allow.
const (
	maxCookies     = 50 // a site
	maxCookie      = 4096
	maxCookiesSent = 8192 // bytes in one request
)

// cookies is the jar of one source. No other source sees it, and it ends with
// the run. A site that sets cookies without end fills it and no more.
type cookies struct {
	jar *cookiejar.Jar

	mu    sync.Mutex
	known map[string]map[string]bool // by site, then by name
}

func newCookies() *cookies {
	jar, _ := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // its error is always nil
	return &cookies{jar: jar, known: map[string]map[string]bool{}}
}

// SetCookies keeps those within the bounds.
func (c *cookies) SetCookies(u *url.URL, all []*http.Cookie) {
	c.mu.Lock()
	defer c.mu.Unlock()
	site := siteOf(u)
	if c.known[site] == nil {
		c.known[site] = map[string]bool{}
	}
	var kept []*http.Cookie
	for _, cookie := range all {
		known := c.known[site][cookie.Name]
		if len(cookie.Name)+len(cookie.Value) > maxCookie || !known && len(c.known[site]) >= maxCookies {
			continue
		}
		c.known[site][cookie.Name] = true
		kept = append(kept, cookie)
	}
	c.jar.SetCookies(u, kept)
}

// Cookies returns what a request carries, as much as fits.
func (c *cookies) Cookies(u *url.URL) []*http.Cookie {
	var sent []*http.Cookie
	size := 0
	for _, cookie := range c.jar.Cookies(u) {
		if size += len(cookie.Name) + len(cookie.Value) + 3; size <= maxCookiesSent {
			sent = append(sent, cookie)
		}
	}
	return sent
}

package crawler

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// siteOf returns what a URL's site is known by: the registrable domain
// ("mindef.gov.sg" for www.mindef.gov.sg), or host and port for IP addresses
// and names that have none.
func siteOf(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if _, err := netip.ParseAddr(host); err == nil {
		return u.Host
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(strings.TrimSuffix(host, "."))
	if err != nil {
		return strings.ToLower(u.Host)
	}
	return domain
}

// siteOfAddress is siteOf for text; "" where it is no URL.
func siteOfAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return siteOf(u)
}

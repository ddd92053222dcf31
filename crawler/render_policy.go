package crawler

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/chromedp/cdproto/network"
	"golang.org/x/net/publicsuffix"
)

// permission says what becomes of a request that a page makes.
type permission int

const (
	refused  permission = iota // fails at once: nothing that text comes from
	served                     // is sent, by us
	empty                      // is answered with nothing: a page may wait for a style sheet
	inside                     // needs no network
	document                   // is the page itself, or one it moves on to
)

// permissionOf judges a request by what it is for. Frames are mostly
// advertisements, and the document does not show what is in them.
func permissionOf(kind network.ResourceType, method string, u *url.URL, mainFrame bool) permission {
	switch u.Scheme {
	case "data", "blob", "about":
		return inside
	case "http", "https":
	default:
		return refused
	}
	switch kind {
	case network.ResourceTypeDocument:
		if mainFrame {
			return document
		}
	case network.ResourceTypeStylesheet:
		return empty
	case network.ResourceTypeScript, network.ResourceTypeXHR, network.ResourceTypeFetch, network.ResourceTypePreflight:
		if isMethod(method) && !isBeacon(u) {
			return served
		}
	}
	return refused
}

// isMethod reports whether a crawler may use a method: one that changes nothing,
// or the one that many pages ask for their text with.
func isMethod(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions:
		return true
	}
	return false
}

// beacons are sites that count or advertise, and give no text.
var beacons = map[string]bool{
	"google-analytics.com": true, "googletagmanager.com": true, "googletagservices.com": true, "googlesyndication.com": true,
	"doubleclick.net": true, "googleadservices.com": true, "adtrafficquality.google": true, "facebook.net": true,
	"scorecardresearch.com": true, "chartbeat.com": true, "hotjar.com": true, "clarity.ms": true, "taboola.com": true,
	"outbrain.com": true, "criteo.com": true, "criteo.net": true, "amazon-adsystem.com": true, "adnxs.com": true,
	"quantserve.com": true, "newrelic.com": true, "nr-data.net": true, "onesignal.com": true, "cloudflareinsights.com": true,
	"addthis.com": true, "sharethis.com": true, "mgid.com": true, "pubmatic.com": true, "rubiconproject.com": true,
}

func isBeacon(u *url.URL) bool {
	site, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(u.Hostname()))
	return err == nil && beacons[site]
}

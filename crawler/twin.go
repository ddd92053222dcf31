package crawler

import (
	"cmp"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"ewgwatch"
)

// twinKey returns what the spellings of one page for other screens have in
// common: on a host for phones (m.a.test), as AMP, for printing. plain reports
// whether the URL is spelt in none of these ways. It is cautious: hosts differ
// in their first label alone, and all else of the URLs is equal.
func twinKey(address string) (key string, plain bool) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address, true
	}
	host, onPhone := plainHost(u)
	path, variant := plainPath(u.EscapedPath())
	query, asked := plainQuery(u.RawQuery)
	return u.Scheme + "://" + host + path + "?" + query, !onPhone && !variant && !asked
}

// plainHost drops the first label of a host that serves the same pages as its
// site's main one.
func plainHost(u *url.URL) (host string, onPhone bool) {
	label, rest, _ := strings.Cut(u.Host, ".")
	if _, err := netip.ParseAddr(u.Hostname()); err == nil || siteOf(u) == u.Hostname() {
		return u.Host, false
	}
	switch label {
	case "www":
		return rest, false
	case "m", "mobile", "amp", "wap":
		rest, _ = strings.CutPrefix(rest, "www.")
		return rest, true
	}
	return u.Host, false
}

// plainPath drops what is appended for AMP or for printing to the path of a
// story: /story/amp/ is /story/, but /tag/amp/ is a tag.
func plainPath(path string) (string, bool) {
	for _, suffix := range []string{"/amp", "/print"} {
		story, appended := strings.CutSuffix(path, suffix)
		if !appended {
			story, appended = strings.CutSuffix(path, suffix+"/")
			story += "/"
		}
		if appended && isStory(story) {
			return story, true
		}
	}
	if story, appended := strings.CutSuffix(path, ".amp.html"); appended {
		return story + ".html", true
	}
	return path, false
}

// isStory reports whether a path ends with the name of a story: with a number
// in it or of several words.
func isStory(path string) bool {
	path = strings.TrimSuffix(path, "/")
	name := path[strings.LastIndexByte(path, '/')+1:]
	return strings.ContainsAny(name, "0123456789") || strings.Count(name, "-")+strings.Count(name, "_") >= 2
}

// plainQuery drops the parameters that ask for another layout.
func plainQuery(query string) (kept string, asked bool) {
	parts := strings.Split(query, "&")
	all := len(parts)
	parts = slices.DeleteFunc(parts, func(part string) bool { return slices.Contains(layoutParameters, part) })
	return strings.Join(parts, "&"), len(parts) < all
}

// layoutParameters are whole parameters: ?m=1 is a phone's page of a blog,
// ?m=202311 a month of one.
var layoutParameters = []string{"amp", "amp=", "amp=1", "amp=true", "outputType=amp", "m=1", "mobile=1", "print", "print=", "print=1", "print=true"}

// believe keeps from being visited what a page that was read says it is too: the
// URL it calls canonical, and its AMP version. A page cannot pass for another
// site's, nor for the front page, which templates often name on every page.
func (t *tour) believe(from *entry, v *visit) {
	base := v.answer.Request.URL
	resolve := resolver(base)
	canonical, u, own := t.within(resolve(cmp.Or(named(v.links, relCanonical), linkHeader(v.page.Header, relCanonical))))
	if own && canonical != v.page.FinalURL && canonical != v.page.URL && (!isFront(u) || isFront(base)) {
		t.frontier.claim(entry{
			url: canonical, role: ewgwatch.RoleArticle, rank: rankPage, depth: from.depth, score: t.night.options.Score("", canonical),
		})
	}
	if amp, _, own := t.within(named(v.links, relAMP)); own && amp != v.page.FinalURL && amp != canonical {
		t.frontier.visited(amp)
	}
}

func isFront(u *url.URL) bool { return strings.Trim(u.Path, "/") == "" && u.RawQuery == "" }

package crawler

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// Canonical returns the one spelling of an absolute http or https URL under
// which a page is known: lower-case scheme and host, names in Punycode, no
// default port, no fragment, no dot segments, percent-encoding as RFC 3986
// section 6.2.2 wants it, and neither tracking parameters nor session
// identifiers. The order of the query is kept. It refuses every other scheme,
// user names and hosts that are none. Canonical(Canonical(x)) is Canonical(x).
func Canonical(address string) (string, error) {
	u, err := url.Parse(tidy(address))
	if err != nil || u.User != nil || u.Opaque != "" {
		return "", fmt.Errorf("want an absolute http(s) URL, have %.200q", address)
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme != "http" && scheme != "https" {
		return "", fmt.Errorf("want an absolute http(s) URL, have %.200q", address)
	}
	host, err := canonicalHost(scheme, u)
	if err != nil {
		return "", fmt.Errorf("%.200q: %w", address, err)
	}
	canonical := scheme + "://" + host + canonicalPath(u.EscapedPath())
	if query := canonicalQuery(u.RawQuery); query != "" {
		canonical += "?" + query
	}
	return canonical, nil
}

// tidy undoes what browsers forgive: white space around and line breaks within
// a URL, backslashes for slashes, percent signs that start no escape.
func tidy(address string) string {
	address, _, _ = strings.Cut(strings.TrimFunc(address, func(r rune) bool { return r <= ' ' }), "#")
	if strings.ContainsAny(address, "\t\n\r") {
		address = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(address)
	}
	front, query, asked := strings.Cut(address, "?")
	address = strings.ReplaceAll(front, `\`, "/")
	if asked {
		address += "?" + query
	}
	return escapeStray(address)
}

func escapeStray(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		if s[i] == '%' && !(i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])) {
			b.WriteString("25")
		}
	}
	return b.String()
}

// names maps host names as a browser does, but lets the underscore be.
var names = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false), idna.BidiRule())

func canonicalHost(scheme string, u *url.URL) (string, error) {
	host, err := canonicalName(u.Hostname())
	if err != nil || u.Port() == "" {
		return host, err
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	if err != nil {
		return "", fmt.Errorf("want a port up to 65535, have %q", u.Port())
	}
	if scheme == "http" && port == 80 || scheme == "https" && port == 443 {
		return host, nil
	}
	return host + ":" + strconv.FormatUint(port, 10), nil
}

func canonicalName(host string) (string, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		switch {
		case ip.Zone() != "":
			return "", fmt.Errorf("want an address without a zone, have %q", host)
		case ip.Is6():
			return "[" + ip.String() + "]", nil
		}
		return ip.String(), nil
	}
	ascii, err := names.ToASCII(strings.TrimSuffix(host, "."))
	again, errAgain := names.ToASCII(ascii) // Punycode of what is no name passes once
	if err != nil || errAgain != nil || again != ascii ||
		ascii == "" || strings.HasSuffix(ascii, ".") || strings.ContainsFunc(ascii, notInName) {
		return "", fmt.Errorf("want a host name, have %.100q", host)
	}
	return ascii, nil
}

func notInName(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '.' && r != '_'
}

var sessionInPath = regexp.MustCompile(`(?i);(jsessionid|phpsessid|sessionid)=[^/;]*`)

func canonicalPath(path string) string {
	path = sessionInPath.ReplaceAllString(normalisePercent(path, "/:@!$&'()*+,;="), "")
	return removeDots(path)
}

// removeDots is RFC 3986 section 5.2.4 for an absolute path.
func removeDots(path string) string {
	if path == "" {
		return "/"
	}
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	var kept []string
	for i, segment := range segments {
		last := i == len(segments)-1
		switch segment {
		case ".", "..":
			if segment == ".." && len(kept) > 0 {
				kept = kept[:len(kept)-1]
			}
			if last {
				kept = append(kept, "")
			}
		default:
			kept = append(kept, segment)
		}
	}
	return "/" + strings.Join(kept, "/")
}

func canonicalQuery(query string) string {
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		part = normalisePercent(part, "/:@!$'()*+,;=?")
		name, _, _ := strings.Cut(part, "=")
		if part != "" && !isNoise(strings.ToLower(name)) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// Parameters that name a campaign, a click or a session and never a page.
var (
	noisePrefixes = []string{"utm_", "aspsessionid", "mtm_", "pk_", "hsa_", "at_campaign", "at_medium", "wt."}
	noiseNames    = []string{"_ga", "_gl", "_hsenc", "_hsmi", "cfid", "cftoken", "cmpid", "dclid", "fbclid", "gad_source",
		"gbraid", "gclid", "gclsrc", "igsh", "igshid", "jsessionid", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "ncid", "oscsid",
		"phpsessid", "ref_src", "s_cid", "sessionid", "spm", "srsltid", "ttclid", "twclid", "wbraid", "xtor", "yclid", "ysclid", "zenid"}
)

func isNoise(name string) bool {
	return slices.Contains(noiseNames, name) ||
		slices.ContainsFunc(noisePrefixes, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

package crawler

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
)

// glimpse is what the challenge rules look at.
type glimpse struct {
	status int
	header http.Header
	host   string // of the URL that answered
	source string // the first bytes of a short page, lower case
	gist
}

// short reports whether the page says little: rules that look for a script or
// a phrase need it, since articles write about bot checks too and the scripts
// stand in guarded but open pages as well.
func (g glimpse) short() bool { return !g.enough() }

func (g glimpse) has(marks ...string) bool {
	for _, mark := range marks {
		if strings.Contains(g.source, mark) {
			return true
		}
	}
	return false
}

func (g glimpse) says(phrases ...string) bool {
	for _, phrase := range phrases {
		if strings.Contains(g.title, phrase) || strings.Contains(g.text, phrase) {
			return true
		}
	}
	return false
}

// consentWall names the rule whose pages check nobody but ask.
const consentWall = "consent wall"

// challengeRules know the bot checks and consent walls that stand where a page
// should. The first that holds gives its name.
var challengeRules = []struct {
	name  string
	holds func(glimpse) bool
}{
	{"Cloudflare challenge", func(g glimpse) bool {
		return g.header.Get("Cf-Mitigated") == "challenge" ||
			g.short() && g.has("_cf_chl_opt", "cf-challenge", "/cdn-cgi/challenge-platform/") && (g.status != 200 || g.says("just a moment", "checking your browser"))
	}},
	{"browser check", func(g glimpse) bool {
		return g.short() && g.scripts > 0 && (g.title == "just a moment..." || g.says("checking your browser before accessing"))
	}},
	{"DDoS-Guard check", func(g glimpse) bool {
		return g.short() && (g.title == "ddos-guard" || g.has("/.well-known/ddos-guard/js-challenge", "check.ddos-guard.net"))
	}},
	{"Incapsula check", func(g glimpse) bool {
		return g.short() && (g.says("incapsula incident id") || g.has("_incapsula_resource") && len(g.text) < 200)
	}},
	{"Sucuri check", func(g glimpse) bool { return g.short() && g.has("sucuri_cloudproxy_js") }},
	{"AWS WAF challenge", func(g glimpse) bool {
		return g.header.Get("X-Amzn-Waf-Action") != "" || g.short() && g.has("awswafcookiedomainlist", "gokuprops")
	}},
	{"DataDome check", func(g glimpse) bool { return g.short() && g.has("captcha-delivery.com") }},
	{"PerimeterX check", func(g glimpse) bool { return g.short() && g.has("px-captcha", "_pxappid") && len(g.text) < 600 }},
	{"Akamai check", func(g glimpse) bool {
		return g.short() && g.has("sec-if-cpt-container", "/_sec/cp_challenge/", "bm-verify=")
	}},
	{"Anubis check", func(g glimpse) bool { return g.short() && g.says("making sure you're not a bot") }},
	{"Jiasule check", func(g glimpse) bool {
		return g.short() && (g.status == 521 || g.has("__jsl_clearance")) && g.scripts > 0
	}},
	{"Aliyun WAF check", func(g glimpse) bool { return g.short() && g.has("acw_sc__v2", "aliyun_waf") }},
	{"Ruishu check", func(g glimpse) bool {
		return (g.status == 202 || g.status == 412) && len(g.text) < 200 && g.has("$_ts")
	}},
	{"captcha", func(g glimpse) bool {
		return g.short() && g.links < 15 && g.has("g-recaptcha", "h-captcha", "cf-turnstile", "captcha") &&
			g.says("not a robot", "are human", "are a human", "security check", "unusual traffic", "complete the captcha")
	}},
	{"script challenge", func(g glimpse) bool { return g.status == 202 && g.scripts > 0 && len(g.text) < 200 }},
	{consentWall, func(g glimpse) bool {
		return strings.HasPrefix(g.host, "consent.") || strings.HasPrefix(g.host, "guce.") ||
			g.short() && g.links < 15 && g.says("before you continue to", "we value your privacy") && g.says("accept all", "reject all", "i agree")
	}},
}

const maxGlimpse = 128 << 10

// challengeOf names the bot check or consent wall an answer is; "" for none. said
// is the gist of its body.
func challengeOf(status int, header http.Header, u *url.URL, body []byte, said gist) string {
	g := glimpse{status: status, header: header, host: u.Hostname(), gist: said}
	if g.short() {
		g.source = string(bytes.ToLower(body[:min(len(body), maxGlimpse)]))
	}
	for _, rule := range challengeRules {
		if rule.holds(g) {
			return rule.name
		}
	}
	return ""
}

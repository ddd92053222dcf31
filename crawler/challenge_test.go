package crawler

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestChallengesAreToldFromContent(t *testing.T) {
	long := strings.Repeat("The exercise brought together units that had trained for months. ", 40)
	for _, c := range []struct {
		name   string
		status int
		header http.Header
		url    string
		body   string
		want   string
	}{
		{"Cloudflare by header", 403, http.Header{"Cf-Mitigated": {"challenge"}}, "", "", "Cloudflare challenge"},
		{"Cloudflare by page", 503, nil, "", `<title>Just a moment...</title><script>window._cf_chl_opt={}</script>`, "Cloudflare challenge"},
		{"Cloudflare with 200", 200, nil, "", `<title>Just a moment...</title><script src="/cdn-cgi/challenge-platform/h/b"></script>`, "Cloudflare challenge"},
		{"open page behind Cloudflare", 200, nil, "", `<title>News</title><p>Short news</p><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`, ""},
		{"DDoS-Guard", 403, nil, "", `<title>DDoS-Guard</title><script></script>`, "DDoS-Guard check"},
		{"Incapsula", 200, nil, "", `<iframe src="/_Incapsula_Resource?x">Request unsuccessful. Incapsula incident ID: 1</iframe>`, "Incapsula check"},
		{"open page behind Incapsula", 200, nil, "", `<p>` + long + `</p><script src="/_Incapsula_Resource?x"></script>`, ""},
		{"AWS", 202, http.Header{"X-Amzn-Waf-Action": {"challenge"}}, "", "", "AWS WAF challenge"},
		{"Anubis", 200, nil, "", `<title>Making sure you're not a bot!</title>`, "Anubis check"},
		{"Jiasule", 521, nil, "", `<script>document.cookie='__jsl_clearance=1'</script>`, "Jiasule check"},
		{"Ruishu", 412, nil, "", `<script>$_ts={}</script>`, "Ruishu check"},
		{"captcha", 200, nil, "", `<div class="g-recaptcha"></div><p>Please show that you are not a robot</p>`, "captcha"},
		{"contact form with a captcha", 200, nil, "", `<div class="g-recaptcha"></div><p>Write to us</p>`, ""},
		{"article about captchas", 200, nil, "", `<h1>Why captcha says you are not a robot</h1>` + long, ""},
		{"202 with scripts", 202, nil, "", `<script>go()</script>`, "script challenge"},
		{"consent by host", 200, nil, "https://consent.example.com/m", `<p>x</p>`, "consent wall"},
		{"consent by page", 200, nil, "", `<p>Before you continue to Example</p><button>Accept all</button>`, "consent wall"},
		{"plain refusal", 403, nil, "", `<h1>403 Forbidden</h1>`, ""},
	} {
		u, _ := url.Parse("https://a.test/")
		if c.url != "" {
			u, _ = url.Parse(c.url)
		}
		if got := challengeOf(c.status, c.header, u, []byte(c.body), gistOf([]byte(c.body))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestEmptyShellsAreToldFromShortPages(t *testing.T) {
	for body, want := range map[string]bool{
		`<div id="root"></div><script src="/app.js"></script>`:                                           true,
		`<noscript>` + strings.Repeat("Please enable JavaScript. ", 20) + `</noscript><script></script>`: true,
		`<p>Short, but words.</p>`:                                                                                            false,
		`<a href=1>1</a><a href=2>2</a><a href=3>3</a><script></script>`:                                                      false,
		`<p>` + strings.Repeat("The ministers met in Jakarta. ", 10) + `</p><script></script>`:                                false,
		`<style>` + strings.Repeat("body{color:red}", 100) + `</style><script>` + strings.Repeat("x=1;", 100) + `</script>ok`: true,
	} {
		if got := gistOf([]byte(body)).isShell(); got != want {
			t.Errorf("%.60s: shell is %v, want %v", body, got, want)
		}
	}
}

func TestBodiesAreKnownByTypeAndRoot(t *testing.T) {
	for _, c := range []struct {
		contentType, body string
		want              media
	}{
		{"text/html; charset=utf-8", "<p>x", htmlMedia},
		{"TEXT/HTML;", "<p>x", htmlMedia},
		{"application/xhtml+xml", "<?xml version='1.0'?><html/>", htmlMedia},
		{"application/xml", "<?xml version='1.0'?><!DOCTYPE html><html/>", htmlMedia},
		{"text/html", rss, feedMedia},
		{"text/plain", "\ufeff <!-- x --><rdf:RDF xmlns:rdf='x'>", feedMedia},
		{"application/octet-stream", `<feed xmlns="http://www.w3.org/2005/Atom">`, feedMedia},
		{"application/json", `{"version": "https://jsonfeed.org/version/1"}`, feedMedia},
		{"application/json", `{}`, otherMedia},
		{"text/xml", sitemap, sitemapMedia},
		{"", "<!doctype html><p>x", htmlMedia},
		{"", "hello", plainMedia},
		{"", "\x00\x01\x02", otherMedia},
		{"text/plain", "<b>no html", plainMedia},
		{"application/pdf", "%PDF-1.4", pdfMedia},
		{"", "%PDF-1.7", pdfMedia},
		{"image/png", "<p>", otherMedia},
	} {
		if got := mediaOf(c.contentType, []byte(c.body)); got != c.want {
			t.Errorf("%q, %.30q: %v, want %v", c.contentType, c.body, got, c.want)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add("text/html", article("x", "/a"))
	f.Add("", "<svg><title>a</title><script>b")
	u := &url.URL{Scheme: "https", Host: "a.test", Path: "/"}
	f.Fuzz(func(t *testing.T, contentType, body string) {
		g := gistOf([]byte(body))
		if len(g.text) > 3*(maxGist+len(body)) || g.isShell() && g.enough() {
			t.Errorf("gist of %d bytes", len(g.text))
		}
		challengeOf(200, http.Header{}, u, []byte(body), g)
		mediaOf(contentType, []byte(body))
		if root, err := html.Parse(strings.NewReader(string(toUTF8([]byte(body), contentType)))); err == nil {
			linksOf(root, func(ref string) string { return ref })
		}
	})
}

package crawler

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
)

func TestRobotsLongestMatchWins(t *testing.T) {
	// The examples of RFC 9309 sections 2.2 and 5, and of the table in Google's
	// "How Google interprets the robots.txt specification".
	for _, c := range []struct {
		name, file, path string
		want             bool
	}{
		{"empty file", "", "/", true},
		{"no rule", "User-agent: *\nDisallow:\n", "/x", true},
		{"all", "User-agent: *\nDisallow: /\n", "/x", false},
		{"robots.txt itself", "User-agent: *\nDisallow: /\n", "/robots.txt", true},
		{"prefix", "User-agent: *\nDisallow: /fish\n", "/fishheads/yummy.html", false},
		{"prefix is case-sensitive", "User-agent: *\nDisallow: /fish\n", "/Fish.asp", true},
		{"prefix not inside", "User-agent: *\nDisallow: /fish\n", "/catfish", true},
		{"trailing star", "User-agent: *\nDisallow: /fish*\n", "/fish.html", false},
		{"folder", "User-agent: *\nDisallow: /fish/\n", "/fish", true},
		{"folder inside", "User-agent: *\nDisallow: /fish/\n", "/fish/?id=1", false},
		{"star", "User-agent: *\nDisallow: /*.php\n", "/folder/any.php.file.html", false},
		{"star case", "User-agent: *\nDisallow: /*.php\n", "/windows.PHP", true},
		{"end", "User-agent: *\nDisallow: /*.php$\n", "/folder/filename.php", false},
		{"end with query", "User-agent: *\nDisallow: /*.php$\n", "/filename.php?parameters", true},
		{"end with slash", "User-agent: *\nDisallow: /*.php$\n", "/filename.php/", true},
		{"two stars", "User-agent: *\nDisallow: /fish*.php\n", "/fishheads/catfish.php?parameters", false},
		{"star at the start", "User-agent: *\nDisallow: *.gif$\n", "/a/b.gif", false},
		{"anchored star backs up", "User-agent: *\nDisallow: /*a$\n", "/banana", false},
		{"longest allows", "User-agent: *\nAllow: /p\nDisallow: /\n", "/page", true},
		{"tie goes to allow", "User-agent: *\nDisallow: /folder\nAllow: /folder\n", "/folder/page", true},
		{"longer disallow", "User-agent: *\nAllow: /page\nDisallow: /*.htm\n", "/page.htm", false},
		{"longest with query", "User-agent: *\nAllow: /page\nDisallow: /*.ph\n", "/page.php5", true},
		{"root allowed only", "User-agent: *\nAllow: /$\nDisallow: /\n", "/", true},
		{"root allowed, rest not", "User-agent: *\nAllow: /$\nDisallow: /\n", "/page.htm", false},
		{"RFC 5.2 longest", "User-agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n" +
			"User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n", "/example/page/disallowed.gif", false},
		{"RFC 2.2.2 encoded", "User-agent: *\nDisallow: /foo/bar/ツ\n", "/foo/bar/%E3%83%84", false},
		{"RFC 2.2.2 encoded in the rule", "User-agent: *\nDisallow: /foo/bar/%e3%83%84\n", "/foo/bar/ツ", false},
		{"RFC 2.2.2 unreserved", "User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "/foo/bar/baz", false},
		{"RFC 2.2.2 reserved in the query", "User-agent: *\nDisallow: /foo/bar?baz=https://foo.bar\n", "/foo/bar?baz=https%3A%2F%2Ffoo.bar", false},
		{"query plain", "User-agent: *\nDisallow: /foo/bar?baz=https://foo.bar\n", "/foo/bar?baz=https://foo.bar", false},
		{"RFC 2.2.3 literal star", "User-agent: *\nDisallow: /path/file-with-a-%2A.html\n", "/path/file-with-a-*.html", false},
		{"RFC 2.2.3 literal dollar", "User-agent: *\nDisallow: /path/foo-%24\n", "/path/foo-$", false},
		{"relative pattern matches nothing", "User-agent: *\nDisallow: private\n", "/private", true},
		{"byte order mark", "\ufeffUser-agent: *\nDisallow: /x\n", "/x", false},
		{"CRLF", "User-agent: *\r\nDisallow: /x\r\n", "/x", false},
		{"CR", "User-agent: *\rDisallow: /x\r", "/x", false},
		{"comments and spaces", "  user-agent : * # all\n\tDISALLOW\t:\t/x # no\n", "/x", false},
		{"missing colon", "User-agent *\nDisallow /x\n", "/x", false},
		{"rule before any group", "Disallow: /\nUser-agent: *\nDisallow: /x\n", "/y", true},
		{"our group only", "User-agent: *\nDisallow: /\nUser-agent: ewgwatch\nDisallow: /x\n", "/y", true},
		{"our group in any case and with a version", "User-agent: EWGwatch/2.0\nDisallow: /x\nUser-agent: *\nDisallow:\n", "/x", false},
		{"not a group of the same start", "User-agent: ewgwatchbot\nDisallow: /x\n", "/x", true},
		{"groups for us are merged", "User-agent: ewgwatch\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: ewgwatch\nDisallow: /b\n", "/b", false},
		{"several agents, one group", "User-agent: x\nUser-agent: ewgwatch\nDisallow: /x\n", "/x", false},
		{"other lines part no group", "User-agent: ewgwatch\nSitemap: http://a.test/s\n\nUser-agent: x\nDisallow: /x\n", "/x", false},
		{"over the cap is not read", "User-agent: *\n" + strings.Repeat("#\n", maxRobots/2) + "Disallow: /\n", "/x", true},
	} {
		if got, _ := parseRobots([]byte(c.file)).allows(c.path); got != c.want {
			t.Errorf("%s: %s allowed is %v, want %v", c.name, c.path, got, c.want)
		}
	}
}

func TestRobotsDelayAndSitemapsAreRead(t *testing.T) {
	file := "Sitemap: http://a.test/one.xml\nUser-agent: *\nCrawl-delay: 1.5\nSitemap: http://a.test/two.xml\nUser-agent: slow\nCrawl-delay: 9\n"
	got := parseRobots([]byte(file))
	if got.delay != 1500*time.Millisecond {
		t.Errorf("delay %v, want 1.5s", got.delay)
	}
	if diff := cmp.Diff([]string{"http://a.test/one.xml", "http://a.test/two.xml"}, got.sitemaps); diff != "" {
		t.Errorf("sitemaps (-want +got):\n%s", diff)
	}
	for _, odd := range []string{"-1", "NaN", "soon", "0", ""} {
		if d := parseRobots([]byte("User-agent: *\nCrawl-delay: " + odd)).delay; d != 0 {
			t.Errorf("delay of %q is %v, want none", odd, d)
		}
	}
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a*b$\nAllow: /%2a?x=/:\nCrawl-delay: 1e9"), "/a?b=%2F")
	f.Fuzz(func(t *testing.T, file []byte, path string) {
		rules := parseRobots(file)
		allowed, pattern := rules.allows(path)
		if !allowed && pattern == "" {
			t.Errorf("disallows %q without a rule", path)
		}
		if rules.delay < 0 || rules.delay > maxCrawlDelay {
			t.Errorf("delay %v", rules.delay)
		}
		again := parseRobots(append(bytes.Clone(file), "\n"...))
		if other, _ := again.allows(path); other != allowed && len(file) < maxRobots {
			t.Errorf("a line feed at the end changes %q", path)
		}
	})
}

// withRobots answers robots.txt with one handler and the rest with pages.
func withRobots(robots http.HandlerFunc) http.Handler {
	site := static(newsSite())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" || strings.HasPrefix(r.URL.Path, "/hop") {
			robots(w, r)
			return
		}
		site.ServeHTTP(w, r)
	})
}

func TestRobotsAnswersDecideByTheirStatus(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "User-agent: *\nDisallow: /", code) }
	}
	hops := func(n int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			hop := strings.Count(r.URL.Path, "p")
			if hop >= n {
				w.Write([]byte("User-agent: *\nDisallow: /"))
				return
			}
			http.Redirect(w, r, "/ho"+strings.Repeat("p", hop+1), http.StatusFound)
		}
	}
	for _, c := range []struct {
		name   string
		robots http.HandlerFunc
		want   ewgwatch.Outcome
		detail string
	}{
		{"200", status(200), ewgwatch.Robots, "robots.txt disallows /"},
		{"404", status(404), ewgwatch.New, ""},
		{"403", status(403), ewgwatch.New, ""},
		{"500", status(500), ewgwatch.Robots, "robots.txt answers 500, so nothing may be fetched"},
		{"503", status(503), ewgwatch.Robots, "robots.txt answers 503, so nothing may be fetched"},
		{"five redirects", hops(5), ewgwatch.Robots, "robots.txt disallows /"},
		{"endless redirects", hops(50), ewgwatch.New, ""},
		{"HTML", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(article("soft 404"))) }, ewgwatch.New, ""},
		{"cut short", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			w.Write([]byte("User-agent: *"))
		}, ewgwatch.NetError, "robots.txt: answer breaks off after 13 bytes: unexpected EOF"},
	} {
		synctest.Test(t, func(t *testing.T) {
			w, m := newWorld(t), newMemory()
			defer w.close()
			w.serve("a.test", withRobots(c.robots))
			w.crawl(t, m, Options{}, source("http://a.test"))
			if page := m.take()[0]; page.Outcome != c.want || page.Detail != c.detail {
				t.Errorf("%s: %s (%s), want %s (%s)", c.name, page.Outcome, page.Detail, c.want, c.detail)
			}
		})
	}
}

func TestRobotsTxtIsAskedForOnceAHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		w.serve("a.test", static(newsSite()))
		w.crawl(t, m, Options{}, source("http://a.test"), source("http://a.test/two"))
		if n := len(w.asked) - len(w.pages()); n != 1 {
			t.Errorf("robots.txt was asked for %d times, want once", n)
		}
	})
}

func TestRobotsTxtCanNameTheSitemap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m := newWorld(t), newMemory()
		defer w.close()
		pages := newsSite()
		pages["/robots.txt"] = "Sitemap: http://a.test/sitemap.xml\nSitemap: http://elsewhere.test/sitemap.xml\n"
		w.serve("a.test", static(pages))
		w.crawl(t, m, Options{}, source("http://a.test"))
		if got := outcomes(m.take()); got["http://a.test/three"] != ewgwatch.New {
			t.Errorf("the sitemap's page was not read: %v", got)
		}
	})
}

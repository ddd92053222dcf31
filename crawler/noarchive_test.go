package crawler

import (
	"io"
	"net/http"
	"testing"
	"testing/synctest"

	"ewgwatch"
)

func TestAPageMayAskNotToBeOfferedAsACopy(t *testing.T) {
	for _, c := range []struct {
		header []string
		head   string
		want   bool
	}{
		{nil, "", false},
		{[]string{"noarchive"}, "", true},
		{[]string{"NOINDEX, NoArchive"}, "", true},
		{[]string{"noindex", "noarchive"}, "", true},
		{[]string{"ewgwatch: noarchive"}, "", true},
		{[]string{"EWGwatch: noindex, noarchive"}, "", true},
		{[]string{"otherbot: noarchive"}, "", false},
		{[]string{"otherbot: noarchive", "nofollow"}, "", false},
		{[]string{"unavailable_after: 25 Jun 2027 15:00:00 PST"}, "", false},
		{[]string{"noarchive, unavailable_after: 25 Jun 2027 15:00:00 PST"}, "", true},
		{[]string{"max-snippet:-1, noarchive"}, "", true},
		{[]string{"none"}, "", false}, // noindex and nofollow, no more
		{[]string{"nosnippet, noarchives"}, "", false},
		{[]string{":", ",,,", ": :"}, "", false},
		{nil, `<meta name="robots" content="noarchive">`, true},
		{nil, `<META CONTENT="index, NOARCHIVE" NAME=" Robots ">`, true},
		{nil, `<meta name="ewgwatch" content="noarchive"/>`, true},
		{nil, `<meta name="googlebot" content="noarchive">`, false},
		{nil, `<meta name="robots" content="index,follow">`, false},
		{nil, `<meta property="robots" content="noarchive">`, false},
		{nil, `<!-- <meta name="robots" content="noarchive"> -->`, false},
	} {
		page := "<!doctype html><html><head><title>News</title>" + c.head + "</head><body>words</body></html>"
		got := forbidsArchive(http.Header{"X-Robots-Tag": c.header}) || gistOf([]byte(page)).noArchive
		if got != c.want {
			t.Errorf("%q %s: %v, want %v", c.header, c.head, got, c.want)
		}
	}
}

// TestWhatMayNotBeOfferedIsReadAndHashedAndNotRecorded has one page of a site ask
// not to be archived.
func TestWhatMayNotBeOfferedIsReadAndHashedAndNotRecorded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, m, k := newWorld(t), newMemory(), &keeper{}
		defer w.close()
		w.serve("a.test", hostile(func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/private" {
				rw.Header().Set("X-Robots-Tag", "noarchive")
			}
			io.WriteString(rw, article("Page", "/private", "/open"))
		}))
		w.crawl(t, m, Options{Recorder: k}, source("http://a.test"))
		for _, x := range k.kept {
			if x.URL == "http://a.test/private" {
				t.Error("it was recorded")
			}
		}
		for _, page := range m.take() {
			withheld := page.URL == "http://a.test/private"
			if page.Outcome != ewgwatch.New || len(page.Body) == 0 || page.Capture.SHA256 == "" || (page.Capture.File == "") != withheld {
				t.Errorf("%s: %s, %d bytes, capture %+v", page.URL, page.Outcome, len(page.Body), page.Capture)
			}
			if withheld && (page.Capture.SHA256 != sum(page.Body) || page.Detail == "") {
				t.Errorf("capture %+v, detail %q, want the hash of what was read, and why", page.Capture, page.Detail)
			}
		}
	})
}

func FuzzForbidsArchive(f *testing.F) {
	for _, seed := range []string{"noarchive", "ewgwatch: noarchive", "a: b: c", "unavailable_after: 1, noarchive", "\x00:,"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if forbidsArchive(http.Header{"X-Robots-Tag": {value}}) && !forbidsArchive(http.Header{"X-Robots-Tag": {"x: y", value}}) {
			t.Errorf("%q counts alone and not behind another", value)
		}
	})
}

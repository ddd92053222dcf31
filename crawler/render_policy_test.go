package crawler

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/chromedp/cdproto/network"
)

func TestOnlyWhatTextComesFromIsSent(t *testing.T) {
	for _, c := range []struct {
		kind   network.ResourceType
		method string
		url    string
		main   bool
		want   permission
	}{
		{network.ResourceTypeDocument, http.MethodGet, "https://a.test/", true, document},
		{network.ResourceTypeDocument, http.MethodGet, "https://a.test/ad", false, refused},
		{network.ResourceTypeScript, http.MethodGet, "https://a.test/app.js", true, served},
		{network.ResourceTypeXHR, http.MethodPost, "https://api.a.test/graphql", true, served},
		{network.ResourceTypeXHR, http.MethodDelete, "https://api.a.test/graphql", true, refused},
		{network.ResourceTypePreflight, http.MethodOptions, "https://api.a.test/graphql", true, served},
		{network.ResourceTypeScript, http.MethodGet, "https://www.GoogleTagManager.com/gtag/js?id=1", true, refused},
		{network.ResourceTypeStylesheet, http.MethodGet, "https://a.test/style.css", true, empty},
		{network.ResourceTypeImage, http.MethodGet, "https://a.test/photo.jpg", true, refused},
		{network.ResourceTypePing, http.MethodPost, "https://a.test/beacon", true, refused},
		{network.ResourceTypeWebSocket, http.MethodGet, "wss://a.test/", true, refused},
		{network.ResourceTypeFetch, http.MethodGet, "data:text/plain,x", true, inside},
		{network.ResourceTypeFetch, http.MethodGet, "file:///etc/passwd", true, refused},
		{network.ResourceTypeDocument, http.MethodGet, "chrome://settings/", true, refused},
	} {
		u, err := url.Parse(c.url)
		if err != nil {
			t.Fatal(err)
		}
		if got := permissionOf(c.kind, c.method, u, c.main); got != c.want {
			t.Errorf("%s %s %s: permission %d, want %d", c.kind, c.method, c.url, got, c.want)
		}
	}
}

func TestHeaderCannotForgeALineForTheBrowser(t *testing.T) {
	got := string(headerLines(http.Header{"X": {"a\x00Set-Cookie: b=c", "caf\xe9"}, "Y\r\nZ": {"d"}}))
	if got != "X: caf\xe9" {
		t.Errorf("header lines %q", got)
	}
}

func TestScriptsAreKeptForOneSourceUntilThereAreTooMany(t *testing.T) {
	c := newScriptCache()
	one := script{body: make([]byte, maxScripts-10)}
	c.keep("a", "http://cdn.test/x.js", one)
	if _, ok := c.script("a", "http://cdn.test/x.js"); !ok {
		t.Error("a script is not kept")
	}
	if _, ok := c.script("b", "http://cdn.test/x.js"); ok {
		t.Error("another source has the script")
	}
	c.keep("a", "http://cdn.test/no.js", script{header: http.Header{"Cache-Control": {"private, No-Store"}}})
	if _, ok := c.script("a", "http://cdn.test/no.js"); ok {
		t.Error("a script is kept that is not to be stored")
	}
	c.keep("a", "http://cdn.test/y.js", script{body: make([]byte, 20)})
	if _, ok := c.script("a", "http://cdn.test/x.js"); ok || c.size != 20 {
		t.Errorf("the cache grew to %d bytes", c.size)
	}
}

package archive

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ewgwatch"
)

func rendering(body string) ewgwatch.Exchange {
	return ewgwatch.Exchange{
		URL: "https://news.example/a?b=c", At: night, Rendered: true,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(body),
	}
}

func TestWhatScriptsMadeIsKeptAsAResource(t *testing.T) {
	a := open(t, fixed())
	const body = "<html><body>Six took part, é.</body></html>"
	record(t, a, page("<script src=app.js></script>"))
	capture := record(t, a, rendering(body))
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	var types []string
	for _, records := range all(t, a.dir) {
		for _, r := range records {
			types = append(types, r.Type)
		}
	}
	if got := strings.Join(types, " "); got != "warcinfo request response resource" {
		t.Errorf("records are %s", got)
	}
	got, err := Read(a.dir, capture)
	if err != nil {
		t.Fatal(err)
	}
	if got.Type != "resource" || string(got.Payload) != body || got.SHA256 != sumOf(body) || got.URL != rendering("").URL ||
		!got.At.Equal(night) || got.Fields.Get("Content-Type") != "text/html; charset=utf-8" ||
		got.Fields.Get("WARC-Payload-Digest") != "sha256:"+sumOf(body) || got.StartLine != "" {
		t.Errorf("read back: %+v", got)
	}
}

func TestRenderingThatIsNoDocumentIsRefused(t *testing.T) {
	a := open(t, fixed())
	for want, spoil := range map[string]func(*ewgwatch.Exchange){
		"want an absolute URL":      func(x *ewgwatch.Exchange) { x.URL = "news.example" },
		"its time is not known":     func(x *ewgwatch.Exchange) { x.At = time.Time{} },
		"Content-Type of text/html": func(x *ewgwatch.Exchange) { x.Header = nil },
	} {
		x := rendering("x")
		spoil(&x)
		if _, err := a.Record(t.Context(), x); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

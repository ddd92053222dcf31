package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/gocolly/colly/v2"
)

// browser is one source's collector: colly with everything protective taken
// out of its hands. It is used by one goroutine.
type browser struct {
	collector *colly.Collector
	tap       *tap
	jar       http.CookieJar
	agent     string
	memo      *memo
}

func newBrowser(chain http.RoundTripper, agent string) *browser {
	b := &browser{collector: &colly.Collector{}, tap: &tap{next: chain}, agent: agent, memo: newMemo()}
	c := b.collector
	c.Init() // and not NewCollector, which takes settings from the environment
	c.UserAgent = agent
	c.AllowURLRevisit = true        // the frontier knows what was visited
	c.ParseHTTPErrorResponse = true // a status is no error; visits are judged by what the tap kept
	c.MaxBodySize = 0               // capped below, where the cut is noticed
	c.WithTransport(b.tap)
	c.SetRequestTimeout(0) // a client's timeout would count the waiting for a lane
	b.jar = newCookies()
	c.SetCookieJar(b.jar)
	c.SetRedirectHandler(checkRedirect)
	c.OnError(func(response *colly.Response, err error) {
		if response.StatusCode != 0 {
			b.tap.visit.parse = err
		}
	})
	b.watchLinks()
	return b
}

// panicked is returned where colly or what it calls gave up on hostile input.
type panicked struct{ value any }

func (e *panicked) Error() string { return fmt.Sprintf("reading it panicked: %.200v", e.value) }

// open fetches the visit's URL and fills in what came back. The error is that
// of the request; a status is none.
func (b *browser) open(ctx context.Context, v *visit) (err error) {
	defer func() {
		b.tap.visit = nil // a source that waits keeps no page
		if value := recover(); value != nil {
			err = &panicked{value}
		}
	}()
	b.tap.visit = v
	b.collector.Context = ctx
	return b.collector.Request(http.MethodGet, v.page.URL, nil, nil, b.header(v))
}

// render has the scripts of the visit's page run, and reads the links of what
// they made.
func (b *browser) render(ctx context.Context, r *renderer, v *visit) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &panicked{value}
		}
	}()
	if err := r.render(ctx, v, b.jar); err != nil {
		return err
	}
	v.links, v.parse = v.rendered.links()
	return nil
}

func (b *browser) header(v *visit) http.Header {
	header := http.Header{
		"User-Agent":      {b.agent},
		"Accept":          {"text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"},
		"Accept-Language": {acceptLanguage(v.page.Source.Lang)},
		"Accept-Encoding": {"gzip"},
	}
	if !v.conditional {
		return header
	}
	if v.page.Previous.ETag != "" {
		header.Set("If-None-Match", v.page.Previous.ETag)
	}
	if v.page.Previous.LastModified != "" {
		header.Set("If-Modified-Since", v.page.Previous.LastModified)
	}
	return header
}

// acceptLanguage asks for the source's own language first: some sites answer
// in English, with less, to those who name none.
func acceptLanguage(lang string) string {
	primary, _, _ := strings.Cut(lang, "-")
	switch {
	case lang == "" || primary == "en":
		return "en, *;q=0.5"
	case primary != lang:
		return lang + ", " + primary + ";q=0.9, en;q=0.5, *;q=0.3"
	}
	return lang + ", en;q=0.5, *;q=0.3"
}

package crawler

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"ewgwatch"
)

// renderLimits is what one page may cost in the browser.
type renderLimits struct {
	page     time.Duration // in all
	last     time.Duration // of it, kept for reading the document out
	quiet    time.Duration // without a request, after which a loaded page is done
	requests int           // of scripts
	bytes    int64         // of their answers, decoded
	memory   int64         // of all the browser's processes
}

func usualLimits() renderLimits {
	return renderLimits{
		page: 30 * time.Second, last: 5 * time.Second, quiet: 500 * time.Millisecond,
		requests: 200, bytes: 32 << 20, memory: 1 << 30,
	}
}

// renderer has scripts make their pages, one page at a time for the whole run.
// Its browser is started by the first page that needs one, and anew after one
// that brought it down.
type renderer struct {
	options Options
	limits  renderLimits
	chain   http.RoundTripper // everything the browser asks for goes through it
	lanes   *lanes
	scripts *scriptCache
	seat    chan struct{} // holds a token while a page is in the browser

	chromium *chromium // belongs to whoever has the seat; nil while none runs
	absent   error     // why there can be none
}

func newRenderer(chain http.RoundTripper, lanes *lanes, limits renderLimits, o Options) *renderer {
	return &renderer{
		options: o, limits: limits, chain: chain, lanes: lanes,
		scripts: newScriptCache(), seat: make(chan struct{}, 1),
	}
}

// rendered is what scripts made of a page.
type rendered struct {
	document  []byte // in UTF-8
	base      string // that its links are relative to
	at        time.Time
	exchanges []ewgwatch.Exchange // the answers it took besides the visit's own
}

// header is that of an answer with the type of the document made of it. Its
// validators speak of other bytes and are left out.
func (r *rendered) header(of http.Header) http.Header {
	header := of.Clone()
	header.Set("Content-Type", renderedType)
	header.Del("ETag")
	header.Del("Last-Modified")
	return header
}

const renderedType = "text/html; charset=utf-8"

// exchange is the document as it is archived.
func (r *rendered) exchange(address string) ewgwatch.Exchange {
	return ewgwatch.Exchange{
		URL: address, At: r.at, Rendered: true, Header: http.Header{"Content-Type": {renderedType}}, Body: r.document,
	}
}

// links returns the links of the document.
func (r *rendered) links() ([]link, error) {
	base, err := url.Parse(r.base)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(r.document))
	if err != nil {
		return nil, err
	}
	return linksOf(root, func(reference string) string {
		if strings.HasPrefix(reference, "#") {
			return ""
		}
		absolute, err := base.Parse(reference)
		if err != nil {
			return ""
		}
		absolute.Fragment = ""
		return absolute.String()
	}), nil
}

// wantsRendering reports whether a visit got a page whose text scripts are to make:
// feeds, sitemaps and documents are read as they are. Scripts that check who asks
// are not run: a bot check is written down, not passed.
func wantsRendering(v *visit) bool {
	page := &v.page
	return page.Source.Render && (page.Role == ewgwatch.RoleSeed || page.Role == ewgwatch.RoleArticle) &&
		v.answer != nil && v.answer.StatusCode/100 == 2 && v.body.flaw == nil && v.media == htmlMedia && len(v.body.decoded) > 0 &&
		challengeOf(v.answer.StatusCode, v.answer.Header, v.answer.Request.URL, v.body.decoded, gistOf(v.body.decoded)) == ""
}

// render has the browser run the scripts of a visit's page and puts what they
// made into the visit. Any error brings the browser down: it may hang.
func (r *renderer) render(ctx context.Context, v *visit, jar http.CookieJar) error {
	turnOf(ctx).end() // what the browser asks for has turns of its own
	select {
	case r.seat <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	defer func() { <-r.seat }()
	if err := r.start(ctx); err != nil {
		return err
	}
	err := newRendering(r, v, jar).run(ctx, r.chromium)
	if err != nil {
		r.stop()
	}
	return err
}

// start sees to it that a browser runs. One that cannot be started is not tried
// again for every page.
func (r *renderer) start(ctx context.Context) error {
	if r.absent != nil || r.chromium != nil && !r.chromium.isDead() {
		return r.absent
	}
	r.stop()
	path, err := findChromium(r.options.Chromium)
	if err == nil {
		r.chromium, err = startChromium(ctx, path, r.options.identity())
	}
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		r.absent = &noBrowserError{err}
	}
	return r.absent
}

// stop ends the browser and waits until nothing of it is left.
func (r *renderer) stop() {
	if r.chromium != nil {
		r.chromium.stop()
	}
	r.chromium = nil
}

// noBrowserError is returned where a page needs a browser and none runs.
type noBrowserError struct{ why error }

func (e *noBrowserError) Error() string {
	return fmt.Sprintf("render=true needs a browser: %v; install Chromium (apt-get install chromium) or name one in EWGWATCH_CHROMIUM", e.why)
}

func (e *noBrowserError) Unwrap() error { return e.why }

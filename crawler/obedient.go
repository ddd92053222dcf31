package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"ewgwatch"
)

const maxRobotsRedirects = 5 // RFC 9309 section 2.3.1.2

// maxRobotsAge is how long an answer for robots.txt holds (RFC 9309 section 2.4).
const maxRobotsAge = 24 * time.Hour

// obedient is the round tripper that asks a host's robots.txt before it sends
// anything else. The file is fetched through the round trippers below, at most
// once a host and run, and not where an earlier run fetched it within a day.
type obedient struct {
	next   http.RoundTripper
	agent  string // User-Agent
	memory hostMemory

	mu      sync.Mutex
	permits map[origin]*permit
}

// permit is what is known of one host's robots.txt once ready is closed.
type permit struct {
	ready  chan struct{}
	robots robots
	refuse string // why nothing at all may be fetched; "" where robots says it
	err    error  // why nothing is known

	forgotten bool // who asked gave up: ask anew
}

// robotsError is returned for what robots.txt forbids.
type robotsError struct{ reason string }

func (e *robotsError) Error() string { return e.reason }

func newObedient(next http.RoundTripper, agent string, memory hostMemory) *obedient {
	return &obedient{next: next, agent: agent, memory: memory, permits: map[origin]*permit{}}
}

// RoundTrip sends what robots.txt allows, and keeps its Crawl-delay. A host
// whose robots.txt cannot be had is unreachable (RFC 9309 section 2.3.1.4), and
// the error says how.
func (o *obedient) RoundTrip(req *http.Request) (*http.Response, error) {
	permit := o.permit(req.Context(), req.URL)
	if permit.err != nil {
		return nil, fmt.Errorf("robots.txt: %w", permit.err)
	}
	if permit.refuse != "" {
		return nil, &robotsError{permit.refuse}
	}
	ok, pattern := permit.robots.allows(req.URL.RequestURI())
	if !ok {
		return nil, &robotsError{"robots.txt disallows " + pattern}
	}
	response, err := o.next.RoundTrip(req.WithContext(withDelay(req.Context(), permit.robots.delay)))
	if err != nil {
		return nil, err
	}
	if body, ok := response.Body.(*payload); ok {
		body.verdict = permit.robots.verdict(pattern)
	}
	return response, nil
}

// verdict says why something may be fetched that this pattern speaks of; "" for
// none.
func (r robots) verdict(pattern string) string {
	switch {
	case r.status/100 != 2:
		return fmt.Sprintf("allowed: robots.txt answers %d", r.status)
	case pattern == "":
		return "allowed: no rule of robots.txt speaks of it"
	}
	return "allowed: Allow " + pattern
}

// origin is a host and the way to it: what one source is told on its way says
// nothing of another's.
type origin struct {
	address string // scheme and host
	way     route
}

func originOf(u *url.URL, way route) origin { return origin{u.Scheme + "://" + u.Host, way} }

// knows reports whether the robots.txt of a URL's host was asked for.
func (o *obedient) knows(u *url.URL, way route) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.permits[originOf(u, way)] != nil
}

// permit returns the permit of a host, fetching it for the first who asks; the
// others wait.
func (o *obedient) permit(ctx context.Context, u *url.URL) *permit {
	from := originOf(u, wayOf(ctx))
	o.mu.Lock()
	known, ok := o.permits[from]
	if !ok {
		known = &permit{ready: make(chan struct{})}
		o.permits[from] = known
	}
	o.mu.Unlock()
	if !ok {
		o.fill(withErrand(ctx, nil), from.address, known) // a file for the whole run, whoever asks
		if ctx.Err() != nil {
			o.forget(from, known)
		}
		close(known.ready)
	}
	if err := known.await(ctx); err != nil {
		return &permit{err: err}
	}
	if known.forgotten && ctx.Err() == nil {
		return o.permit(ctx, u)
	}
	return known
}

// await waits until somebody else has fetched a permit.
func (p *permit) await(ctx context.Context) error {
	select {
	case <-p.ready:
		return nil
	default:
		turnOf(ctx).end() // who fetches it may need what we hold
	}
	select {
	case <-p.ready:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// forget drops a permit whose fetch was given up by who asked, a page whose time
// was over, so that the host is not shut for all others.
func (o *obedient) forget(from origin, permit *permit) {
	permit.forgotten = true
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.permits, from)
}

// sitemaps returns the Sitemap lines of a host that was asked already.
func (o *obedient) sitemaps(u *url.URL, way route) []string { return o.known(u, way).sitemaps }

// known is the robots.txt of a host that was asked already.
func (o *obedient) known(u *url.URL, way route) robots {
	o.mu.Lock()
	known := o.permits[originOf(u, way)]
	o.mu.Unlock()
	if known == nil {
		return robots{}
	}
	<-known.ready
	return known.robots
}

// fill fills a permit with what an earlier run was told, or asks.
func (o *obedient) fill(ctx context.Context, origin string, into *permit) {
	host := o.memory.of(origin)
	if age := o.memory.now().Sub(host.RobotsAt); host.RobotsStatus != 0 && age >= 0 && age < maxRobotsAge {
		into.robots = robotsOf(host.RobotsStatus, host.Robots)
		return
	}
	o.fetch(ctx, origin, into)
}

// fetch fills a permit: 2xx is read, 4xx and endless redirects allow all, 5xx
// forbids all (RFC 9309 section 2.3.1). What forbids all is not kept: it is
// asked for again by the next run.
func (o *obedient) fetch(ctx context.Context, origin string, into *permit) {
	response, err := o.ask(ctx, origin)
	if err != nil {
		into.err = err
		return
	}
	body, whole := response.Body.(*payload)
	if !whole {
		into.err = errors.New("robots.txt came without its body")
		return
	}
	status := response.StatusCode
	if status >= 500 {
		into.refuse = fmt.Sprintf("robots.txt answers %d, so nothing may be fetched", status)
		return
	}
	if into.err = unlessLarge(body.flaw); into.err != nil && status/100 == 2 {
		return
	}
	into.err = nil
	text := body.decoded[:min(len(body.decoded), maxRobots)]
	into.robots = robotsOf(status, text)
	if status/100 != 2 {
		text = nil
	}
	o.memory.keep(ewgwatch.Wishes{Name: origin, Robots: text, RobotsStatus: status, RobotsAt: o.memory.now().UTC()})
}

// robotsOf is what an answer below 500 says.
func robotsOf(status int, body []byte) robots {
	var r robots
	if status/100 == 2 {
		r = parseRobots(body)
	}
	r.status = status
	return r
}

func (o *obedient) ask(ctx context.Context, origin string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, origin+"/robots.txt", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", o.agent)
	req.Header.Set("Accept", "text/plain, */*;q=0.1")
	req.Header.Set("Accept-Encoding", "gzip")
	client := http.Client{Transport: o.next, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) > maxRobotsRedirects || !isWeb(req) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
	response, err := client.Do(req)
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err // the caller knows the URL
	}
	return response, err
}

// unlessLarge forgives a body over the cap: of a robots.txt, the first 500 KiB
// count.
func unlessLarge(flaw error) error {
	tooLarge := &tooLarge{}
	if errors.As(flaw, &tooLarge) {
		return nil
	}
	return flaw
}

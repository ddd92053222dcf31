package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
)

const maxRobotsRedirects = 5 // RFC 9309 section 2.3.1.2

// obedient is the round tripper that asks a host's robots.txt before it sends
// anything else. The file is fetched through the round trippers below, once a
// host and run.
type obedient struct {
	next  http.RoundTripper
	agent string // User-Agent

	mu      sync.Mutex
	permits map[string]*permit // by scheme and host
}

// permit is what is known of one host's robots.txt once ready is closed.
type permit struct {
	ready  chan struct{}
	robots robots
	refuse string // why nothing at all may be fetched; "" where robots says it
	err    error  // why nothing is known
}

// robotsError is returned for what robots.txt forbids.
type robotsError struct{ reason string }

func (e *robotsError) Error() string { return e.reason }

func newObedient(next http.RoundTripper, agent string) *obedient {
	return &obedient{next: next, agent: agent, permits: map[string]*permit{}}
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
	if ok, pattern := permit.robots.allows(req.URL.RequestURI()); !ok {
		return nil, &robotsError{"robots.txt disallows " + pattern}
	}
	return o.next.RoundTrip(req.WithContext(withDelay(req.Context(), permit.robots.delay)))
}

// permit returns the permit of a host, fetching it for the first who asks; the
// others wait.
func (o *obedient) permit(ctx context.Context, u *url.URL) *permit {
	origin := u.Scheme + "://" + u.Host
	o.mu.Lock()
	known, ok := o.permits[origin]
	if !ok {
		known = &permit{ready: make(chan struct{})}
		o.permits[origin] = known
	}
	o.mu.Unlock()
	if !ok {
		o.fetch(ctx, origin, known)
		close(known.ready)
	}
	select {
	case <-known.ready:
		return known
	case <-ctx.Done():
		return &permit{err: context.Cause(ctx)}
	}
}

// sitemaps returns the Sitemap lines of a host that was asked already.
func (o *obedient) sitemaps(u *url.URL) []string { return o.known(u).sitemaps }

// known is the robots.txt of a host that was asked already.
func (o *obedient) known(u *url.URL) robots {
	o.mu.Lock()
	known := o.permits[u.Scheme+"://"+u.Host]
	o.mu.Unlock()
	if known == nil {
		return robots{}
	}
	<-known.ready
	return known.robots
}

// fetch fills a permit: 2xx is read, 4xx and endless redirects allow all, 5xx
// forbids all (RFC 9309 section 2.3.1).
func (o *obedient) fetch(ctx context.Context, origin string, into *permit) {
	response, err := o.ask(ctx, origin)
	if err != nil {
		into.err = err
		return
	}
	status := response.StatusCode
	body, whole := response.Body.(*payload)
	switch {
	case !whole:
		into.err = errors.New("robots.txt came without its body")
	case status >= 500:
		into.refuse = fmt.Sprintf("robots.txt answers %d, so nothing may be fetched", status)
	case status >= 200 && status < 300:
		into.err = unlessLarge(body.flaw)
		into.robots = parseRobots(body.decoded)
	}
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

package crawler

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"ewgwatch"
)

// route is the way to a source: through a proxy, with authorities of its own.
// The zero route is everybody else's.
type route struct{ proxy, ca string }

func routeOf(source ewgwatch.Source) route { return route{source.Proxy, source.CAFile} }

// routes is the round tripper that sends the requests of a source its way. Its
// transports are all there are: those of sources that go the same way are one.
type routes map[route]*http.Transport

// newRoutes makes the transports of a run. An error names the source whose way
// cannot be gone.
func (c *Crawler) newRoutes(sources []ewgwatch.Source) (routes, error) {
	all := routes{route{}: newTransport(c.dial, nil, c.options)}
	var faults []error
	for _, source := range sources {
		way := routeOf(source)
		if all[way] != nil {
			continue
		}
		transport, err := c.newRoute(way)
		if err != nil {
			faults = append(faults, fmt.Errorf("source %q: %w", source.ID, err))
			continue
		}
		all[way] = transport
	}
	return all, errors.Join(faults...)
}

func (c *Crawler) newRoute(way route) (*http.Transport, error) {
	dial := c.dial
	if way.proxy != "" {
		proxy, err := url.Parse(way.proxy)
		if err != nil {
			return nil, fmt.Errorf("proxy: %w", err)
		}
		dial = newTunnel(proxy, guard{c.options.AllowAddresses}).dial
	}
	var trusted *x509.CertPool
	if way.ca != "" {
		if trusted = c.options.Authorities[way.ca]; trusted == nil {
			return nil, fmt.Errorf("ca: the certificates of %s are not known", way.ca)
		}
	}
	return newTransport(dial, trusted, c.options), nil
}

func (r routes) close() {
	for _, transport := range r {
		transport.CloseIdleConnections()
	}
}

type routeKey struct{}

// withRoute says which way the requests of ctx go.
func withRoute(ctx context.Context, way route) context.Context {
	if way == (route{}) {
		return ctx
	}
	return context.WithValue(ctx, routeKey{}, way)
}

func wayOf(ctx context.Context) route {
	way, _ := ctx.Value(routeKey{}).(route)
	return way
}

// RoundTrip sends a request the way of its source.
func (r routes) RoundTrip(req *http.Request) (*http.Response, error) {
	return r[wayOf(req.Context())].RoundTrip(req)
}

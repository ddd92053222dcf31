package crawler

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

const (
	maxHeader      = 256 << 10 // bytes of a response's header
	connectTimeout = 15 * time.Second
	idleTimeout    = 30 * time.Second
	minIdle        = 512 // connections kept at least, so that a few hundred hosts need no handshake for every page
)

// dial opens a connection, as [net.Dialer.DialContext] does.
type dial func(ctx context.Context, network, address string) (net.Conn, error)

// guardedDial dials only what the guard lets pass.
func guardedDial(g guard) dial {
	dialer := &net.Dialer{
		Timeout: connectTimeout,
		ControlContext: func(_ context.Context, _, address string, _ syscall.RawConn) error {
			target, err := netip.ParseAddrPort(address)
			if err != nil {
				return &addressError{address + " is no address"}
			}
			return g.check(target)
		},
	}
	return dialer.DialContext
}

// newTransport is what talks to the network, trusting these authorities; nil for
// those of the system. It takes no proxy from the environment: a proxy resolves
// names itself, so the guard would judge the proxy's address and never the
// site's. A source's own proxy is part of dial.
func newTransport(dial dial, trusted *x509.CertPool, o Options) *http.Transport {
	return &http.Transport{
		Proxy:                  nil,
		DialContext:            wires(dial),
		DialTLSContext:         secureWires(dial, trusted),
		DisableCompression:     true, // the bytes as received are evidence
		MaxIdleConns:           max(2*o.Concurrency, minIdle),
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        idleTimeout,
		ResponseHeaderTimeout:  o.Timeout,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// newChain puts the protective round trippers above the transport.
func newChain(bottom http.RoundTripper, lanes *lanes, near *neighbours, memory hostMemory, o Options) *obedient {
	body := whole{next: bottom, maxBody: o.MaxBody, timeout: o.Timeout, now: o.Now}
	return newObedient(polite{next: body, lanes: lanes, neighbours: near, now: o.Now}, o.identity(), memory)
}

// Client returns a client for the program's own errands, which goes only where a
// crawl may go: to no private address that is not allowed, through no proxy, and
// after no redirect.
func Client(allowed []netip.Prefix, timeout time.Duration) *http.Client {
	return &http.Client{
		Timeout:       timeout,
		Transport:     &http.Transport{DialContext: guardedDial(guard{allowed}), TLSHandshakeTimeout: connectTimeout, DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

package crawler

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"golang.org/x/net/proxy"
)

// tunnel dials through a proxy. The proxy is told an address and never a name:
// we look the name up ourselves, so that the guard judges what is connected to.
// The address of the proxy itself is the operator's choice and not judged.
type tunnel struct {
	proxy  *url.URL // http or socks5
	guard  guard
	lookup func(ctx context.Context, network, host string) ([]netip.Addr, error)
	dialer net.Dialer
}

func newTunnel(through *url.URL, g guard) *tunnel {
	return &tunnel{proxy: through, guard: g, lookup: net.DefaultResolver.LookupNetIP, dialer: net.Dialer{Timeout: connectTimeout}}
}

func (t *tunnel) dial(ctx context.Context, _, address string) (net.Conn, error) {
	targets, err := t.targets(ctx, address)
	if err != nil {
		return nil, err
	}
	var conn net.Conn
	for _, target := range targets {
		if conn, err = t.connect(ctx, target); err == nil {
			return conn, nil
		}
	}
	return nil, fmt.Errorf("proxy %s: %w", t.proxy.Host, err)
}

// targets returns the addresses of a host that may be connected to; an error
// where there are none.
func (t *tunnel) targets(ctx context.Context, address string) ([]netip.AddrPort, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	number, err := net.DefaultResolver.LookupPort(ctx, "tcp", port)
	if err != nil {
		return nil, err
	}
	ips, err := t.lookup(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	var allowed []netip.AddrPort
	refused := error(&net.DNSError{Err: "no such host", Name: host, IsNotFound: true})
	for _, ip := range ips {
		target := netip.AddrPortFrom(ip.Unmap(), uint16(number))
		if err := t.guard.check(target); err != nil {
			refused = err
			continue
		}
		allowed = append(allowed, target)
	}
	if len(allowed) == 0 {
		return nil, refused
	}
	return allowed, nil
}

func (t *tunnel) connect(ctx context.Context, target netip.AddrPort) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	if t.proxy.Scheme == "socks5" {
		dialer, err := proxy.SOCKS5("tcp", t.proxy.Host, nil, &t.dialer)
		if err != nil {
			return nil, err
		}
		socks, ok := dialer.(proxy.ContextDialer)
		if !ok {
			return nil, errors.New("a SOCKS5 dialer that cannot be cancelled")
		}
		conn, err := socks.DialContext(ctx, "tcp", target.String())
		if err != nil {
			return nil, err
		}
		return &tunnelled{Conn: conn, reader: conn, target: target}, nil
	}
	conn, err := t.dialer.DialContext(ctx, "tcp", t.proxy.Host)
	if err != nil {
		return nil, err
	}
	through, err := askToConnect(ctx, conn, target)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return through, nil
}

// askToConnect has an HTTP proxy open a tunnel (RFC 9110 section 9.3.6).
func askToConnect(ctx context.Context, conn net.Conn, target netip.AddrPort) (net.Conn, error) {
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) }) // wakes whoever reads
	defer stop()
	if _, err := fmt.Fprintf(conn, "CONNECT %s HTTP/1.1\r\nHost: %[1]s\r\n\r\n", target); err != nil {
		return nil, err
	}
	buffered := bufio.NewReader(conn)
	response, err := http.ReadResponse(buffered, &http.Request{Method: http.MethodConnect})
	if err != nil {
		return nil, err
	}
	if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
		return nil, errors.Join(fmt.Errorf("it answers %q to CONNECT %s", response.Status, target), err)
	}
	if !stop() {
		return nil, context.Cause(ctx)
	}
	return &tunnelled{Conn: conn, reader: buffered, target: target}, nil
}

// tunnelled is a connection through a proxy. Its first bytes may have been read
// already, and the other side is the site and not the proxy.
type tunnelled struct {
	net.Conn
	reader io.Reader
	target netip.AddrPort
}

func (t *tunnelled) Read(b []byte) (int, error) { return t.reader.Read(b) }
func (t *tunnelled) RemoteAddr() net.Addr       { return net.TCPAddrFromAddrPort(t.target) }

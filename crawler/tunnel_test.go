package crawler

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"ewgwatch"
)

// proxyServer is a proxy of either kind that notes what it was asked to connect to.
type proxyServer struct {
	net.Listener
	mu    sync.Mutex
	asked []string
}

func startProxy(t *testing.T, speak func(*proxyServer, net.Conn) error) *proxyServer {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.77:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxyServer{Listener: listener}
	var running sync.WaitGroup
	running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			running.Go(func() {
				defer conn.Close()
				_ = speak(p, conn) // the crawl tells what went wrong
			})
		}
	})
	t.Cleanup(func() { listener.Close(); running.Wait() })
	return p
}

func (p *proxyServer) askedFor() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

func (p *proxyServer) join(conn net.Conn, from io.Reader, target string) error {
	p.mu.Lock()
	p.asked = append(p.asked, target)
	p.mu.Unlock()
	site, err := new(net.Dialer).DialContext(context.Background(), "tcp", target)
	if err != nil {
		return err
	}
	defer site.Close()
	go func() {
		_, _ = io.Copy(site, from) // until either side is done
		site.Close()
	}()
	_, err = io.Copy(conn, site)
	return err
}

func speakCONNECT(p *proxyServer, conn net.Conn) error {
	from := bufio.NewReader(conn)
	req, err := http.ReadRequest(from)
	if err != nil {
		return err
	}
	fmt.Fprint(conn, "HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n")
	return p.join(conn, from, req.Host)
}

// speakSOCKS5 knows CONNECT to an IPv4 address, without authentication (RFC 1928).
func speakSOCKS5(p *proxyServer, conn net.Conn) error {
	head := make([]byte, 3+10)
	if _, err := io.ReadFull(conn, head[:3]); err != nil {
		return err
	}
	if _, err := conn.Write([]byte{5, 0}); err != nil {
		return err
	}
	if _, err := io.ReadFull(conn, head[3:]); err != nil {
		return err
	}
	if head[6] != 1 {
		return errors.New("asked for a name")
	}
	target := netip.AddrPortFrom(netip.AddrFrom4([4]byte(head[7:11])), binary.BigEndian.Uint16(head[11:]))
	if _, err := conn.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	return p.join(conn, conn, target.String())
}

func TestASourceIsReadThroughItsProxyByAddress(t *testing.T) {
	site := httptest.NewServer(static(newsSite()))
	defer site.Close()
	for scheme, speak := range map[string]func(*proxyServer, net.Conn) error{"http": speakCONNECT, "socks5": speakSOCKS5} {
		p := startProxy(t, speak)
		s := source(site.URL)
		s.Proxy = scheme + "://" + p.Addr().String()
		m := newMemory()
		got, err := New(m, Options{Delay: -1, AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}).
			Crawl(t.Context(), []ewgwatch.Source{s}, m.keep)
		if err != nil || got[0].Reach != ewgwatch.ReachRead {
			t.Errorf("%s: %+v, %v", scheme, got, err)
		}
		if asked := p.askedFor(); len(asked) == 0 || asked[0] != strings.TrimPrefix(site.URL, "http://") {
			t.Errorf("%s: the proxy was asked for %q", scheme, asked)
		}
	}
}

// TestNoProxyLeadsPastTheGuard names a site that lies on an address which no
// allow list names.
func TestNoProxyLeadsPastTheGuard(t *testing.T) {
	p := startProxy(t, speakCONNECT)
	s := source("http://127.0.0.88:9")
	s.Proxy = "http://" + p.Addr().String()
	m := newMemory()
	got, err := New(m, Options{Delay: -1}).Crawl(t.Context(), []ewgwatch.Source{s}, m.keep)
	if err != nil || got[0].Outcomes[ewgwatch.Forbidden] != 1 || len(p.askedFor()) != 0 {
		t.Errorf("%+v, %v; the proxy was asked for %q", got, err, p.askedFor())
	}
}

func TestAProxyThatFailsIsNamed(t *testing.T) {
	refuse := startProxy(t, func(_ *proxyServer, conn net.Conn) error {
		_, err := fmt.Fprint(conn, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")
		return err
	})
	for _, proxy := range []string{"http://" + refuse.Addr().String(), "http://127.0.0.77:9", "socks5://127.0.0.77:9"} {
		s := source("http://127.0.0.1:9")
		s.Proxy = proxy
		m := newMemory()
		got, err := New(m, Options{Delay: -1, AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}}).
			Crawl(t.Context(), []ewgwatch.Source{s}, m.keep)
		u, _ := url.Parse(proxy)
		if err != nil || got[0].Outcomes[ewgwatch.NetError] != 1 || !strings.Contains(got[0].Why, "proxy "+u.Host) {
			t.Errorf("%s: %+v, %v", proxy, got, err)
		}
	}
}

// TestAllAddressesOfANameAreJudgedBeforeTheProxyIsAsked has a name stand for a
// public and an inner address.
func TestAllAddressesOfANameAreJudgedBeforeTheProxyIsAsked(t *testing.T) {
	tunnel := newTunnel(&url.URL{Scheme: "http", Host: "127.0.0.77:1"}, guard{})
	tunnel.lookup = func(context.Context, string, string) ([]netip.Addr, error) {
		return []netip.Addr{netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("8.8.8.8"), netip.MustParseAddr("::ffff:127.0.0.1")}, nil
	}
	got, err := tunnel.targets(t.Context(), "a.test:443")
	if err != nil || len(got) != 1 || got[0].String() != "8.8.8.8:443" {
		t.Errorf("%v, %v, want 8.8.8.8:443 alone", got, err)
	}
}

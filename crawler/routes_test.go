package crawler

import (
	"crypto/x509"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"ewgwatch"
)

// TestASourceTrustsAuthoritiesOfItsOwn reads a site that offers HTTP/2 too, whose certificate
// only one of two sources trusts.
func TestASourceTrustsAuthoritiesOfItsOwn(t *testing.T) {
	site := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/huge" {
			w.Header().Set("X-Huge", strings.Repeat("x", 300<<10))
		}
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, article("News", "/huge", "/other"))
	}))
	site.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	site.EnableHTTP2 = true
	site.StartTLS()
	defer site.Close()
	pool := x509.NewCertPool()
	pool.AddCert(site.Certificate())
	trusting, other := source(site.URL), source(site.URL+"/other")
	trusting.CAFile = "root.pem"
	m, k := newMemory(), &keeper{}
	got, err := New(m, Options{
		Delay: -1, Recorder: k, AllowAddresses: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Authorities: map[string]*x509.CertPool{"root.pem": pool},
	}).Crawl(t.Context(), []ewgwatch.Source{trusting, other}, m.keep)
	if err != nil {
		t.Fatal(err)
	}
	if c := got[0]; c.Outcomes[ewgwatch.New] != 2 || c.Outcomes[ewgwatch.NetError] != 1 {
		t.Errorf("who trusts it: %+v, want two pages and one with too large a header", c)
	}
	if c := got[1]; c.Reach != ewgwatch.ReachNone {
		t.Errorf("who does not: %+v", c)
	}
	if len(k.kept) == 0 {
		t.Fatal("nothing was recorded")
	}
	x := k.kept[0]
	if x.Proto != "HTTP/1.1" || x.TLS == nil || x.TLS.Certificate != sum(site.Certificate().Raw) || x.TLS.Version != "TLS 1.3" || x.TLS.CipherSuite == "" {
		t.Errorf("%s over %+v", x.Proto, x.TLS)
	}
}

func TestAuthoritiesNobodyKnowsEndTheCrawlBeforeItBegins(t *testing.T) {
	s := source("https://127.0.0.1:1")
	s.CAFile = "missing.pem"
	m := newMemory()
	_, err := New(m, Options{}).Crawl(t.Context(), []ewgwatch.Source{s}, m.keep)
	if err == nil || !strings.Contains(err.Error(), s.ID) || !strings.Contains(err.Error(), "missing.pem") || len(m.take()) > 0 {
		t.Errorf("%v, want an error that names source and file", err)
	}
}

func TestIPv6IsReadWhereItIsAllowed(t *testing.T) {
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp6", "[::1]:0")
	if err != nil {
		t.Skipf("this machine has no IPv6 loopback: %v", err)
	}
	site := httptest.NewUnstartedServer(static(newsSite()))
	site.Listener.Close()
	site.Listener = listener
	site.Start()
	defer site.Close()
	for prefix, want := range map[string]ewgwatch.Reach{"::1/128": ewgwatch.ReachRead, "127.0.0.0/8": ewgwatch.ReachNone} {
		m := newMemory()
		got, err := New(m, Options{Delay: -1, AllowAddresses: []netip.Prefix{netip.MustParsePrefix(prefix)}}).
			Crawl(t.Context(), []ewgwatch.Source{source(site.URL)}, m.keep)
		if err != nil || got[0].Reach != want {
			t.Errorf("%s: %+v, %v, want %s", prefix, got, err, want)
		}
	}
}

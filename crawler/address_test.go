package crawler

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"ewgwatch"
)

func TestOnlyPublicAddressesAreConnectedTo(t *testing.T) {
	allowed := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("fd00:1::/32")}
	for _, c := range []struct {
		target string
		none   bool // passes with an empty allow list
		some   bool // passes with the list above
	}{
		{"8.8.8.8:80", true, true},
		{"8.8.8.8:8080", true, true},
		{"8.8.8.8:25", false, false},
		{"[2600::1]:443", true, true},
		{"127.0.0.1:80", false, true},
		{"127.0.0.1:25", false, true},
		{"127.0.0.2:80", false, false},
		{"0.0.0.0:80", false, false},
		{"10.1.2.3:80", false, false},
		{"100.64.0.1:80", false, false},
		{"169.254.169.254:80", false, false},
		{"172.31.0.1:80", false, false},
		{"172.32.0.1:80", true, true},
		{"192.168.0.1:80", false, false},
		{"224.0.0.1:80", false, false},
		{"255.255.255.255:80", false, false},
		{"[::]:80", false, false},
		{"[::1]:80", false, false},
		{"[fe80::1]:80", false, false},
		{"[fe80::1%eth0]:80", false, false},
		{"[fec0::1]:80", false, false},
		{"[fd00:ec2::254]:80", false, false},
		{"[fd00:1::1]:80", false, true},
		{"[ff02::1]:80", false, false},
		{"[::ffff:10.0.0.1]:80", false, false},
		{"[::ffff:127.0.0.1]:80", false, true},
		{"[::ffff:8.8.8.8]:80", true, true},
		{"[::10.0.0.1]:80", false, false},
		{"[64:ff9b::10.0.0.1]:80", false, false},
		{"[64:ff9b::8.8.8.8]:80", true, true},
		{"[64:ff9b:1::1]:80", false, false},
		{"[2002:a00:1::1]:80", false, false},
		{"[2002:808:808::1]:80", true, true},
		{"[2001::1]:80", false, false},
	} {
		target := netip.MustParseAddrPort(c.target)
		if got := (guard{}).check(target) == nil; got != c.none {
			t.Errorf("%s without a list passes: %v, want %v", c.target, got, c.none)
		}
		if got := (guard{allowed}).check(target) == nil; got != c.some {
			t.Errorf("%s with the list passes: %v, want %v", c.target, got, c.some)
		}
	}
}

var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

// visitLoopback crawls a real server and returns its one page, or the first.
func visitLoopback(t *testing.T, address string, o Options) ewgwatch.Page {
	t.Helper()
	m := newMemory()
	o.Delay = -1
	if _, err := New(m, o).Crawl(t.Context(), []ewgwatch.Source{source(address)}, m.keep); err != nil {
		t.Fatal(err)
	}
	return m.take()[0]
}

func TestLoopbackIsRefusedUnlessAllowed(t *testing.T) {
	server := httptest.NewServer(static(newsSite()))
	defer server.Close()
	if page := visitLoopback(t, server.URL, Options{}); page.Outcome != ewgwatch.Forbidden || page.Status != 0 {
		t.Errorf("without an allow list: %s (%s), want address", page.Outcome, page.Detail)
	}
	if page := visitLoopback(t, server.URL, Options{AllowAddresses: loopback}); page.Outcome != ewgwatch.New {
		t.Errorf("with an allow list: %s (%s), want new", page.Outcome, page.Detail)
	}
}

func TestNameOfALoopbackAddressIsRefused(t *testing.T) {
	if page := visitLoopback(t, "http://localhost:8080", Options{}); page.Outcome != ewgwatch.Forbidden {
		t.Errorf("%s (%s), want address", page.Outcome, page.Detail)
	}
}

func TestRedirectToARefusedAddressIsNotFollowed(t *testing.T) {
	for _, target := range []string{"http://127.0.0.2:80/", "http://[::1]:80/", "http://[::ffff:127.0.0.2]/", "http://169.254.169.254/latest/meta-data/"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			http.Redirect(w, r, target, http.StatusFound)
		}))
		if page := visitLoopback(t, server.URL, Options{AllowAddresses: loopback}); page.Outcome != ewgwatch.Forbidden {
			t.Errorf("%s: %s (%s), want address", target, page.Outcome, page.Detail)
		}
		server.Close()
	}
}

func TestEnvironmentsProxyIsNotUsed(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:1")
	if newTransport(guardedDial(guard{}), nil, Options{}.withDefaults()).Proxy != nil {
		t.Error("the transport has a proxy")
	}
}

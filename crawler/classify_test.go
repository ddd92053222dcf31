package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"syscall"
	"testing"
	"time"

	"ewgwatch"
)

func TestErrorsAreClassified(t *testing.T) {
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for _, c := range []struct {
		err    error
		want   ewgwatch.Outcome
		detail string
	}{
		{&net.DNSError{Err: "no such host", Name: "a.test", IsNotFound: true}, ewgwatch.DNSError, "lookup a.test: no such host"},
		{dial(&net.DNSError{Err: "i/o timeout", Name: "a.test", IsTimeout: true}), ewgwatch.DNSError, "dial tcp: lookup a.test: i/o timeout"},
		{dial(os.NewSyscallError("connect", syscall.ECONNREFUSED)), ewgwatch.NetError, "dial tcp: connect: connection refused"},
		{dial(&addressError{"10.0.0.1 is not public"}), ewgwatch.Forbidden, "dial tcp: 10.0.0.1 is not public"},
		{dial(os.ErrDeadlineExceeded), ewgwatch.Timeout, "dial tcp: i/o timeout"},
		{context.DeadlineExceeded, ewgwatch.Timeout, "context deadline exceeded"},
		{&timeoutError{time.Second}, ewgwatch.Timeout, "no whole answer within 1s"},
		{fmt.Errorf("read: %w", io.ErrUnexpectedEOF), ewgwatch.NetError, "read: unexpected EOF"},
		{errors.New("remote error: tls: handshake failure"), ewgwatch.TLSError, "remote error: tls: handshake failure"},
		{http.ErrSchemeMismatch, ewgwatch.TLSError, "http: server gave HTTP response to HTTPS client"},
		{errors.New("malformed HTTP response"), ewgwatch.NetError, "malformed HTTP response"},
		{fmt.Errorf("robots.txt: %w", dial(syscall.ECONNRESET)), ewgwatch.NetError, "robots.txt: dial tcp: connection reset by peer"},
		{&robotsError{"robots.txt disallows /"}, ewgwatch.Robots, "robots.txt disallows /"},
		{&laneShut{"a.test", "429 from x"}, ewgwatch.RateLimited, "a.test is left alone: 429 from x"},
		{&redirectError{"redirect loop at x"}, ewgwatch.HTTPError, "redirect loop at x"},
		{&panicked{"boom"}, ewgwatch.Unreadable, "reading it panicked: boom"},
	} {
		for _, err := range []error{c.err, &url.Error{Op: "Get", URL: "http://a.test/", Err: c.err}} {
			if got, detail := failure(err); got != c.want || detail != c.detail {
				t.Errorf("%v: %s (%s), want %s (%s)", err, got, detail, c.want, c.detail)
			}
		}
	}
}

func TestStatusesAreClassified(t *testing.T) {
	for status, want := range map[int]ewgwatch.Outcome{
		200: "", 203: "", 401: ewgwatch.Blocked, 403: ewgwatch.Blocked, 407: ewgwatch.Blocked, 451: ewgwatch.Blocked,
		402: ewgwatch.Paywall, 404: ewgwatch.Gone, 410: ewgwatch.Gone, 429: ewgwatch.RateLimited,
		300: ewgwatch.HTTPError, 400: ewgwatch.HTTPError, 500: ewgwatch.HTTPError, 503: ewgwatch.HTTPError,
	} {
		if got := statusOutcome(status, http.Header{}); got != want {
			t.Errorf("%d: %q, want %q", status, got, want)
		}
	}
	if got := statusOutcome(503, http.Header{"Retry-After": {"60"}}); got != ewgwatch.RateLimited {
		t.Errorf("503 with Retry-After: %q, want rate-limited", got)
	}
}

func TestUntrustedCertificateAndRefusedPort(t *testing.T) {
	secure := httptest.NewUnstartedServer(static(newsSite()))
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	m := newMemory()
	s := ewgwatch.Source{ID: "tls", URL: secure.URL}
	if _, err := New(m, Options{AllowAddresses: loopback}).Crawl(t.Context(), []ewgwatch.Source{s}, m.keep); err != nil {
		t.Fatal(err)
	}
	if page := m.take()[0]; page.Outcome != ewgwatch.TLSError {
		t.Errorf("%s (%s), want error-tls", page.Outcome, page.Detail)
	}
	gone := httptest.NewServer(static(newsSite()))
	gone.Close()
	if page := visitLoopback(t, gone.URL, Options{AllowAddresses: loopback}); page.Outcome != ewgwatch.NetError {
		t.Errorf("%s (%s), want error-net", page.Outcome, page.Detail)
	}
}

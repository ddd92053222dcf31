package crawler

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"

	"ewgwatch"
)

// failure says how a visit ended that an error ended, and the error's text
// without the URL, which the page names already.
func failure(err error) (ewgwatch.Outcome, string) {
	text := err.Error()
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		text = strings.Replace(text, wrapped.Error(), wrapped.Err.Error(), 1)
	}
	for _, class := range failures {
		if class.holds(err) {
			return class.outcome, text
		}
	}
	return ewgwatch.NetError, text
}

// failures are tried in order: the guard's refusal comes wrapped in a network
// error, a DNS or TLS failure may be a timeout too.
var failures = []struct {
	outcome ewgwatch.Outcome
	holds   func(error) bool
}{
	{ewgwatch.Forbidden, is[*addressError]},
	{ewgwatch.Robots, is[*robotsError]},
	{ewgwatch.RateLimited, is[*laneShut]},
	{ewgwatch.TooLarge, is[*tooLarge]},
	{ewgwatch.Unreadable, is[*codingError]},
	{ewgwatch.Unreadable, is[*panicked]},
	{ewgwatch.NoBrowser, is[*noBrowserError]},
	{ewgwatch.HTTPError, is[*redirectError]},
	{ewgwatch.DNSError, is[*net.DNSError]},
	{ewgwatch.TLSError, isTLS},
	{ewgwatch.Timeout, isTimeout},
}

func is[T error](err error) bool {
	var target T
	return errors.As(err, &target)
}

func isTLS(err error) bool {
	return is[*tls.CertificateVerificationError](err) || is[tls.RecordHeaderError](err) || is[tls.AlertError](err) ||
		is[x509.UnknownAuthorityError](err) || is[x509.HostnameError](err) || is[x509.CertificateInvalidError](err) ||
		is[*tls.ECHRejectionError](err) || errors.Is(err, http.ErrSchemeMismatch) || strings.Contains(err.Error(), "tls: ")
}

func isTimeout(err error) bool {
	var slow net.Error
	return is[*timeoutError](err) || is[*dripError](err) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.As(err, &slow) && slow.Timeout()
}

// statusOutcome says how a visit ended by its status alone; "" for a status
// whose body decides.
func statusOutcome(status int, header http.Header) ewgwatch.Outcome {
	switch {
	case isRateLimit(status, header):
		return ewgwatch.RateLimited
	case status >= 200 && status < 300:
		return ""
	}
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired, http.StatusUnavailableForLegalReasons:
		return ewgwatch.Blocked
	case http.StatusPaymentRequired:
		return ewgwatch.Paywall
	case http.StatusNotFound, http.StatusGone:
		return ewgwatch.Gone
	}
	return ewgwatch.HTTPError
}

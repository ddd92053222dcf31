package crawler

import (
	"fmt"
	"net/http"
)

const maxRedirects = 10

// redirectError is returned for a redirect that is not followed.
type redirectError struct{ reason string }

func (e *redirectError) Error() string { return e.reason }

// checkRedirect lets a chain of redirects go on. A URL may come twice, since
// some sites send a visitor back once a cookie is set, but not three times.
func checkRedirect(req *http.Request, via []*http.Request) error {
	seen := 0
	for _, earlier := range via {
		if earlier.URL.String() == req.URL.String() {
			seen++
		}
	}
	switch {
	case !isWeb(req):
		return &redirectError{fmt.Sprintf("redirect to %.100s", req.URL)}
	case seen > 1:
		return &redirectError{fmt.Sprintf("redirect loop at %s", req.URL)}
	case len(via) > maxRedirects:
		return &redirectError{fmt.Sprintf("more than %d redirects, the last to %s", maxRedirects, req.URL)}
	}
	return nil
}

func isWeb(req *http.Request) bool { return req.URL.Scheme == "http" || req.URL.Scheme == "https" }

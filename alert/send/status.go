package send

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Status returns what a further attempt is worth after an answer of HTTP that is
// no success (RFC 9110, section 15). A path that is missing and credentials that
// are refused may be mended by somebody within a day; what is gone, and a body that
// is refused for what it is, stays so. Redirects are not followed: who moved has
// to say so to the subscriber.
func Status(code int) Worth {
	switch code {
	case http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests, http.StatusMisdirectedRequest, http.StatusConflict, http.StatusLocked:
		return Again
	case http.StatusGone, http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusLengthRequired, http.StatusRequestEntityTooLarge,
		http.StatusRequestURITooLong, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusUnavailableForLegalReasons:
		return Never
	}
	if code >= 300 && code < 500 {
		return Aday
	}
	return Again
}

// RetryAfter returns the pause that a Retry-After field asks for, in seconds or up
// to a date (RFC 9110, section 10.2.3); 0 where it asks for none or says nothing
// that can be understood.
func RetryAfter(field string, now time.Time) time.Duration {
	field = strings.TrimSpace(field)
	if seconds, err := strconv.ParseUint(field, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(field); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

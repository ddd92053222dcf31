package crawler

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ewgwatch"
)

const (
	maxPause     = 2 * time.Minute     // a host that wants more is left alone for the run
	usualPause   = 10 * time.Second    // where a busy host names none, unless ten delays are more
	firstAvoided = time.Hour           // for a host that refuses and names no time
	maxUnnamed   = 20 * time.Hour      // … at the most: less than from night to night
	maxAvoided   = 30 * 24 * time.Hour // whatever it names
	maxRefused   = 3                   // pauses a lane may cost in a run
	maxStumble   = 10 * time.Second    // pause after a broken connection: five delays, up to this
	maxStumbled  = 3                   // of them in a run
)

// isBusy reports whether an answer says "later": 429 and 503, except for bot
// checks, which no waiting opens.
func isBusy(response *http.Response) bool {
	if response.StatusCode != http.StatusTooManyRequests && response.StatusCode != http.StatusServiceUnavailable {
		return false
	}
	body, _ := response.Body.(*payload)
	return body == nil ||
		challengeOf(response.StatusCode, response.Header, response.Request.URL, body.decoded, gistOf(body.decoded)) == ""
}

// isRateLimit reports whether an answer limits a rate: 429, and 503 with a
// Retry-After.
func isRateLimit(status int, header http.Header) bool {
	return status == http.StatusTooManyRequests ||
		status == http.StatusServiceUnavailable && header.Get("Retry-After") != ""
}

// backOff takes note of a busy answer, and reports whether to ask again. A
// first one within the budget pauses the lane. A rate limit that comes again,
// or asks for more than a run can wait, shuts it.
func (l *lane) backOff(response *http.Response, attempt int, delay time.Duration, now time.Time) bool {
	pause, named := retryAfter(response.Header, now)
	if !named {
		pause = min(max(usualPause, 10*delay), maxPause)
	}
	l.refused++
	if attempt == 1 && pause <= maxPause && l.refused <= maxRefused {
		l.pause(pause)
		return true
	}
	if isRateLimit(response.StatusCode, response.Header) {
		l.shut = &laneShut{l.name, refusal(response)}
		l.avoid(response, now, pause, named)
	}
	return false
}

// avoid remembers for later runs how long the host wants to be left alone: as
// long as it says, or twice as long with each run that it refuses.
func (l *lane) avoid(response *http.Response, now time.Time, pause time.Duration, named bool) {
	if !named {
		pause = min(firstAvoided<<min(l.refusals, 10), maxUnnamed)
	}
	until := now.Add(min(pause, maxAvoided)).UTC()
	l.refusals++
	l.memory.keep(ewgwatch.Wishes{Name: l.name, Until: until, Why: refusal(response), Refusals: l.refusals})
}

// forgive forgets refusals of earlier runs once the host answers again.
func (l *lane) forgive() {
	if l.refusals > 0 && l.shut == nil {
		l.refusals = 0
		l.memory.keep(ewgwatch.Wishes{Name: l.name})
	}
}

// stumble takes note of an error, and reports whether to ask again: once a
// request, for what may pass by itself, a few times a run. Without it one lost
// packet in the fetch of robots.txt would cost a source its night.
func (l *lane) stumble(err error, attempt int, delay time.Duration) bool {
	if attempt > 1 || l.stumbled == maxStumbled || !isPassing(err) {
		return false
	}
	l.stumbled++
	l.pause(min(5*delay, maxStumble))
	return true
}

// isPassing reports whether an error may be gone in a moment: a connection
// refused or broken, a resolver that did not answer. A slow server is not asked
// again, it has enough to do.
func isPassing(err error) bool {
	var dns *net.DNSError
	if errors.As(err, &dns) {
		return !dns.IsNotFound
	}
	outcome, _ := failure(err)
	return outcome == ewgwatch.NetError
}

func refusal(response *http.Response) string {
	text := fmt.Sprintf("%d from %s", response.StatusCode, response.Request.URL)
	if after := response.Header.Get("Retry-After"); after != "" {
		text += fmt.Sprintf(", Retry-After %.40s", after)
	}
	return text
}

// retryAfter reads Retry-After (RFC 9110 section 10.2.3): seconds or a date.
func retryAfter(header http.Header, now time.Time) (time.Duration, bool) {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if seconds, err := strconv.ParseUint(value, 10, 32); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	return max(at.Sub(now), 0), true
}

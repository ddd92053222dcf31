package chat

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

const (
	patience  = 30 * time.Second // for a request and its answer
	maxAnswer = 1 << 20          // bytes of an answer
)

// Guard makes transport the [http.DefaultTransport] of the program, with a limit
// to the time and size of an answer, and without redirects. It is called once,
// before anything speaks.
func Guard(transport http.RoundTripper) { http.DefaultTransport = guarded{transport} }

func isGuarded() bool {
	_, is := http.DefaultTransport.(guarded)
	return is && http.DefaultClient.Transport == nil
}

// guarded limits what is sent through a transport that keeps to allowed addresses.
type guarded struct{ next http.RoundTripper }

// RoundTrip sends a request.
func (g guarded) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(request.Context(), patience)
	response, err := g.next.RoundTrip(request.WithContext(ctx))
	if err != nil {
		cancel()
		return nil, err
	}
	response.Body = &body{io.LimitReader(response.Body, maxAnswer), response.Body, cancel}
	if response.StatusCode >= 300 && response.StatusCode < 400 {
		response.Header.Del("Location") // without which no client follows
	}
	return response, nil
}

type body struct {
	io.Reader
	io.Closer
	cancel context.CancelFunc
}

// Close ends the request.
func (b *body) Close() error {
	defer b.cancel()
	return b.Closer.Close()
}

// refuse is the transport of who was given none.
type refuse struct{}

// RoundTrip refuses.
func (refuse) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("want a client that keeps to allowed addresses, have none")
}

// errAnswered is met by a service that would try again by itself: how often and
// when is decided above.
var errAnswered = errors.New("the service has refused already")

// tap notes what one service is answered, and lets no request pass after a
// refusal.
type tap struct {
	next http.RoundTripper

	mu     sync.Mutex
	status int // the last; 0 for none
	after  string
}

func (t *tap) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.status, t.after = 0, ""
}

func (t *tap) seen() (status int, after string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.status, t.after
}

// RoundTrip sends a request.
func (t *tap) RoundTrip(request *http.Request) (*http.Response, error) {
	if status, _ := t.seen(); status >= 300 {
		return nil, fmt.Errorf("%w: status %d", errAnswered, status)
	}
	response, err := t.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.status, t.after = response.StatusCode, response.Header.Get("Retry-After")
	return response, nil
}

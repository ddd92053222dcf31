package crawler

import (
	"context"
	"net/http"
	"time"
)

// polite is the round tripper that sends each request in its host's lane, and
// asks a second time, later, where a host says that it is busy or the network
// stumbled.
type polite struct {
	next       http.RoundTripper
	lanes      *lanes
	neighbours *neighbours
	now        func() time.Time
}

type delayKey struct{}

// withDelay says what delay the requests of ctx keep at least.
func withDelay(ctx context.Context, delay time.Duration) context.Context {
	return context.WithValue(ctx, delayKey{}, max(delay, delayOf(ctx)))
}

func delayOf(ctx context.Context) time.Duration {
	delay, _ := ctx.Value(delayKey{}).(time.Duration)
	return delay
}

func (p polite) RoundTrip(req *http.Request) (*http.Response, error) {
	lane := p.lanes.of(req.URL)
	for attempt := 1; ; attempt++ {
		response, again, err := p.once(lane, req, attempt)
		if !again {
			return response, err
		}
	}
}

// once sends one request. again is true where the answer is not worth having
// and the lane waits for a better one.
func (p polite) once(lane *lane, req *http.Request, attempt int) (*http.Response, bool, error) {
	errand := errandOf(req.Context())
	delay := errand.delay(lane, delayOf(req.Context()))
	if err := lane.enter(req.Context(), delay); err != nil {
		return nil, false, err
	}
	defer lane.leave()
	leave, waited, err := p.neighbours.enter(req.Context(), req.URL.Hostname())
	if err != nil {
		return nil, false, err
	}
	defer leave()
	if waited {
		lane.wants(delay) // the host is not slow for that
	}
	response, err := p.next.RoundTrip(req)
	switch {
	case err != nil:
		return nil, errand == nil && req.Context().Err() == nil && lane.stumble(err, attempt, delay), err
	case isBusy(response):
		again := lane.backOff(response, attempt, max(delay, 0), p.now())
		return response, again && errand == nil, nil
	}
	lane.forgive()
	return response, false, nil
}

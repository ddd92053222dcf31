package crawler

import (
	"context"
	"sync"
	"time"
)

// errand is one visit that takes many requests, as a browser makes for one page.
// In each lane its first request keeps the delay like any other; those after it
// come one at a time but at once, since to the host they are one visit. None is
// sent twice: the page goes without.
type errand struct {
	mu    sync.Mutex
	begun map[*lane]bool
}

// newErrand returns an errand whose first request, in this lane, has been made.
func newErrand(first *lane) *errand { return &errand{begun: map[*lane]bool{first: true}} }

// noDelay is the delay of requests that belong to a visit under way.
const noDelay time.Duration = -1

// delay returns what delay the errand's next request in a lane keeps.
func (e *errand) delay(in *lane, otherwise time.Duration) time.Duration {
	if e == nil {
		return otherwise
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.begun[in] {
		return noDelay
	}
	e.begun[in] = true
	return otherwise
}

type errandKey struct{}

// withErrand says that the requests of ctx belong to an errand; nil for none.
func withErrand(ctx context.Context, e *errand) context.Context {
	return context.WithValue(ctx, errandKey{}, e)
}

func errandOf(ctx context.Context) *errand {
	e, _ := ctx.Value(errandKey{}).(*errand)
	return e
}

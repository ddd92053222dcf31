package crawler

import (
	"sync"
	"time"
)

// quiet tells when a page is done: it has loaded, and for a while no request of
// it has been under way.
type quiet struct {
	pause time.Duration
	rest  chan struct{} // closed when the page is done

	mu    sync.Mutex
	busy  int // requests under way, and one for the loading
	load  sync.Once
	timer *time.Timer // runs while none is
	once  sync.Once
}

func newQuiet(pause time.Duration) *quiet {
	return &quiet{pause: pause, rest: make(chan struct{}), busy: 1}
}

func (q *quiet) begin() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy++; q.timer != nil {
		q.timer.Stop()
		q.timer = nil
	}
}

func (q *quiet) end() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.busy--; q.busy == 0 {
		q.timer = time.AfterFunc(q.pause, func() { q.once.Do(func() { close(q.rest) }) })
	}
}

// loaded says that the page has loaded; what a page moves on to loads too.
func (q *quiet) loaded() { q.load.Do(q.end) }

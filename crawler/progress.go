package crawler

import (
	"sync"
	"sync/atomic"
	"time"

	"ewgwatch"
)

// Progress is one step of a crawl: a visit, or the end of a source.
type Progress struct {
	Source  string           // Source.ID
	URL     string           // that was visited; "" where the source has ended
	Outcome ewgwatch.Outcome // of the visit
	Pages   int              // visits so far, over all sources
	Ended   int              // sources that have ended so far
	Sources int              // all of them
	Waiting int              // sources that wait for their lane
	// Left is how long the slowest source still needs for what is known of it,
	// by its delay and its answers so far; it is made anew once a second. What
	// is still to be found comes on top, up to the budgets.
	Left time.Duration
}

// counter tells of steps, one at a time.
type counter struct {
	tell    func(Progress)
	waiting atomic.Int64

	mu     sync.Mutex
	step   Progress
	ends   map[*tour]time.Time // when each tour under way may end
	judged time.Time           // when Left was last made
}

func newCounter(sources int, tell func(Progress)) *counter {
	return &counter{tell: tell, step: Progress{Sources: sources}, ends: map[*tour]time.Time{}}
}

func (c *counter) visited(t *tour, page ewgwatch.Page, left time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.step.Pages++
	c.step.Source, c.step.URL, c.step.Outcome = page.Source.ID, page.URL, page.Outcome
	c.ends[t] = time.Now().Add(left)
	c.say()
}

func (c *counter) ended(t *tour) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.step.Ended++
	c.step.Source, c.step.URL, c.step.Outcome = t.source.ID, "", ""
	delete(c.ends, t)
	c.say()
}

func (c *counter) say() {
	c.step.Waiting = int(c.waiting.Load())
	if now := time.Now(); now.Sub(c.judged) >= time.Second || len(c.ends) == 0 {
		c.judged, c.step.Left = now, 0
		for _, end := range c.ends {
			c.step.Left = max(c.step.Left, end.Sub(now))
		}
	}
	c.tell(c.step)
}

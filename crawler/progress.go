package crawler

import (
	"sync"

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
}

// counter tells of steps, one at a time.
type counter struct {
	tell func(Progress)
	mu   sync.Mutex
	step Progress
}

func (c *counter) visited(page ewgwatch.Page) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.step.Pages++
	c.step.Source, c.step.URL, c.step.Outcome = page.Source.ID, page.URL, page.Outcome
	c.tell(c.step)
}

func (c *counter) ended(source ewgwatch.Source) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.step.Ended++
	c.step.Source, c.step.URL, c.step.Outcome = source.ID, "", ""
	c.tell(c.step)
}

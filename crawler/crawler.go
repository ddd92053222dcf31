package crawler

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"

	"ewgwatch"
)

// History is what is known from earlier nights. Its errors end the crawl.
type History interface {
	// Visit returns the latest visit to a URL in its canonical spelling; false
	// where there was none.
	Visit(url string) (ewgwatch.Visit, bool, error)
	// Visits returns the latest visit to every URL known of a source.
	Visits(source string) ([]ewgwatch.Visit, error)
}

// Recorder archives an answer and says where. Its errors end the crawl.
type Recorder interface {
	Record(ctx context.Context, x ewgwatch.Exchange) (ewgwatch.Capture, error)
}

// Crawler reads sources. It keeps nothing between two crawls.
type Crawler struct {
	history History
	options Options
	dial    dial
	lookup  func(ctx context.Context, network, host string) ([]netip.Addr, error)
	limits  renderLimits
}

// New returns a crawler that asks history for what is known.
func New(history History, options Options) *Crawler {
	options = options.withDefaults()
	return &Crawler{history: history, options: options, dial: guardedDial(guard{options.AllowAddresses}), lookup: net.DefaultResolver.LookupNetIP, limits: usualLimits()}
}

// Crawl visits what the sources offer, within their budgets, and calls handle
// for every visit: failed and unchanged ones, feeds and sitemaps too. Calls for
// one source come one after the other, in the order of the visits; calls for
// several sources come side by side.
//
// A source whose proxy or authorities cannot be used is an error before the first
// request. Else it returns one coverage a source, in their order, also besides an error. One
// bad page or source ends nothing. The first error of handle, of the history or
// of the recorder ends the crawl and is returned; when ctx ends, so does the
// crawl, at once, and its error is ctx's. A visit cut off that way is not
// handed over: it says nothing of the page.
//
// URLs left over when a budget or the deadline runs out are counted in the coverage as
// [ewgwatch.OffBudget], those of a host that asked to be left alone as
// [ewgwatch.RateLimited]; handle is not called for them.
func (c *Crawler) Crawl(ctx context.Context, sources []ewgwatch.Source, handle func(context.Context, ewgwatch.Page) error) ([]ewgwatch.Coverage, error) {
	inner, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	ways, err := c.newRoutes(sources)
	if err != nil {
		return nil, err
	}
	defer ways.close()
	memory := hostMemory{c.options.Hosts, stop, c.options.Now}
	lanes := newLanes(sources, memory)
	chain := newChain(ways, lanes, newNeighbours(c.lookup, c.options.MaxPerAddress), memory, c.options)
	renderer := newRenderer(chain, lanes, c.limits, c.options)
	defer renderer.stop()
	n := &night{
		history:  c.history,
		options:  c.options,
		handle:   handle,
		lanes:    lanes,
		capacity: newCapacity(c.options.Concurrency),
		chain:    chain,
		renderer: renderer,
		progress: newCounter(len(sources), c.options.Progress),
	}
	if c.options.Deadline > 0 {
		n.end = time.Now().Add(c.options.Deadline)
	}
	coverage := make([]ewgwatch.Coverage, len(sources))
	var tours sync.WaitGroup
	for i, source := range sources {
		tours.Go(func() {
			var err error
			if coverage[i], err = newTour(n, source).run(inner); err != nil {
				stop(err)
			}
		})
	}
	tours.Wait()
	return coverage, whyEnded(ctx, inner)
}

// whyEnded returns what ended the inner context: the outer one's error, or that
// of a tour.
func whyEnded(outer, inner context.Context) error {
	cause := context.Cause(inner)
	if cause != nil && outer.Err() != nil && errors.Is(cause, context.Cause(outer)) {
		return outer.Err()
	}
	return cause
}

// night is what the tours of one crawl share.
type night struct {
	history  History
	options  Options
	handle   func(context.Context, ewgwatch.Page) error
	lanes    *lanes
	capacity *capacity
	chain    *obedient
	renderer *renderer
	progress *counter
	end      time.Time // after which nothing is begun; zero for no end
}

// isOver reports whether the time of the night is up, or will be then.
func (n *night) isOver(then time.Time) bool {
	return !n.end.IsZero() && (then.After(n.end) || time.Until(n.end) <= 0)
}

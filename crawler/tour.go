package crawler

import (
	"context"
	"net/url"

	"ewgwatch"
)

const (
	patience  = 5 // failures in a row after which a lane is left alone by a source
	perBudget = 3 // visits a page of the budget allows, with those robots.txt forbids, which cost no request
)

// tour is one night's reading of one source. It is used by one goroutine.
type tour struct {
	night    *night
	source   ewgwatch.Source
	browser  *browser
	frontier *frontier
	patterns patterns
	sites    map[string]bool // the source's own
	coverage coverage
	failures map[string]int              // in a row, by lane
	givenUp  map[string]ewgwatch.Outcome // lanes, and what their URLs count as
	found    int                         // feeds and sitemaps found beside the source's own
	asked    bool                        // the site's REST API was found and will be searched
}

func newTour(n *night, source ewgwatch.Source) *tour {
	return &tour{
		night:    n,
		source:   source,
		browser:  newBrowser(n.chain, n.options.identity()),
		frontier: newFrontier(),
		patterns: patterns{},
		sites:    map[string]bool{},
		coverage: newCoverage(source),
		failures: map[string]int{},
		givenUp:  map[string]ewgwatch.Outcome{},
	}
}

// run visits what the source offers until nothing is left or the budget is
// spent. An error is the store's, the recorder's or ctx's.
func (t *tour) run(ctx context.Context) (ewgwatch.Coverage, error) {
	err := t.start()
	if err == nil {
		err = t.visitAll(ctx)
	}
	t.night.progress.ended(t.source)
	return t.coverage.sum(t.frontier.discovered(), t.frontier.left(), err), err
}

func (t *tour) visitAll(ctx context.Context) error {
	ctx = withDelay(ctx, orDefault(t.source.Delay, t.night.options.Delay))
	budget := orDefault(t.source.MaxPages, t.night.options.MaxPages)
	for spent, visits := 0, 0; spent < budget && visits < perBudget*budget; {
		e, ok := t.frontier.pop()
		if !ok {
			return nil
		}
		lane := t.laneOf(e.url)
		if outcome, ok := t.givenUp[lane]; ok {
			t.coverage.skip(outcome)
			continue
		}
		v, err := t.visit(ctx, e)
		if err != nil {
			return err
		}
		t.judgeLane(lane, v.page)
		visits++
		if v.page.Outcome != ewgwatch.Robots {
			spent++
		}
	}
	return nil
}

func (t *tour) laneOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return t.night.lanes.name(u)
}

// visit makes one visit and hands its page over.
func (t *tour) visit(ctx context.Context, e *entry) (*visit, error) {
	previous, _, err := t.night.history.Visit(e.url)
	if err != nil {
		return nil, err
	}
	v := &visit{page: ewgwatch.Page{URL: e.url, Source: t.source, Role: e.role, Previous: previous}, posts: e.question != nil}
	v.conditional = previous.BodySHA256 != "" && (previous.ETag != "" || previous.LastModified != "") &&
		(e.rank == rankPage || t.night.options.Whole(t.source.ID))
	err = t.browser.open(ctx, v)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	v.settle(err, t.night.options.Now, t.night.options.MaxBody)
	if err := t.record(ctx, v); err != nil {
		return nil, err
	}
	if err := t.night.handle(ctx, v.page); err != nil {
		return nil, err
	}
	if e.guess && !v.page.Outcome.Read() {
		t.coverage.skip(v.page.Outcome)
	} else {
		t.coverage.add(v.page)
	}
	t.night.progress.visited(v.page)
	t.discover(e, v)
	return v, nil
}

func (t *tour) record(ctx context.Context, v *visit) error {
	exchange, ok := v.exchange()
	if !ok || t.night.options.Recorder == nil {
		return nil
	}
	capture, err := t.night.options.Recorder.Record(ctx, exchange)
	v.page.Capture = capture
	return err
}

// judgeLane gives a lane up for this source when it asked to be left alone, or
// has failed too often in a row: a dead or closed site need not be asked a
// hundred times.
func (t *tour) judgeLane(lane string, page ewgwatch.Page) {
	switch page.Outcome {
	case ewgwatch.RateLimited:
		t.givenUp[lane] = ewgwatch.RateLimited
	case ewgwatch.DNSError, ewgwatch.TLSError, ewgwatch.Timeout, ewgwatch.NetError, ewgwatch.Forbidden, ewgwatch.Blocked, ewgwatch.Challenge, ewgwatch.ConsentWall:
		if t.failures[lane]++; t.failures[lane] >= patience {
			t.givenUp[lane] = ewgwatch.OffBudget
		}
	default:
		delete(t.failures, lane)
	}
}

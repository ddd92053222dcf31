package crawler

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"time"

	"ewgwatch"
)

const (
	patience  = 5 // failures in a row after which a lane is left alone by a source
	perBudget = 3 // visits a page of the budget allows, with those robots.txt forbids, which cost no request
)

// errLate says why a tour ended with URLs left over.
var errLate = errors.New("the time of the night was up")

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
	fed      bool                        // a feed was found
	asked    bool                        // the site's REST API was found and will be searched
	late     bool                        // the night ended with something left to visit
	visits   int
	spent    int // of them those that cost a request
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
	t.night.progress.ended(t)
	cut := err
	if err == nil && t.late {
		cut = errLate
	}
	return t.coverage.sum(t.frontier, cut), err
}

func (t *tour) visitAll(ctx context.Context) error {
	ctx = withRoute(withDelay(ctx, orDefault(t.source.Delay, t.night.options.Delay)), routeOf(t.source))
	budget := orDefault(t.source.MaxPages, t.night.options.MaxPages)
	for t.spent < budget && t.visits < perBudget*budget && !t.late {
		e, ok := t.frontier.pop()
		if !ok {
			return nil
		}
		if outcome, ok := t.givenUp[t.laneOf(e.url)]; ok {
			t.coverage.skip(outcome)
			continue
		}
		if err := t.step(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

// step visits a URL, and reads its host's robots.txt before, where that is not
// known yet: both wait for the lane, and that is better done here.
func (t *tour) step(ctx context.Context, e *entry) error {
	if u, err := url.Parse(e.url); err == nil && !t.night.chain.knows(u, routeOf(t.source)) {
		if ready, err := t.apart(ctx, e.url, func(ctx context.Context) error { t.night.chain.permit(ctx, u); return nil }); err != nil || !ready {
			return err
		}
	}
	_, err := t.apart(ctx, e.url, func(ctx context.Context) error { return t.visit(ctx, e) })
	return err
}

// apart does something in the lane of a URL, in a goroutine of its own, so that
// the deep stack of a request goes with it: thousands of tours wait here at
// once. Where the night ends before, the URL is left for the next, and false
// returned.
func (t *tour) apart(ctx context.Context, address string, do func(context.Context) error) (bool, error) {
	turn := &turn{shared: t.night.capacity}
	ready, err := t.await(ctx, turn, address)
	if err != nil {
		return false, err
	}
	if !ready {
		t.late = true
		t.coverage.skip(ewgwatch.OffBudget)
		return false, nil
	}
	done := make(chan error)
	go func() {
		defer turn.end()
		done <- do(withTurn(ctx, turn))
	}()
	return true, <-done
}

// await waits until a URL may be asked for; false where the night ends before.
func (t *tour) await(ctx context.Context, turn *turn, address string) (bool, error) {
	start := time.Now()
	if u, err := url.Parse(address); err == nil { // else the visit will say so
		start = t.night.lanes.of(u).start(delayOf(ctx))
	}
	if t.night.isOver(start) {
		return false, nil
	}
	t.night.progress.waiting.Add(1)
	defer t.night.progress.waiting.Add(-1)
	if err := sleepUntil(ctx, start); err != nil {
		return false, err
	}
	return true, turn.begin(ctx)
}

// needs is how long what waits will take within the budget, if the lane of this
// URL goes on as it has.
func (t *tour) needs(ctx context.Context, address string) time.Duration {
	u, err := url.Parse(address)
	if err != nil {
		return 0
	}
	budget := orDefault(t.source.MaxPages, t.night.options.MaxPages)
	left := max(min(len(t.frontier.waiting), budget-t.spent-1), 0)
	return time.Duration(left) * t.night.lanes.of(u).pace(delayOf(ctx))
}

func (t *tour) laneOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return t.night.lanes.name(u)
}

// visit makes one visit and hands its page over.
func (t *tour) visit(ctx context.Context, e *entry) error {
	previous, _, err := t.night.history.Visit(e.url)
	if err != nil {
		return err
	}
	v := &visit{page: ewgwatch.Page{URL: e.url, Source: t.source, Role: e.role, Previous: previous}, posts: e.question != nil}
	v.conditional = !t.source.Render && // the same frame may be filled with other text
		previous.BodySHA256 != "" && (previous.ETag != "" || previous.LastModified != "") &&
		(e.rank == rankPage && !t.mayHide(previous) || t.night.options.Whole(t.source.ID))
	err = t.browser.open(ctx, v)
	if err == nil && wantsRendering(v) {
		err = t.browser.render(ctx, t.night.renderer, v)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	v.settle(err, t.night.options.Now, t.night.options.MaxBody)
	if e.rank == rankSeed && v.answer != nil {
		t.sites[siteOfAddress(v.page.FinalURL)] = true
	}
	v.page.Onward = v.page.Outcome.Read() && t.leadsOn(e, v.links)
	if err := t.record(ctx, v); err != nil {
		return err
	}
	if err := t.night.handle(ctx, v.page); err != nil {
		return err
	}
	if e.guess && !v.page.Outcome.Read() {
		t.coverage.skip(v.page.Outcome)
	} else {
		t.coverage.add(v.page)
	}
	t.night.progress.visited(t, v.page, t.needs(ctx, e.url))
	t.discover(e, v)
	t.account(v.page)
	return nil
}

// account takes a visit off the budget.
func (t *tour) account(page ewgwatch.Page) {
	t.judgeLane(t.laneOf(page.URL), page)
	t.visits++
	if page.Outcome != ewgwatch.Robots {
		t.spent++
	}
}

func (t *tour) record(ctx context.Context, v *visit) error {
	if t.night.options.Recorder == nil {
		return nil
	}
	if v.withheld && v.page.Outcome.HasBody() {
		v.page.Capture = ewgwatch.Capture{SHA256: sum(v.body.received)}
		v.page.Detail = cmp.Or(v.page.Detail, "not archived: the site asks for that")
	}
	for _, exchange := range v.exchanges() {
		capture, err := t.night.options.Recorder.Record(ctx, exchange)
		if err != nil {
			return err
		}
		v.page.Capture = capture
	}
	return nil
}

// judgeLane gives a lane up for this source when it asked to be left alone, or
// has failed too often in a row: a dead or closed site need not be asked a
// hundred times.
func (t *tour) judgeLane(lane string, page ewgwatch.Page) {
	switch page.Outcome {
	case ewgwatch.RateLimited:
		t.givenUp[lane] = ewgwatch.RateLimited
	case ewgwatch.DNSError, ewgwatch.TLSError, ewgwatch.Timeout, ewgwatch.NetError, ewgwatch.Forbidden, ewgwatch.Blocked, ewgwatch.Challenge, ewgwatch.ConsentWall, ewgwatch.NoBrowser:
		if t.failures[lane]++; t.failures[lane] >= patience {
			t.givenUp[lane] = ewgwatch.OffBudget
		}
	default:
		delete(t.failures, lane)
	}
}

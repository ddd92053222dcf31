package crawler

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"ewgwatch"
)

// rendering is one page in the browser.
type rendering struct {
	renderer *renderer
	visit    *visit // its answer belongs to mu while the page is in the browser
	first    arrival
	jar      http.CookieJar
	errand   *errand
	quiet    *quiet
	hands    chan struct{} // requests of the page under way
	work     sync.WaitGroup
	ask      func(*fetch.EventRequestPaused) // answers one request; set before the first comes
	dismiss  func()                          // closes a dialog
	fail     context.CancelCauseFunc

	mu        sync.Mutex
	over      bool        // no more work is begun
	main      cdp.FrameID // "" until the first document is asked for
	opened    int         // documents of the main frame
	asked     int         // requests of its scripts
	spent     int64       // bytes they cost
	exchanges []ewgwatch.Exchange
}

const (
	maxHands  = 4 // requests of one page at once, over all hosts
	maxOpened = 5 // documents a page may move on to by itself
)

func newRendering(r *renderer, v *visit, jar http.CookieJar) *rendering {
	return &rendering{
		renderer: r, visit: v, first: arrival{v.answer, v.body}, jar: jar,
		errand: newErrand(r.lanes.of(v.answer.Request.URL)),
		quiet:  newQuiet(r.limits.quiet),
		hands:  make(chan struct{}, maxHands),
	}
}

// crashed is the error of a page that brought its browser down.
type crashed struct{ reason string }

func (e *crashed) Error() string { return e.reason }

// run opens the page, waits until it is quiet or its time is nearly over, and
// reads its document out. An error ends the browser too, which may hang. No
// goroutine of the page is left when it returns.
func (p *rendering) run(ctx context.Context, c *chromium) error {
	late := &timeoutError{p.renderer.limits.page}
	enough := time.After(p.renderer.limits.page - p.renderer.limits.last)
	ctx, p.fail = context.WithCancelCause(ctx)
	ctx, cancel := context.WithTimeoutCause(ctx, p.renderer.limits.page, late)
	tab, closeTab := c.open(p.listen)
	bound, unbind := context.WithCancel(tab)
	context.AfterFunc(ctx, unbind)
	p.spawn(func() { p.watchMemory(ctx, c.pid) })
	err := p.read(ctx, bound, enough)
	if err != nil {
		err = p.why(ctx, c, err)
		c.stop()
	}
	closeTab()
	cancel()
	p.fail(nil)
	p.finish()
	return err
}

// why is the error that ended a page: its time, the crawl's end or a crash come
// back from chromedp as a context that was cancelled.
func (p *rendering) why(ctx context.Context, c *chromium, err error) error {
	cause := context.Cause(ctx)
	switch {
	case is[*timeoutError](cause):
		return fmt.Errorf("its scripts do not come to an end: %w", cause)
	case cause != nil:
		return cause
	case c.isDead():
		return &crashed{"the browser crashed: " + fold(err.Error())}
	}
	return err
}

// spawn runs a piece of the page's work, unless the page is over.
func (p *rendering) spawn(work func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.over {
		p.work.Go(work)
	}
}

// finish waits until all of the page's work has ended.
func (p *rendering) finish() {
	p.mu.Lock()
	p.over = true
	p.mu.Unlock()
	p.work.Wait()
}

// read is run with a page to run in, which is read as it is when there was enough
// of it. The commands go to the tab, what they ask of the network is bound to ctx.
func (p *rendering) read(ctx, tab context.Context, enough <-chan time.Time) error {
	p.ask = func(event *fetch.EventRequestPaused) { p.answer(ctx, tab, event) }
	p.dismiss = func() {
		call(tab, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
	}
	if err := chromedp.Do(tab, chromedp.Func(p.open)); err != nil {
		return err
	}
	select {
	case <-p.quiet.rest:
	case <-enough:
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-tab.Done():
		return context.Cause(tab)
	}
	return p.readOut(tab)
}

// open has every request shown to us before the first is made.
func (p *rendering) open(ctx context.Context, t *chromedp.Target) error {
	if _, err := cdp.Call(ctx, t, fetch.Enable, fetch.EnableParams{Patterns: []*fetch.RequestPattern{{URLPattern: "*"}}}); err != nil {
		return err
	}
	if _, err := cdp.Call(ctx, t, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true}); err != nil {
		return err
	}
	address := p.first.head.Request.URL.String()
	p.spawn(func() { // the answer comes once the page is there
		if _, err := cdp.Call(ctx, t, page.Navigate, page.NavigateParams{URL: address}); err != nil {
			p.fail(fmt.Errorf("the browser does not open the page: %w", err))
		}
	})
	return nil
}

// listen is told of every event of the page, in order. It must not wait.
func (p *rendering) listen(event any) {
	switch event := event.(type) {
	case *fetch.EventRequestPaused:
		p.quiet.begin()
		p.spawn(func() {
			defer p.quiet.end()
			p.ask(event)
		})
	case *page.EventLoadEventFired:
		p.quiet.loaded()
	case *page.EventJavascriptDialogOpening:
		p.spawn(p.dismiss)
	case *inspector.EventTargetCrashed:
		p.fail(&crashed{"its scripts crashed the browser, or took more memory than they may"})
	}
}

// call sends a command whose error does not matter: the tab is gone, or what it
// asked for is.
func call[P, R any](tab context.Context, command cdp.Command[P, R], params P) {
	_ = chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	}))
}

// readOut takes the document, from a world of its own in which no script of the
// page has bent outerHTML. A string of JavaScript may hold half a character;
// toWellFormed mends that.
const readOut = `[document.documentElement ? document.documentElement.outerHTML.slice(0, %d).toWellFormed() : "", document.baseURI]`

func (p *rendering) readOut(tab context.Context) error {
	limit := p.renderer.options.MaxBody
	at := p.renderer.options.Now().UTC()
	var parts [2]string
	err := chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		tree, err := cdp.Call(ctx, t, page.GetFrameTree, cdp.Empty{})
		if err != nil {
			return err
		}
		world, err := cdp.Call(ctx, t, page.CreateIsolatedWorld, page.CreateIsolatedWorldParams{FrameID: tree.FrameTree.Frame.ID})
		if err != nil {
			return err
		}
		byValue := true
		result, err := cdp.Call(ctx, t, runtime.Evaluate, runtime.EvaluateParams{
			Expression: fmt.Sprintf(readOut, limit+1), ContextID: world.ExecutionContextID, ReturnByValue: &byValue,
		})
		switch {
		case err != nil:
			return err
		case result.ExceptionDetails != nil || result.Result == nil:
			return errors.New("its document cannot be read out of the browser")
		}
		return json.Unmarshal(result.Result.Value, &parts)
	}))
	if err != nil {
		return err
	}
	if int64(len(parts[0])) > limit {
		return &tooLarge{limit}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.visit.rendered = &rendered{document: []byte(parts[0]), base: parts[1], at: at, exchanges: p.exchanges}
	return nil
}

// watchMemory ends a page for which the browser takes more memory than it may.
func (p *rendering) watchMemory(ctx context.Context, pid int) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if memoryOf(pid) > p.renderer.limits.memory {
				p.fail(&crashed{fmt.Sprintf("the browser took more than %d MiB of memory for it", p.renderer.limits.memory>>20)})
			}
		}
	}
}

package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/internal/plain"
)

// watch is a data folder that is served: night after night, and alerts all the time.
type watch struct {
	app  *app
	o    serveOptions
	held *held
	desk *desk
	wake chan struct{} // there may be something to deliver
}

// run works until ctx ends, which is no error, or the database fails.
func (w *watch) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	options := w.desk.courierOptions()
	options.Wake, options.Ended = w.wake, w.ended
	serveFeeds, err := w.listen(ctx)
	if err != nil {
		return err
	}
	var work sync.WaitGroup
	errs := make([]error, 3)
	for i, part := range []func() error{
		func() error { _, err := send.New(w.held.store, options).Run(ctx); return err },
		func() error { return w.nights(ctx) },
		func() error { return serveFeeds() },
	} {
		work.Go(func() {
			errs[i] = part()
			stop() // none goes on without the others
		})
	}
	work.Wait()
	return errors.Join(errs...)
}

// idle is how often is told that there is nothing to tell.
const idle = time.Hour

// nights does night after night.
func (w *watch) nights(ctx context.Context) error {
	if err := w.plan(ctx); err != nil { // what a night that was killed left
		return err
	}
	for begun := (time.Time{}); ctx.Err() == nil; {
		at := w.o.next(begun, w.held.now())
		w.app.log.Info("the next night is to begin", "at", at.Format(time.RFC3339))
		if !w.rest(ctx, at) {
			return nil
		}
		begun = w.held.now()
		if err := w.night(ctx); err != nil {
			return err
		}
	}
	return nil
}

// rest waits for a moment; false where ctx ends before it.
func (w *watch) rest(ctx context.Context, at time.Time) bool {
	tick := time.NewTicker(idle)
	defer tick.Stop()
	due := time.NewTimer(at.Sub(w.held.now()))
	defer due.Stop()
	for {
		select {
		case <-due.C:
			return ctx.Err() == nil
		case <-tick.C:
			w.app.log.Info("waiting for the next night", "at", at.Format(time.RFC3339))
		case <-ctx.Done():
			return false
		}
	}
}

// night does one night. That it failed is told, unless the database did: an error is
// one of that. What it found before it failed is told to subscribers all the same.
func (w *watch) night(ctx context.Context) error {
	n, err := w.app.newNight(w.o.crawl)
	if err == nil {
		err = w.crawl(ctx, n)
	}
	if err == nil {
		return w.plan(ctx)
	}
	if broken := w.held.store.PutPlan(ewgwatch.Plan{}); broken != nil { // which changes nothing
		return errors.Join(err, broken)
	}
	if ctx.Err() == nil {
		w.app.log.Error("the night failed", "error", err)
	}
	return w.plan(ctx)
}

func (w *watch) crawl(ctx context.Context, n *night) (err error) {
	n.desk, n.progress = w.desk, w.app.newProgress(time.Now)
	evidence, err := n.openEvidence()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, evidence.Close()) }()
	rep, err := n.on(ctx, w.held, evidence)
	if err == nil && !w.app.quiet {
		summarise(w.app.out, rep)
	}
	return err
}

// plan decides who is owed what, also where ctx has ended, and wakes the courier.
func (w *watch) plan(ctx context.Context) error {
	if err := w.desk.plan(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	select {
	case w.wake <- struct{}{}:
	default: // it is awake
	}
	return nil
}

// ended tells of an attempt.
func (w *watch) ended(a ewgwatch.Alert, s ewgwatch.Settled) {
	about := []any{"alert", a.ID, "subscription", plain.Line(a.Subscription), "channel", plain.Line(a.Channel.String())}
	switch {
	case s.Receipt != nil:
		w.app.log.Info("alert sent", append(about, "response", s.Receipt.Response)...)
	case s.Dead:
		w.app.log.Error("alert given up", append(about, "why", s.Why)...)
	case s.Why != "":
		w.app.log.Warn("alert not delivered", append(about, "why", s.Why, "again_at", s.RetryAt.UTC().Format(time.RFC3339))...)
	}
}

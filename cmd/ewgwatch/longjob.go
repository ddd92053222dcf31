package main

import (
	"fmt"
	"sync/atomic"
	"time"

	"ewgwatch/internal/plain"
)

// longJob shows how far a command is that may take long: a line that is drawn
// anew on a terminal, a log line a minute elsewhere. Its methods are safe for
// concurrent use.
type longJob struct {
	app   *app
	doing string
	done  atomic.Int64
	quit  chan struct{}
	ended chan struct{}
}

// newLongJob begins to show a job: "verifying", say. stop ends it.
func (a *app) newLongJob(doing string) *longJob {
	j := &longJob{app: a, doing: doing, quit: make(chan struct{}), ended: make(chan struct{})}
	every := everyMinute
	if isTerminal(a.errOut) {
		every = redraw
	}
	go j.show(time.NewTicker(every))
	return j
}

func (j *longJob) add(n int) { j.done.Add(int64(n)) }

func (j *longJob) show(ticks *time.Ticker) {
	defer close(j.ended)
	defer ticks.Stop()
	start := time.Now()
	for {
		select {
		case <-ticks.C:
			j.tell(time.Since(start))
		case <-j.quit:
			return
		}
	}
}

func (j *longJob) tell(elapsed time.Duration) {
	done := j.done.Load()
	switch {
	case j.app.quiet:
	case isTerminal(j.app.errOut):
		line := fmt.Sprintf("%s: %d, %.0f/s", j.doing, done, float64(done)/max(elapsed.Seconds(), 0.001))
		fmt.Fprintf(j.app.errOut, "\r\x1b[K%s", plain.Cut(line, columns(j.app.errOut)-1))
	default:
		j.app.log.Info(j.doing, "done", done, "elapsed", elapsed.Round(time.Second).String())
	}
}

// stop takes the live line away.
func (j *longJob) stop() {
	close(j.quit)
	<-j.ended
	if isTerminal(j.app.errOut) && !j.app.quiet {
		fmt.Fprint(j.app.errOut, "\r\x1b[K")
	}
}

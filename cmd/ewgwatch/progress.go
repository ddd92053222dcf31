package main

import (
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"ewgwatch/crawler"
	"ewgwatch/internal/plain"
)

// progress shows how far a night is: one line that is drawn anew on a
// terminal, one log line a minute elsewhere.
type progress struct {
	out      io.Writer
	log      *slog.Logger
	live     bool
	width    int
	now      func() time.Time
	mu       sync.Mutex
	last     crawler.Progress
	findings int
	drawn    time.Time
	started  time.Time
}

func (a *app) newProgress(now func() time.Time) *progress {
	return &progress{
		out: a.errOut, log: a.log, live: isTerminal(a.errOut) && !a.quiet, width: columns(a.errOut), now: now, started: now(), drawn: now(),
	}
}

const (
	redraw      = 100 * time.Millisecond
	everyMinute = time.Minute
)

// step is told of every visit and of the end of every source.
func (p *progress) step(s crawler.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = s
	since := p.now().Sub(p.drawn)
	switch {
	case p.live && since >= redraw:
		p.draw()
	case !p.live && since >= everyMinute:
		p.drawn = p.now()
		p.log.Info("crawling", "sources_done", s.Ended, "sources", s.Sources, "waiting", s.Waiting, "pages", s.Pages, "findings", p.findings, "left", s.Left.Round(time.Second).String())
	}
}

// found adds new findings to the count shown.
func (p *progress) found(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.findings += n
}

func (p *progress) draw() {
	p.drawn = p.now()
	elapsed := max(p.drawn.Sub(p.started).Seconds(), 0.001)
	line := fmt.Sprintf("%d/%d sources  %d waiting  %d pages  %.1f/s  %d findings  %s  %s %s", p.last.Ended, p.last.Sources, p.last.Waiting,
		p.last.Pages, float64(p.last.Pages)/elapsed, p.findings, left(p.last.Left), p.last.Outcome, plain.Line(p.last.URL))
	fmt.Fprintf(p.out, "\r\x1b[K%s", plain.Cut(line, p.width-1))
}

// left says how long the night still needs, as far as that is known.
func left(d time.Duration) string {
	switch {
	case d >= time.Hour:
		return fmt.Sprintf("%dh%02dm left", int(d.Hours()), int(d.Minutes())%60)
	case d >= time.Minute:
		return fmt.Sprintf("%dm left", int(d.Minutes()))
	}
	return fmt.Sprintf("%ds left", int(d.Seconds()))
}

// stop takes the live line away.
func (p *progress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.live {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}

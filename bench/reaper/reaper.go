// Package reaper ends runs of a program at random moments, with SIGKILL, some of them
// after a pause by SIGSTOP. What is left of them, others look at.
package reaper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// Build builds the program into a folder.
func Build(ctx context.Context, dir string) error {
	build := exec.CommandContext(ctx, "go", "build", "-o", dir, "ewgwatch/cmd/ewgwatch")
	build.Stderr = os.Stderr
	return build.Run()
}

// Reaper ends runs, and counts them by how they ended.
type Reaper struct {
	Ended map[string]int
	Slept time.Duration // that runs were stopped for

	random *rand.Rand
}

// New returns a reaper whose moments are those of some chance.
func New(random *rand.Rand) *Reaper { return &Reaper{Ended: map[string]int{}, random: random} }

// Reap starts a program and kills it at a moment within some time, and returns its exit
// code: -1 where it was killed. It is an error where it panicked or met damage.
func (r *Reaper) Reap(c *exec.Cmd, within time.Duration) (code int, err error) {
	var said bytes.Buffer
	c.Stderr = &said
	if err := c.Start(); err != nil {
		return 0, err
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = c.Wait() }() // how is in c.ProcessState
	moment := time.After(r.chance(within))
	if r.random.IntN(5) == 0 {
		r.pause(c.Process, within/4)
	}
	select {
	case <-moment:
		_ = c.Process.Kill()
		<-ended
	case <-ended:
	}
	how := c.ProcessState.String()
	r.Ended[how]++
	if text := said.String(); strings.Contains(text, "panic") || strings.Contains(text, "damaged") {
		return 0, fmt.Errorf("%s: %s", how, text)
	}
	return c.ProcessState.ExitCode(), nil
}

// partial is the exit code of a run that did what it could.
const partial = 3

// Complete runs a program that is to come to its end.
func Complete(c *exec.Cmd) error {
	var said bytes.Buffer
	c.Stderr = &said
	err := c.Run()
	var exit *exec.ExitError
	if err == nil || errors.As(err, &exit) && exit.ExitCode() == partial {
		return nil
	}
	return fmt.Errorf("a run that nobody disturbed: %w: %s", err, said.String())
}

func (r *Reaper) chance(within time.Duration) time.Duration {
	return time.Duration(r.random.Int64N(int64(max(within, 1))))
}

// pause stops a process for a moment and lets it go on.
func (r *Reaper) pause(p *os.Process, within time.Duration) {
	for _, signal := range []syscall.Signal{syscall.SIGSTOP, syscall.SIGCONT} {
		nap := r.chance(within)
		<-time.After(nap)
		r.Slept += nap
		_ = p.Signal(signal)
	}
}

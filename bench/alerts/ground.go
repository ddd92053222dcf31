package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"ewgwatch/bench/reaper"
)

// ground is where alerts are owed, sent and received.
type ground struct {
	plan
	out    io.Writer
	dir    string // with the program, the data folders and the logs
	random *rand.Rand
	reaper *reaper.Reaper
	post   *receiver     // of mails
	hook   *receiver     // of webhooks
	span   time.Duration // within which a run is killed
}

func newGround(ctx context.Context, out io.Writer, p plan, random *rand.Rand) (g *ground, err error) {
	g = &ground{plan: p, out: out, random: random, reaper: reaper.New(random)}
	if g.dir, err = os.MkdirTemp("", "ewgwatch-alerts-"); err != nil {
		return nil, err
	}
	if err := errors.Join(reaper.Build(ctx, g.dir), os.Setenv(secretName, hookSecret)); err != nil {
		return nil, errors.Join(err, g.close())
	}
	if g.hook, err = startHook(ctx, g.path("hook.log")); err == nil {
		g.post, err = startPost(ctx, g.path("post.log"))
	}
	if err != nil {
		return nil, errors.Join(err, g.close())
	}
	return g, nil
}

func (g *ground) close() error {
	return errors.Join(g.hook.stop(), g.post.stop(), os.RemoveAll(g.dir))
}

func (g *ground) path(names ...string) string {
	return filepath.Join(append([]string{g.dir}, names...)...)
}

// folder is the data folder of a round or night.
const folder = "data"

// prepare makes the data folder anew, with the settings that the program reads.
func (g *ground) prepare() error {
	if err := os.RemoveAll(g.path(folder)); err != nil {
		return err
	}
	text := fmt.Sprintf("smtp:\n  host: 127.0.0.1\n  port: %s\n  tls: none\n  from: watch@example.org\n", g.post.at)
	return errors.Join(os.MkdirAll(g.path(folder), 0o700), os.WriteFile(g.path(folder, "config.yaml"), []byte(text), 0o600))
}

// deliver is a run that decides and delivers what is due.
func (g *ground) deliver(ctx context.Context) *exec.Cmd {
	if g.inside {
		return self(ctx, courierRole, g.path(folder), g.post.at)
	}
	return exec.CommandContext(ctx, g.path("ewgwatch"), "alert", "--data", g.path(folder), "--allow-address", "127.0.0.0/8", "--quiet")
}

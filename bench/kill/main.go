// Command kill ends crawls of the demo's world at random moments, with SIGKILL,
// with a disk that is full, with a pause by SIGSTOP before, and holds what is left
// against a night that nobody disturbed.
//
//	go run ./bench/kill [-kills 300] [-seed N]
//
// After every kill: the database is sound and every finding's capture can be
// read. After every tenth, a night is let be: it completes, no finding is there
// twice or missing, findings and log are verified, and a rebuild from the archive
// gives the same rows.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"ewgwatch/bench/reaper"
	"ewgwatch/internal/newsworld"
)

func main() {
	kills := flag.Int("kills", 300, "how many crawls to kill")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "of the moments")
	flag.Parse()
	fmt.Fprintf(os.Stdout, "seed %d\n", *seed)
	if err := run(context.Background(), *kills, rand.New(rand.NewPCG(*seed, 0))); err != nil {
		fmt.Fprintln(os.Stderr, "kill:", err)
		os.Exit(1)
	}
}

// ground is where the crawls take place.
type ground struct {
	dir    string // with the program and the seeds
	random *rand.Rand
	reaper *reaper.Reaper
	night  time.Duration // of an undisturbed one
	want   map[string]string
}

func run(ctx context.Context, kills int, random *rand.Rand) (err error) {
	world, err := newsworld.Start(newsworld.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, world.Close()) }()
	g := &ground{random: random, reaper: reaper.New(random)}
	if g.dir, err = os.MkdirTemp("", "ewgwatch-kill-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(g.dir)) }()
	if err := errors.Join(reaper.Build(ctx, g.dir), os.WriteFile(g.path("seeds.txt"), []byte(world.Seeds()), 0o600)); err != nil {
		return err
	}
	if err := g.undisturbed(ctx); err != nil {
		return err
	}
	fmt.Fprintf(os.Stdout, "an undisturbed night takes %v and has %d findings\n", g.night.Round(time.Millisecond), len(g.want))
	for done := 0; done < kills; {
		n := min(10, kills-done)
		if err := g.round(ctx, n); err != nil {
			return fmt.Errorf("after %d kills: %w (%v)", done, err, g.reaper.Ended)
		}
		done += n
		fmt.Fprintf(os.Stdout, "\r%d of %d killed", done, kills)
	}
	fmt.Fprintf(os.Stdout, "\nall sound; how the crawls ended: %v; stopped for %v in all\n", g.reaper.Ended, g.reaper.Slept.Round(time.Second))
	return nil
}

func (g *ground) path(name string) string { return filepath.Join(g.dir, name) }

func (g *ground) crawl(ctx context.Context, data string) *exec.Cmd {
	return exec.CommandContext(ctx, g.path("ewgwatch"), "crawl", "--seeds", g.path("seeds.txt"), "--data", g.path(data),
		"--allow-address", "127.0.0.0/8", "--delay", "0", "--rest", "0", "--quiet", "--contact", "mailto:bench@example.org")
}

func (g *ground) undisturbed(ctx context.Context) error {
	start := time.Now()
	if err := reaper.Complete(g.crawl(ctx, "whole")); err != nil {
		return err
	}
	g.night = time.Since(start)
	var err error
	g.want, err = findings(g.path("whole"))
	return err
}

// round kills crawls of one folder, and lets the last be.
func (g *ground) round(ctx context.Context, kills int) error {
	defer os.RemoveAll(g.path("killed"))
	for range kills {
		if err := g.disturb(ctx); err != nil {
			return err
		}
		if err := sound(g.path("killed")); err != nil {
			return err
		}
	}
	if err := reaper.Complete(g.crawl(ctx, "killed")); err != nil {
		return err
	}
	have, err := findings(g.path("killed"))
	if err != nil {
		return err
	}
	if diff := reaper.Difference(g.want, have); diff != "" {
		return errors.New(diff)
	}
	for _, what := range [][]string{{"verify"}, {"verify", "--log"}} {
		out, err := exec.CommandContext(ctx, g.path("ewgwatch"), append(what, "--data", g.path("killed"))...).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%v: %w: %s", what, err, out)
		}
	}
	return rebuilds(ctx, g.path("killed"))
}

// disturb starts a crawl and ends it at a random moment.
func (g *ground) disturb(ctx context.Context) error {
	c := g.crawl(ctx, "killed")
	if full := g.random.IntN(5) == 0; full {
		c.Args = append([]string{"sh", "-c", fmt.Sprintf(`trap "" XFSZ; ulimit -f %d; exec "$@"`, 20+g.random.IntN(2000)), "sh"}, c.Args...)
		c.Path = "/bin/sh"
	}
	_, err := g.reaper.Reap(c, g.night)
	return err
}

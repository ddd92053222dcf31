package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"ewgwatch"
	"ewgwatch/alert"
	"ewgwatch/bench/reaper"
	"ewgwatch/internal/newsworld"
)

// everything is the name of a subscriber who wants to hear of all that is claimed.
const everything = "everything"

// crawls is how many crawls are killed before one is let be.
const crawls = 10

// nights kills crawls of the demo's world that somebody wants to hear of, and holds
// what is told in the end against what is told of a crawl that nobody disturbed.
func (g *ground) nights(ctx context.Context, kills int) (err error) {
	world, err := newsworld.Start(newsworld.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, world.Close()) }()
	if err := os.WriteFile(g.path("seeds.txt"), []byte(world.Seeds()), 0o600); err != nil {
		return err
	}
	start := time.Now()
	want, err := g.night(ctx, 0)
	if err != nil {
		return err
	}
	g.span = time.Since(start)
	fmt.Fprintf(g.out, "undisturbed, a crawl takes %v and tells %d claims\n", g.span.Round(time.Millisecond), len(want))
	for done := 0; done < kills; done += crawls {
		have, err := g.night(ctx, min(crawls, kills-done))
		if err != nil {
			return fmt.Errorf("after %d crawls: %w", done, err)
		}
		if diff := reaper.Difference(want, have); diff != "" {
			return fmt.Errorf("after %d crawls other claims are told: %s", done, diff)
		}
	}
	fmt.Fprintf(g.out, "%d crawls and deliveries of their alerts killed: the same claims are told\n", kills)
	return nil
}

func (g *ground) crawl(ctx context.Context) *exec.Cmd {
	return exec.CommandContext(ctx, g.path("ewgwatch"), "crawl", "--seeds", g.path("seeds.txt"), "--data", g.path(folder),
		"--allow-address", "127.0.0.0/8", "--delay", "0", "--rest", "0", "--quiet", "--contact", "mailto:bench@example.org")
}

// night kills crawls and deliveries of one folder and lets the last be. It returns what
// the subscriber knows then.
func (g *ground) night(ctx context.Context, kills int) (map[string]string, error) {
	desk := g.desk(everything, ewgwatch.Interest{})
	if err := errors.Join(g.prepare(), g.owe(ctx, []ewgwatch.Subscription{desk})); err != nil {
		return nil, err
	}
	for range kills {
		c := g.crawl(ctx)
		if g.random.IntN(4) == 0 {
			c = g.deliver(ctx)
		}
		if _, err := g.reaper.Reap(c, g.span); err != nil {
			return nil, err
		}
		if _, err := g.left(ctx); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(reaper.Complete(g.crawl(ctx)), reaper.Complete(g.deliver(ctx))); err != nil {
		return nil, err
	}
	return g.knows(ctx, desk)
}

// knows returns what a subscriber knows of each claim, all of which came to it through
// every channel, and as news once.
func (g *ground) knows(ctx context.Context, desk ewgwatch.Subscription) (knows map[string]string, err error) {
	s, told, err := g.open(ctx, &tally{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	knows = map[string]string{}
	for t, err := range s.Told(ctx, desk.Name) {
		if err != nil {
			return nil, err
		}
		knows[fmt.Sprint(t.Claim)] = fmt.Sprintf("%v: planned %t, taken back %t", t.Claim, t.Planned, t.TakenBack)
		for _, c := range desk.Channels {
			fresh, against := told[telling{desk.Name, c.Kind, t.Claim, alert.NewClaim}], told[telling{desk.Name, c.Kind, t.Claim, alert.Contradiction}]
			if fresh > 1 || fresh+against == 0 {
				return nil, fmt.Errorf("%v is known, and came by %s as new %d times and as contradicted %d times", t.Claim, c.Kind, fresh, against)
			}
		}
	}
	if len(knows) == 0 {
		return nil, errors.New("want some claims told, have none")
	}
	return knows, nil
}

package main

import (
	"context"
	"io"
	"log/slog"
	"net/netip"
	"strings"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/crawler"
	"ewgwatch/internal/zoo"
)

// TestANightInTheZoo crawls servers that misbehave in every way we know of. Each
// must end in its outcome, and the well-behaved ones among them be read whole.
func TestANightInTheZoo(t *testing.T) {
	t.Parallel()
	z, err := zoo.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	coverage := spendNight(t, z.Seeds())
	beasts := z.Beasts()
	if len(beasts) < 40 || len(coverage) != len(beasts) {
		t.Fatalf("%d beasts and %d sources, want 40 or more and as many", len(beasts), len(coverage))
	}
	for i, b := range beasts {
		got := coverage[i]
		for _, want := range b.Want {
			if got.Outcomes[want] == 0 {
				t.Errorf("%s: %v (%s), want %s", b.Name, got.Outcomes, got.Why, want)
			}
		}
		if b.Reach != "" && got.Reach != b.Reach {
			t.Errorf("%s: %s with %v (%s), want %s", b.Name, got.Reach, got.Outcomes, got.Why, b.Reach)
		}
		if got.Reach != ewgwatch.ReachRead && got.Why == "" {
			t.Errorf("%s: %s, and nobody says why", b.Name, got.Reach)
		}
		if got.Findings > 0 {
			t.Errorf("%s: %d findings in a zoo", b.Name, got.Findings)
		}
	}
}

// spendNight crawls the sources of a seeds file with short patience.
func spendNight(t *testing.T, seeds string) []ewgwatch.Coverage {
	t.Helper()
	sources, err := ewgwatch.ParseSeeds("zoo.txt", strings.NewReader(seeds))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{out: io.Discard, errOut: io.Discard, log: slog.New(slog.DiscardHandler)}
	n := &night{app: a, sources: sources, folder: folder(t.TempDir()), now: time.Now, progress: a.newProgress(time.Now), fetch: crawler.Options{
		Delay: -1, Rest: -1, MaxPages: 15, MaxBody: 4 << 20, Timeout: 12 * time.Second, AllowAddresses: []netip.Prefix{netip.MustParsePrefix(zoo.Prefix)},
	}}
	rep, err := n.run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return rep.run.Coverage
}

// Command alerts kills the delivery of alerts at random moments, with SIGKILL, some
// after a pause by SIGSTOP, and counts what a real mail server and a real receiver of
// webhooks got.
//
//	go run ./bench/alerts [-alerts 2000] [-kills 1000] [-crawls 50] [-seed N] [-inside]
//
// After every kill the database is sound. A run that ends by itself has delivered
// every alert at least once, each claim to each subscriber and channel by one ID; what
// came twice came by the ID by which it came before. Then crawls of the demo's world
// are killed as well, and what is told after the last is what is told of a crawl that
// nobody disturbed. Wants Debian's python3-aiosmtpd.
//
// With -inside what delivers is no ewgwatch alert but this program, with the same
// library and nothing of the command.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"time"
)

// plan says how much is killed.
type plan struct {
	alerts, kills, crawls int
	inside                bool
	seed                  uint64
}

func main() {
	if is, err := role(); is {
		exit(err)
	}
	var p plan
	flag.IntVar(&p.alerts, "alerts", 2000, "how many alerts a round owes")
	flag.IntVar(&p.kills, "kills", 1000, "how many deliveries to kill")
	flag.IntVar(&p.crawls, "crawls", 50, "how many crawls to kill")
	flag.Uint64Var(&p.seed, "seed", uint64(time.Now().UnixNano()), "of the moments")
	flag.BoolVar(&p.inside, "inside", false, "deliver from inside this program instead of with ewgwatch alert")
	flag.Parse()
	fmt.Fprintf(os.Stdout, "seed %d\n", p.seed)
	exit(run(context.Background(), os.Stdout, p))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "alerts:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

// run measures and says what came of it.
func run(ctx context.Context, w io.Writer, p plan) (err error) {
	g, err := newGround(ctx, w, p, rand.New(rand.NewPCG(p.seed, 0)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.close()) }()
	total := tally{phases: map[phase]int{}}
	for number := 0; total.kills < p.kills; number++ {
		one, err := g.round(ctx, number, p.kills-total.kills)
		total.add(one)
		if err != nil {
			return fmt.Errorf("round %d, after %d kills: %w", number, total.kills, err)
		}
		fmt.Fprintf(w, "\r%d of %d killed", total.kills, p.kills)
	}
	fmt.Fprintln(w)
	total.print(w)
	fmt.Fprintf(w, "runs ended by %v; stopped for %v in all\n", g.reaper.Ended, g.reaper.Slept.Round(time.Second))
	if p.crawls == 0 {
		return nil
	}
	return g.nights(ctx, p.crawls)
}

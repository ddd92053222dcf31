// Command copies measures how well copies of one story are told from different
// stories: it takes the articles of the demo's sites and generated reports of one
// day on one event, lets other papers copy them with an edit, reads all of them,
// adds them up and looks who is one voice with whom.
//
//	go run ./bench/copies [-seed 1]
//
// A pair is two findings of one claim. Precision and recall are over pairs of a
// story and its copy, by the kind of edit; a translated text is none of these. What
// two different stories of one day have in common must not make one of them. It is
// no part of the program.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
)

func main() {
	seed := flag.Uint64("seed", 1, "of what is generated")
	flag.Parse()
	if err := measure(context.Background(), os.Stdout, *seed); err != nil {
		fmt.Fprintln(os.Stderr, "copies:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, w io.Writer, seed uint64) error {
	random := rand.New(rand.NewPCG(seed, 2026))
	stories, err := demo()
	if err != nil {
		return err
	}
	fromDemo := len(stories)
	stories = append(stories, generated(random, 40)...)
	texts := copied(random, stories)
	m, err := cluster(ctx, texts)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "seed %d: %d stories of the demo, %d generated of one day, %d texts; %d findings of %d claims\n",
		seed, fromDemo, len(stories)-fromDemo, len(texts), m.findings, m.claims)
	m.print(w)
	return nil
}

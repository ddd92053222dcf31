// Command contest reads the sites of farm in one of several ways, so that they
// can be measured beside each other as whole processes. It is no part of the
// program.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"time"
)

// task is what every contestant has to do: read each site whole, with a pause
// between two requests to a site and no more than width in flight.
type task struct {
	seeds []string
	pages int // of a site
	delay time.Duration
	width int
}

// contestants return the number of pages read.
var contestants = map[string]func(task) (int, error){
	"ours":       ours,
	"plain":      plain,
	"colly":      collyOneRule,
	"colly-each": collyRuleEach,
}

func main() {
	var t task
	who := flag.String("who", "ours", "ours, plain, colly or colly-each")
	flag.IntVar(&t.pages, "pages", 10, "pages a site")
	flag.DurationVar(&t.delay, "delay", 0, "between two requests to a site")
	flag.IntVar(&t.width, "width", 32, "requests in flight")
	flag.Parse()
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		t.seeds = append(t.seeds, lines.Text())
	}
	pages, err := run(*who, t)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Fprintln(os.Stdout, pages)
}

func run(who string, t task) (int, error) {
	read, ok := contestants[who]
	if !ok {
		return 0, fmt.Errorf("want a contestant, have %q", who)
	}
	return read(t)
}

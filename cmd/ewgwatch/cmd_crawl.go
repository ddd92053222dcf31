package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
)

func (a *app) crawlCommand() *cobra.Command {
	var seeds, past string
	var fetch fetchFlags
	cmd := &cobra.Command{
		Use:   "crawl",
		Short: "Read the sites in seeds.txt and keep what they say",
		Long: `crawl visits every source in seeds.txt as a polite guest (robots.txt, one request
at a time to a host, a pause between two), archives what it gets, and keeps what
the pages say of EWG CT activities as findings. A second night keeps only what
changed. It ends with a summary and one of these exit codes: 0 every source was
read, 3 some were not or it was stopped, 1 it failed, 75 another crawl is running,
78 seeds.txt is wrong.`,
		Example: `  ewgwatch crawl
  ewgwatch crawl --seeds my-seeds.txt --data /srv/ewgwatch --contact mailto:desk@example.org
  ewgwatch crawl --backfill 2021-01-01 --max-pages 2000
  ewgwatch crawl --seeds lab.txt --allow-address 127.0.0.0/8 --delay 0`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.crawl(cmd.Context(), seeds, past, &fetch) },
	}
	cmd.Flags().StringVar(&seeds, "seeds", "seeds.txt", "file of sources, one a line")
	cmd.Flags().StringVar(&past, "backfill", "", "read the past back to this day (2021-06-01); its findings are marked and news to nobody")
	fetch.register(cmd)
	return cmd
}

// manySources is from how many on memory is worth more than time: most of it is
// then what waits, and collecting it twice as often costs little.
const manySources = 2000

func (a *app) crawl(ctx context.Context, seeds, past string, fetch *fetchFlags) error {
	options, err := fetch.options()
	if err != nil {
		return err
	}
	if options.Since, err = sinceDay(past, time.Now()); err != nil {
		return err
	}
	sources, err := readSeeds(seeds)
	if err != nil {
		return err
	}
	if options.Authorities, err = authorities(seeds, sources); err != nil {
		return err
	}
	data, err := a.data()
	if err != nil {
		return err
	}
	if len(sources) > manySources {
		debug.SetGCPercent(50)
	}
	n := &night{app: a, sources: sources, folder: data, fetch: options, now: time.Now, progress: a.newProgress(time.Now), keep: keepSnapshots}
	rep, err := n.run(ctx)
	if err != nil {
		return err
	}
	if !a.quiet {
		summarise(a.out, rep)
	}
	if !rep.run.Complete {
		return errPartial
	}
	return nil
}

// sinceDay reads the day that --backfill names; the zero time for none.
func sinceDay(text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || day.After(now) {
		return time.Time{}, usage(fmt.Errorf("--backfill: want a day of the past like 2021-06-01, have %q", text))
	}
	return day, nil
}

// readSeeds reads a seeds file. Any mistake in it stops the program: a source
// left out without a word would look like one that said nothing.
func readSeeds(name string) ([]ewgwatch.Source, error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, config(fmt.Errorf("%s: no such file; name the file of sources with --seeds", name))
	}
	if err != nil {
		return nil, config(err)
	}
	defer file.Close()
	sources, err := ewgwatch.ParseSeeds(name, file)
	if err != nil {
		return nil, config(err)
	}
	if len(sources) == 0 {
		return nil, config(fmt.Errorf("%s: want at least one source, have none", name))
	}
	return sources, nil
}

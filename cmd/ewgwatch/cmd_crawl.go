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
	var o crawlOptions
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
		RunE: func(cmd *cobra.Command, _ []string) error { return a.crawl(cmd.Context(), o) },
	}
	o.register(cmd)
	cmd.Flags().StringVar(&o.past, "backfill", "", "read the past back to this day (2021-06-01); its findings are marked and news to nobody")
	cmd.Flags().BoolVar(&o.silent, "no-alerts", false, "tell subscribers nothing yet; what is new to them is kept for ewgwatch alert")
	cmd.Flags().DurationVar(&o.atEnd, "deliver-for", 10*time.Minute, "deliver alerts for so long at most; 0 leaves that to ewgwatch alert")
	return cmd
}

// crawlOptions are what a night is told by flags.
type crawlOptions struct {
	seeds, past string
	fetch       fetchFlags
	silent      bool
	atEnd       time.Duration
}

func (o *crawlOptions) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.seeds, "seeds", "seeds.txt", "file of sources, one a line")
	o.fetch.register(cmd)
}

// manySources is from how many on memory is worth more than time: most of it is
// then what waits, and collecting it twice as often costs little.
const manySources = 2000

func (a *app) crawl(ctx context.Context, o crawlOptions) error {
	n, err := a.newNight(o)
	if err != nil {
		return err
	}
	n.progress = a.newProgress(time.Now)
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

// newNight makes the night that flags ask for.
func (a *app) newNight(o crawlOptions) (*night, error) {
	options, err := o.fetch.options()
	if err != nil {
		return nil, err
	}
	if o.atEnd < 0 {
		return nil, usage(fmt.Errorf("--deliver-for: want a time from 0, have %s", o.atEnd))
	}
	if options.Since, err = sinceDay(o.past, time.Now()); err != nil {
		return nil, err
	}
	sources, err := readSeeds(o.seeds)
	if err != nil {
		return nil, err
	}
	if options.Authorities, err = authorities(o.seeds, sources); err != nil {
		return nil, err
	}
	data, err := a.data()
	if err != nil {
		return nil, err
	}
	if len(sources) > manySources {
		debug.SetGCPercent(50)
	}
	return &night{
		app: a, sources: sources, folder: data, fetch: options, now: time.Now, keep: keepSnapshots,
		alerts: &alertOptions{allow: options.AllowAddresses, atEnd: o.atEnd, silent: o.silent},
	}, nil
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

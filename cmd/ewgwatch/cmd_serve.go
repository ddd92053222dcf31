package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
)

func (a *app) serveCommand() *cobra.Command {
	o := serveOptions{}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Crawl every night and deliver alerts all the time",
		Long: `serve does what crawl does, every night, and delivers what is due in between. It holds
the data folder for as long as it runs: commands that only read get their answers from
it, others (review, subscribe add) are told that it is held. Subscriptions of
config.yaml and seeds.txt are read anew before every night, the rest of config.yaml at
the start. A night that fails is told in the log, and the next one comes; a database
that fails ends it with 1. Ctrl-C and SIGTERM end it with 0, and what is owed is kept.`,
		Example: `  ewgwatch serve --at "02:15 Asia/Bangkok" --data /srv/ewgwatch --contact mailto:desk@example.org
  ewgwatch serve --every 12h --listen 127.0.0.1:8080`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if o.next, err = o.timetable(); err != nil {
				return usage(err)
			}
			return a.serve(cmd.Context(), o)
		},
	}
	cmd.Flags().DurationVar(&o.every, "every", 24*time.Hour, "begin a night so long after the one before began, the first at once")
	cmd.Flags().StringVar(&o.at, "at", "", `begin a night at a time of day instead: "02:15 Asia/Bangkok"`)
	cmd.Flags().StringVar(&o.listen, "listen", "", "serve the feeds at this address: 127.0.0.1:8080")
	o.crawl.register(cmd)
	return cmd
}

// serveOptions are what serve is told by flags.
type serveOptions struct {
	crawl  crawlOptions
	every  time.Duration
	at     string
	listen string
	next   func(begun, now time.Time) time.Time // when a night begins after one that begun then
}

// timetable reads when nights begin.
func (o serveOptions) timetable() (func(begun, now time.Time) time.Time, error) {
	if o.at == "" {
		if o.every < time.Second {
			return nil, fmt.Errorf("--every: want a time from 1s, have %s", o.every)
		}
		return func(begun, now time.Time) time.Time {
			if begun.IsZero() || begun.Add(o.every).Before(now) {
				return now
			}
			return begun.Add(o.every)
		}, nil
	}
	rhythm, err := ewgwatch.ParseRhythm("daily " + o.at)
	if err != nil {
		return nil, fmt.Errorf("--at: %w", err)
	}
	return func(_, now time.Time) time.Time { return rhythm.Next(now) }, nil
}

// serve works until ctx ends.
func (a *app) serve(ctx context.Context, o serveOptions) (err error) {
	first, err := a.newNight(o.crawl) // what is wrong with flags and seeds.txt is better known now than tonight
	if err != nil {
		return err
	}
	h, err := a.hold(ctx, first.folder, time.Now, nil, maxReading)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	d, err := a.openDesk(ctx, h, alertOptions{allow: first.fetch.AllowAddresses, served: true})
	if err != nil {
		return err
	}
	w := &watch{app: a, o: o, held: h, desk: d, wake: make(chan struct{}, 1)}
	if err := w.run(ctx); err != nil {
		return err
	}
	left, err := d.left(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	a.log.Info("stopped; what was found and what is owed is kept", "owed", left.waiting+left.later, "dead", left.dead)
	return nil
}

package main

import (
	"fmt"
	"net/netip"
	"os"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch/crawler"
)

// fetchFlags are the flags of every command that fetches.
type fetchFlags struct {
	allow       []string
	delay       time.Duration
	maxPages    int
	concurrency int
	deadline    time.Duration
	rest        time.Duration
	contact     string
}

func (f *fetchFlags) register(cmd *cobra.Command) {
	f.registerWhere(cmd)
	flags := cmd.Flags()
	flags.DurationVar(&f.delay, "delay", 2*time.Second, "pause between two requests to a host that has none of its own")
	flags.IntVar(&f.maxPages, "max-pages", 100, "requests a source may cost")
	flags.DurationVar(&f.deadline, "deadline", 0, "begin no request after so long (6h, 90m); 0 for no end")
	flags.DurationVar(&f.rest, "rest", 12*time.Hour, "leave a page alone for so long after a visit, so that a night begun again goes on; 0 for not at all")
	flags.IntVar(&f.concurrency, "concurrency", 64, "requests in flight over all hosts")
}

// registerWhere adds the flags of a command that fetches a single page.
func (f *fetchFlags) registerWhere(cmd *cobra.Command) {
	f.registerAllowed(cmd)
	cmd.Flags().StringVar(&f.contact, "contact", "", "URL or mail address in the User-Agent, so that a site's owner can reach you")
}

// registerAllowed adds the flag of a command that speaks to addresses that others name.
func (f *fetchFlags) registerAllowed(cmd *cobra.Command) {
	f.maxPages, f.concurrency = 1, 1
	cmd.Flags().StringArrayVar(&f.allow, "allow-address", nil, "CIDR of loopback or private addresses that may be spoken to, for a lab (repeatable)")
}

// options turns the flags into what the crawler takes.
func (f *fetchFlags) options() (crawler.Options, error) {
	o := crawler.Options{
		UserAgent: "ewgwatch/" + version(), Contact: f.contact, Delay: f.delay, MaxPages: f.maxPages, Concurrency: f.concurrency,
		Deadline: f.deadline, Chromium: os.Getenv("EWGWATCH_CHROMIUM"),
	}
	if min(f.delay, f.deadline, f.rest) < 0 || f.maxPages < 1 || f.concurrency < 1 {
		return o, usage(fmt.Errorf("want --delay, --deadline and --rest from 0, --max-pages and --concurrency from 1; have %s, %s, %s, %d, %d", f.delay, f.deadline, f.rest, f.maxPages, f.concurrency))
	}
	o.Rest = f.rest
	if f.delay == 0 {
		o.Delay = -1 // asked for; zero would be the default
	}
	if f.rest == 0 {
		o.Rest = -1
	}
	for _, text := range f.allow {
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			return o, usage(fmt.Errorf("--allow-address: want a CIDR like 127.0.0.0/8, have %q", text))
		}
		o.AllowAddresses = append(o.AllowAddresses, prefix)
	}
	return o, nil
}

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
	contact     string
}

func (f *fetchFlags) register(cmd *cobra.Command) {
	f.registerWhere(cmd)
	flags := cmd.Flags()
	flags.DurationVar(&f.delay, "delay", 2*time.Second, "pause between two requests to a host that has none of its own")
	flags.IntVar(&f.maxPages, "max-pages", 100, "requests a source may cost")
	flags.IntVar(&f.concurrency, "concurrency", 32, "requests in flight over all hosts")
}

// registerWhere adds the flags of a command that fetches a single page.
func (f *fetchFlags) registerWhere(cmd *cobra.Command) {
	f.maxPages, f.concurrency = 1, 1
	cmd.Flags().StringArrayVar(&f.allow, "allow-address", nil, "CIDR of loopback or private addresses that may be fetched, for a lab (repeatable)")
	cmd.Flags().StringVar(&f.contact, "contact", "", "URL or mail address in the User-Agent, so that a site's owner can reach you")
}

// options turns the flags into what the crawler takes.
func (f *fetchFlags) options() (crawler.Options, error) {
	o := crawler.Options{
		UserAgent: "ewgwatch/" + version(), Contact: f.contact, Delay: f.delay, MaxPages: f.maxPages, Concurrency: f.concurrency,
		Chromium: os.Getenv("EWGWATCH_CHROMIUM"),
	}
	if f.delay < 0 || f.maxPages < 1 || f.concurrency < 1 {
		return o, usage(fmt.Errorf("want --delay from 0, --max-pages and --concurrency from 1; have %s, %d, %d", f.delay, f.maxPages, f.concurrency))
	}
	if f.delay == 0 {
		o.Delay = -1 // asked for; zero would be the default
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

package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/crawler"
	"ewgwatch/internal/plain"
)

func (a *app) sourcesDiscoverCommand() *cobra.Command {
	var fetch fetchFlags
	cmd := &cobra.Command{
		Use:   "discover URL",
		Short: "Look at a site and propose its line of seeds.txt",
		Long: `discover looks at a site as politely as a crawl does, with a dozen requests at
most, and prints a line for seeds.txt: its name, language, feed, sitemap and
search as the site tells them. Comment lines below say what was found and what
was tried. Kind and state are guesses by the host's name: look at them. The exit
code is 3 where nothing of the site could be read.`,
		Example: `  ewgwatch sources discover https://www.mindef.gov.sg/ --contact mailto:desk@example.org
  ewgwatch sources discover https://news.example/ >> seeds.txt`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.discover(cmd.Context(), args[0], &fetch) },
	}
	fetch.registerWhere(cmd)
	cmd.Flags().DurationVar(&fetch.delay, "delay", 2*time.Second, "pause between two requests to a host")
	return cmd
}

func (a *app) discover(ctx context.Context, address string, fetch *fetchFlags) error {
	options, err := fetch.options()
	if err != nil {
		return err
	}
	if !isWeb(address) {
		return usage(fmt.Errorf("want an absolute http(s) URL, have %q", address))
	}
	found, err := crawler.New(nothingKnown{}, options).Discover(ctx, address)
	if err != nil {
		return err
	}
	if !found.Readable() {
		return coded{fmt.Errorf("%s could not be read: %s", plain.Line(address), trouble(found)), exitPartial}
	}
	source, err := propose(ctx, found)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, ewgwatch.SeedLine(source))
	for _, line := range remarks(found) {
		fmt.Fprintln(a.out, "# "+plain.Line(line))
	}
	return nil
}

// trouble says of a site that could not be read why the first request failed.
func trouble(d crawler.Discovery) string {
	if len(d.Trials) == 0 {
		return "no request was made"
	}
	first := d.Trials[0]
	return plain.Line(fmt.Sprintf("%s: %s", first.Outcome, cmp.Or(first.Detail, "no reason given")))
}

// remarks say what was found and tried, a line each.
func remarks(d crawler.Discovery) []string {
	var lines []string
	if d.Home.FinalURL != d.Home.URL {
		lines = append(lines, fmt.Sprintf("%s leads to %s", d.Home.URL, d.Home.FinalURL))
	}
	for _, t := range d.Trials {
		lines = append(lines, remark(t))
	}
	if d.API != "" {
		lines = append(lines, "WordPress at "+d.API+": --backfill searches it, so that it needs no search=")
	}
	if d.CrawlDelay > 0 {
		lines = append(lines, "robots.txt: Crawl-delay "+strings.TrimSuffix(fmt.Sprintf("%.1f", d.CrawlDelay.Seconds()), ".0"))
	}
	if refused := d.Refused(); refused > 0 {
		lines = append(lines, fmt.Sprintf("%d of %d requests refused", refused, len(d.Trials)))
	}
	return lines
}

func remark(t crawler.Trial) string {
	if !t.Outcome.Read() {
		return fmt.Sprintf("%s: %s, %s", t.URL, t.Outcome, cmp.Or(t.Detail, "no reason given"))
	}
	if t.Role != ewgwatch.RoleFeed && t.Role != ewgwatch.RoleSitemap {
		return fmt.Sprintf("%s: read", t.URL)
	}
	what := "item"
	if t.Role == ewgwatch.RoleSitemap {
		what = "page"
	}
	if t.Index {
		what = "sitemap"
	}
	if t.Items != 1 {
		what += "s"
	}
	line := fmt.Sprintf("%s %s: %d %s", t.Role, t.URL, t.Items, what)
	if t.News {
		line += " of news"
	}
	if !t.Newest.IsZero() {
		line += ", newest " + t.Newest.Format(time.DateOnly)
	}
	return line
}

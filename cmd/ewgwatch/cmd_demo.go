package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/crawler"
	"ewgwatch/internal/newsworld"
	"ewgwatch/store"
)

func (a *app) demoCommand() *cobra.Command {
	var keep string
	var listen bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "See it at work on a small world of invented sites, without the internet",
		Long: `demo serves a small world of invented news and ministry sites on 127.0.0.1, crawls
it as crawl would, and prints the ledger, the sources that could not be read and
where database and CSV are. Its world has a site that answers 403, one with a
broken feed, a wire story on three sites and two sources that contradict each
other. The exit code is 0 when everything was read as the world was made to be.`,
		Example: `  ewgwatch demo
  ewgwatch demo --keep night      keep the data in ./night; run it twice for a second night
  ewgwatch demo --keep night --listen`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.demo(cmd.Context(), keep, listen) },
	}
	cmd.Flags().StringVar(&keep, "keep", "", "folder for the data; without it a new temporary one")
	cmd.Flags().BoolVar(&listen, "listen", false, "leave the sites up afterwards, until Ctrl-C")
	return cmd
}

func (a *app) demo(ctx context.Context, keep string, listen bool) (err error) {
	world, err := newsworld.Start(newsworld.Options{})
	if err != nil {
		return fmt.Errorf("start the demo sites: %w", err)
	}
	defer func() { err = errors.Join(err, world.Close()) }()
	if moved := world.Moved(); moved > 0 && keep != "" { // a second night is one of the same addresses
		fmt.Fprintf(a.errOut, "The ports of %d sites are taken, by another demo perhaps: they have other addresses, and count as new.\n", moved)
	}
	data, err := demoFolder(keep, world)
	if err != nil {
		return err
	}
	rep, err := a.demoNight(ctx, data, world)
	if err != nil {
		return err
	}
	if err := a.showDemo(ctx, data, rep); err != nil {
		return err
	}
	strange, err := unlike(ctx, data, world, rep)
	if err != nil {
		return err
	}
	if listen {
		a.leaveUp(ctx, data, world)
	}
	if len(strange) > 0 && !rep.stopped {
		return fmt.Errorf("the demo world was not read as it was made:\n  %s", strings.Join(strange, "\n  "))
	}
	if rep.stopped {
		return errPartial
	}
	return nil
}

// demoFolder makes the data folder and leaves the seeds of the world in it.
func demoFolder(keep string, world *newsworld.World) (folder, error) {
	if keep == "" {
		temporary, err := os.MkdirTemp("", "ewgwatch-demo-")
		if err != nil {
			return "", err
		}
		keep = temporary
	}
	if err := os.MkdirAll(keep, 0o700); err != nil {
		return "", err
	}
	return folder(keep), os.WriteFile(filepath.Join(keep, "seeds.txt"), []byte(world.Seeds()), 0o644)
}

var loopback = netip.MustParsePrefix("127.0.0.0/8")

func (a *app) demoNight(ctx context.Context, data folder, world *newsworld.World) (report, error) {
	sources, err := ewgwatch.ParseSeeds("seeds.txt", strings.NewReader(world.Seeds()))
	if err != nil {
		return report{}, err
	}
	if !a.quiet {
		fmt.Fprintf(a.errOut, "Crawling %d invented sites on 127.0.0.1 …\n", len(sources))
	}
	n := &night{app: a, sources: sources, folder: data, now: time.Now, progress: a.newProgress(time.Now), fetch: crawler.Options{
		UserAgent: "ewgwatch/" + version(), Delay: -1, Rest: -1, AllowAddresses: []netip.Prefix{loopback},
	}}
	return n.run(ctx)
}

// showDemo prints ledger and summary and writes the CSV.
func (a *app) showDemo(ctx context.Context, data folder, rep report) error {
	s, err := store.Open(ctx, data.database(), store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	options := ledgerOptions{Cycle: "2021-2023"}
	matrix, err := buildLedger(ctx, s, options)
	if err != nil {
		return err
	}
	if err := a.printLedger(matrix, options); err != nil {
		return err
	}
	csv := filepath.Join(string(data), "findings.csv")
	c, err := newCorpus(ctx, s, filter{})
	if err != nil {
		return err
	}
	if err := (exporting{file: csv, format: "csv"}).writeFile(ctx, c, time.Now()); err != nil {
		return err
	}
	summarise(a.out, rep)
	fmt.Fprintf(a.out, "\nAll events:  ewgwatch ledger --data %s\nCSV:         %s (%d findings)\nDatabase:    %s\nEvidence:    %s\n", data, csv, c.pass.rows, data.database(), data.archive())
	return nil
}

// unlike says where the night differs from what the world was made to give:
// sources read that should not be, or the other way round, claims missed and
// claims that no page makes.
func unlike(ctx context.Context, data folder, world *newsworld.World, rep report) ([]string, error) {
	s, err := store.Open(ctx, data.database(), store.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	matrix, err := buildLedger(ctx, s, ledgerOptions{})
	if err != nil {
		return nil, err
	}
	var strange []string
	for _, site := range world.Sites() {
		strange = append(strange, unlikeSite(site, rep.run.Coverage)...)
	}
	for _, claim := range world.Claims() {
		if matrix.Standing(claim).Independent == 0 {
			strange = append(strange, fmt.Sprintf("not found: %s %s %s", claim.State, claim.Stance, claim.Event))
		}
	}
	for _, claim := range world.Forbidden() {
		if matrix.Standing(claim).Independent > 0 {
			strange = append(strange, fmt.Sprintf("found, though no page says it: %s %s %s", claim.State, claim.Stance, claim.Event))
		}
	}
	return strange, nil
}

func unlikeSite(site newsworld.Site, coverage []ewgwatch.Coverage) []string {
	at := slices.IndexFunc(coverage, func(c ewgwatch.Coverage) bool { return c.Name == site.Title })
	if at < 0 {
		return []string{"no coverage of " + site.Title}
	}
	c := coverage[at]
	if c.Reach != site.Reach {
		return []string{fmt.Sprintf("%s: %s, made to be %s (%s)", site.Title, c.Reach, site.Reach, c.Why)}
	}
	if site.Outcome != "" && c.Outcomes[site.Outcome] == 0 {
		return []string{fmt.Sprintf("%s: no visit ended as %s", site.Title, site.Outcome)}
	}
	return nil
}

func (a *app) leaveUp(ctx context.Context, data folder, world *newsworld.World) {
	fmt.Fprintf(a.out, "\nThe sites are up until Ctrl-C:\n")
	for _, site := range world.Sites() {
		fmt.Fprintf(a.out, "  %-28s %s\n", site.Title, site.URL)
	}
	fmt.Fprintf(a.out, "Crawl them again with\n  ewgwatch crawl --seeds %s --data %s --allow-address 127.0.0.0/8 --delay 0 --rest 0\n", filepath.Join(string(data), "seeds.txt"), data)
	<-ctx.Done()
}

package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

func (a *app) sourcesCommand() *cobra.Command {
	var seeds string
	cmd := &cobra.Command{
		Use:   "sources",
		Short: "Show what will be watched, and check seeds.txt",
		Long: `sources prints every source of a seeds file as a table. A mistake in the file is
named with its line and what was wanted, all of them at once, and the exit code
is 78.`,
		Example: `  ewgwatch sources
  ewgwatch sources --seeds my-seeds.txt
  ewgwatch sources health --data night   was everything read last night?`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			sources, err := readSeeds(seeds)
			if err != nil {
				return err
			}
			a.printSources(sources)
			return nil
		},
	}
	cmd.AddCommand(a.sourcesDiscoverCommand())
	cmd.Flags().StringVar(&seeds, "seeds", "seeds.txt", "file of sources, one a line")
	cmd.AddCommand(a.healthCommand())
	return cmd
}

func (a *app) printSources(sources []ewgwatch.Source) {
	fmt.Fprintf(a.out, "%5s  %-9s  %-5s  %-7s  %5s  %s  %s\n", "line", "kind", "state", "lang", "feeds", plain.Pad("name", 32), "url")
	kinds := map[ewgwatch.SourceKind]int{}
	for _, s := range sources {
		kinds[s.Kind]++
		fmt.Fprintf(a.out, "%5d  %-9s  %-5s  %-7s  %5d  %s  %s\n", s.Line, s.Kind, orDash(string(s.State)), orDash(s.Lang), len(s.Feeds)+len(s.Sitemaps),
			plain.Pad(plain.Cut(plain.Line(s.Name), 32), 32), plain.Line(s.URL))
	}
	var parts []string
	for _, k := range ewgwatch.SourceKinds() {
		if kinds[k] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", kinds[k], k))
		}
	}
	fmt.Fprintf(a.out, "%d sources: %s\n", len(sources), strings.Join(parts, ", "))
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

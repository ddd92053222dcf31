package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"ewgwatch/store"
)

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check [FILE]",
		Short: "Look for damage in the database",
		Long: `check reads the whole database, or a backup that is named: how its pages are laid
out, the checksum of every row, and whether the rows agree with each other. It
writes nothing. It exits with 1 where something is wrong, and says what to do.`,
		Example: `  ewgwatch check
  ewgwatch check night/backups/findings-20261123T030405Z.db`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.check(cmd.Context(), args) },
	}
}

func (a *app) check(ctx context.Context, args []string) error {
	data, err := a.data()
	if err != nil {
		return err
	}
	path := data.database()
	if len(args) == 1 {
		path = args[0]
	}
	if err := store.Held(path); err != nil {
		return fmt.Errorf("%w; ewgwatch backup makes and checks a copy while a crawl is running", err)
	}
	s, err := store.Open(ctx, path, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Check(); err != nil {
		return err
	}
	count, err := contents(ctx, path)
	if err == nil && !a.quiet {
		fmt.Fprintf(a.out, "%s is sound: %d findings, %d articles, %d visits, %d runs\n", path, count["findings"], count["articles"], count["visits"], count["runs"])
	}
	return err
}

func (a *app) compactCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "compact",
		Short: "Give free space in the database back",
		Long: `compact writes the database anew without the free space in it. The new file takes
the place of the old one only after every row of both was compared. It needs as
much room on the disk as the database has rows.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			data, err := a.data()
			if err != nil {
				return err
			}
			if _, err := os.Stat(data.database()); err != nil {
				return err
			}
			before, after, err := store.Compact(cmd.Context(), data.database())
			if err == nil && !a.quiet {
				fmt.Fprintf(a.out, "%s: %s, it was %s\n", data.database(), size(after), size(before))
			}
			return err
		},
	}
}

func (a *app) storeCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "store", Short: "Look at the database itself"}
	var asJSON bool
	stats := &cobra.Command{
		Use:   "stats",
		Short: "Describe every bucket: what is in it, how many rows, how many bytes",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.storeStats(cmd.Context(), asJSON) },
	}
	stats.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	cmd.AddCommand(stats)
	return cmd
}

func (a *app) storeStats(ctx context.Context, asJSON bool) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	stats, err := s.Stats()
	if err != nil {
		return err
	}
	if asJSON {
		out := json.NewEncoder(a.out)
		out.SetIndent("", "  ")
		return out.Encode(stats)
	}
	fmt.Fprintf(a.out, "%-18s %9s %10s\n", "bucket", "rows", "bytes")
	total := 0
	for _, b := range stats {
		fmt.Fprintf(a.out, "%-18s %9d %10d  %s\n", b.Name, b.Keys, b.Bytes, b.About)
		total += b.Bytes
	}
	data, err := a.data()
	if err != nil {
		return err
	}
	at, err := os.Stat(data.database())
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s in use of a file of %s, schema %d\n", size(int64(total)), size(at.Size()), store.Schema())
	return nil
}

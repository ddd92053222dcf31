package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch/internal/plain"
)

func (a *app) releaseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "release",
		Short: "Freeze what is known, to be cited",
		Long: `release keeps what was believed on a day in a folder of its own, releases/NAME in
the data folder, that never changes again: findings, ledger, sources and runs as
CSV, the findings as JSON lines too, a dictionary of the columns, a manifest, a
suggested citation, and the hash of every file.`,
		Example: `  ewgwatch release create 2026-q2 --as-of 2026-06-30
  ewgwatch release list
  ewgwatch release diff 2026-q1 2026-q2
  cd night/releases/2026-q2 && sha256sum -c SHA256SUMS`,
		Args: cobra.NoArgs,
	}
	cmd.AddCommand(a.releaseCreateCommand(), a.releaseListCommand(), a.releaseDiffCommand())
	return cmd
}

func (a *app) releaseCreateCommand() *cobra.Command {
	var c choice
	cmd := &cobra.Command{
		Use:   "create NAME",
		Short: "Freeze what is known under a name",
		Long: `create freezes what is known under a name of letters, digits, . _ and -. A release
is there whole or not at all, and none takes the place of another. Findings that
an analyst rejected stay in findings.csv with their status, and count for nothing
in the ledger. Events are described as they were known then, sources as they are when
it is made.`,
		Example: `  ewgwatch release create 2026-q2
  ewgwatch release create 2026-q2 --as-of 2026-06-30`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkReleaseName(args[0]); err != nil {
				return err
			}
			now := time.Now().UTC()
			f, err := c.filter(now)
			if err != nil {
				return err
			}
			if f.query.AsOf.IsZero() {
				f.query.AsOf = now
			}
			return a.createRelease(cmd.Context(), args[0], f, now)
		},
	}
	c.asOfFlag(cmd)
	return cmd
}

func (a *app) createRelease(ctx context.Context, name string, f filter, now time.Time) error {
	data, err := a.data()
	if err != nil {
		return err
	}
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	c, err := newCorpus(ctx, s, f)
	if err != nil {
		return err
	}
	m, err := c.freeze(ctx, data, name, now)
	if err != nil || a.quiet {
		return err
	}
	fmt.Fprintf(a.out, "%s: %d findings as believed on %s\n", data.release(name), m.Rows, m.AsOf.Format(time.RFC3339))
	return nil
}

func (a *app) releaseListCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the releases, the oldest first",
		Example: `  ewgwatch release list`,
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return a.listReleases() },
	}
}

func (a *app) listReleases() error {
	data, err := a.data()
	if err != nil {
		return err
	}
	all, err := listReleases(data)
	if len(all) == 0 {
		if err == nil {
			fmt.Fprintln(a.out, "There is no release yet: ewgwatch release create NAME makes one.")
		}
		return err
	}
	width := len("release")
	for _, m := range all {
		width = max(width, plain.Width(plain.Line(m.Name)))
	}
	fmt.Fprintf(a.out, "%s  as of                 findings  written\n", plain.Pad("release", width))
	for _, m := range all {
		asOf := ""
		if m.AsOf != nil {
			asOf = m.AsOf.Format(time.RFC3339)
		}
		fmt.Fprintf(a.out, "%s  %-20s  %8d  %s\n", plain.Pad(plain.Line(m.Name), width), asOf, m.Rows, m.WrittenAt.Format(time.RFC3339))
	}
	return err
}

func (a *app) releaseDiffCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "diff A B",
		Short: "Tell what was found, lost and changed between two releases",
		Long: `diff tells the findings that release B has and A has not (+), those that A has and
B has not (-), and those that changed (~), field by field. A field that only one
of them has is told once, at the end.`,
		Example: `  ewgwatch release diff 2026-q1 2026-q2`,
		Args:    cobra.ExactArgs(2),
		RunE:    func(_ *cobra.Command, args []string) error { return a.diffReleases(args[0], args[1]) },
	}
}

func (a *app) diffReleases(before, after string) error {
	data, err := a.data()
	if err != nil {
		return err
	}
	old, err := openRelease(data, before)
	if err != nil {
		return err
	}
	defer old.close()
	fresh, err := openRelease(data, after)
	if err != nil {
		return err
	}
	defer fresh.close()
	return compare(a.out, old, fresh)
}

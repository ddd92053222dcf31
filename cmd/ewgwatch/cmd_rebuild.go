package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/store"
)

func (a *app) rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild",
		Short: "Make the database anew from the archive",
		Long: `rebuild makes findings.db anew from the journal that every run keeps in archive/,
equal to the one that was there to the last row. A database that is still there is
moved aside and never deleted; where it is sound, what it has and a damaged archive
has lost is taken from it. The exit code is 3 where something is missing, which is
then named.`,
		Example: `  ewgwatch rebuild
  ewgwatch rebuild --data /srv/ewgwatch && ewgwatch verify --data /srv/ewgwatch`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.rebuild(cmd.Context(), time.Now()) },
	}
}

func (a *app) rebuild(ctx context.Context, now time.Time) error {
	data, err := a.data()
	if err != nil {
		return err
	}
	if err := store.Held(data.database()); err != nil {
		return err
	}
	fresh := data.database() + ".rebuilding"
	if err := os.Remove(fresh); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	done, err := a.rebuildTo(ctx, data, fresh)
	if errors.Is(err, store.ErrNoJournal) {
		return fmt.Errorf("rebuild %s: %s: %w", data.database(), data.archive(), err)
	}
	if err != nil {
		return err
	}
	aside, err := store.Replace(data.database(), fresh, "rebuild", now)
	if err != nil {
		return err
	}
	return a.tellRebuilt(ctx, data, done, aside)
}

// rebuildTo makes the new database beside the old one, with its help where it is
// sound, and checks it.
func (a *app) rebuildTo(ctx context.Context, data folder, fresh string) (done store.Rebuilt, err error) {
	old, err := store.Open(ctx, data.database(), store.Options{ReadOnly: true})
	if err == nil {
		defer old.Close()
		if err = old.Check(); err != nil {
			old = nil
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(a.errOut, "The database that is there is of no help: %v\n", err)
	}
	journal := store.Journal{
		Entries: archive.Entries(ctx, data.archive()),
		Block:   func(c ewgwatch.Capture) ([]byte, error) { return archive.Entry(data.archive(), c) },
	}
	if done, err = store.Rebuild(ctx, fresh, journal, old); err != nil {
		return done, err
	}
	made, err := store.Open(ctx, fresh, store.Options{ReadOnly: true})
	if err != nil {
		return done, err
	}
	return done, errors.Join(made.Check(), made.Close())
}

func (a *app) tellRebuilt(ctx context.Context, data folder, done store.Rebuilt, aside string) error {
	count, err := contents(ctx, data.database())
	if err != nil {
		return err
	}
	if !a.quiet {
		fmt.Fprintf(a.out, "Rebuilt %s from %d entries of the journal, up to %s:\n", data.database(), done.Entries, done.Until.Format(time.RFC3339))
		fmt.Fprintf(a.out, "  %d findings, %d articles in %d revisions, %d visits, %d runs\n",
			count["findings"], count["articles"], count["revisions"], count["visits"], count["runs"])
		if done.Passed > 0 {
			fmt.Fprintf(a.out, "  %d entries were passed over: their commit was cut short by a kill, or undone by a restore\n", done.Passed)
		}
		if aside != "" {
			fmt.Fprintf(a.out, "  The one that was there is kept as %s\n", aside)
		}
	}
	tellMissing(a.errOut, done)
	if !done.Whole() && done.Rows == 0 {
		return errPartial
	}
	return nil
}

func tellMissing(w io.Writer, done store.Rebuilt) {
	for _, err := range done.Damaged {
		fmt.Fprintf(w, "Damaged in the archive: %v\n", err)
	}
	for _, gap := range done.Gaps {
		fmt.Fprintf(w, "Missing of the journal: %s\n", gap)
	}
	if done.Rows > 0 {
		fmt.Fprintf(w, "%d rows that the journal lacks were taken from the database that was there\n", done.Rows)
	}
}

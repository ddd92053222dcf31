package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch/store"
)

// keepBackups is how many backups stay, and keepSnapshots how many of those that a
// crawl takes at its end.
const (
	keepBackups   = 7
	keepSnapshots = 3
)

func (a *app) backupCommand() *cobra.Command {
	keep := keepBackups
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Copy the database, checked, into the folder backups",
		Long: `backup copies the database into backups/ in the data folder, checks the copy, and
only then gives it its name. A crawl may go on meanwhile. Of older copies the
newest few are kept. The archive is not copied: its files never change once a
crawl has ended, so that any tool that copies files will do.`,
		Example: `  ewgwatch backup
  ewgwatch backup --keep 30`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if keep < 1 {
				return usage(fmt.Errorf("--keep: want at least 1, have %d", keep))
			}
			return a.backup(cmd.Context(), keep)
		},
	}
	cmd.Flags().IntVar(&keep, "keep", keepBackups, "how many backups to keep, this one among them")
	return cmd
}

func (a *app) backup(ctx context.Context, keep int) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	path, err := s.Backup(ctx, keep)
	if err != nil {
		return err
	}
	at, err := os.Stat(path)
	if err == nil && !a.quiet {
		fmt.Fprintf(a.out, "%s, %s, checked\n", path, size(at.Size()))
	}
	return err
}

// size is a number of bytes for people.
func size(bytes int64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(bytes)/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(bytes)/1e6)
	}
	return fmt.Sprintf("%d KB", (bytes+999)/1000)
}

func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "restore [FILE]",
		Short: "Put a backup in the place of the database",
		Long: `restore checks a backup, the newest one where none is named, and puts it in the
place of the database. The file that was there is kept under another name. What
was found after the backup is in the archive: rebuild gets it back.`,
		Example: `  ewgwatch restore
  ewgwatch restore night/backups/findings-20261123T030405Z.db`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.restore(cmd.Context(), args, time.Now()) },
	}
}

func (a *app) restore(ctx context.Context, args []string, now time.Time) error {
	data, err := a.data()
	if err != nil {
		return err
	}
	var from string
	if all := store.Backups(data.database()); len(args) == 1 {
		from = args[0]
	} else if len(all) > 0 {
		from = all[len(all)-1].Path
	} else {
		return fmt.Errorf("restore %s: there is no backup beside it; ewgwatch rebuild makes it anew from the archive", data.database())
	}
	before, err := contents(ctx, data.database())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(a.errOut, "The database that is there cannot be read: %v\n", err)
	}
	aside, err := store.Restore(ctx, data.database(), from, now)
	if err != nil {
		return err
	}
	after, err := contents(ctx, data.database())
	if err != nil || a.quiet {
		return err
	}
	fmt.Fprintf(a.out, "Restored %s from %s: %d findings, %d runs\n", data.database(), from, after["findings"], after["runs"])
	if aside != "" {
		fmt.Fprintf(a.out, "  The one that was there is kept as %s\n", aside)
	}
	if lost := before["findings"] - after["findings"]; lost > 0 {
		fmt.Fprintf(a.out, "  It had %d findings more: ewgwatch rebuild gets them back from the archive\n", lost)
	}
	return nil
}

// contents counts the rows of a database by bucket.
func contents(ctx context.Context, path string) (map[string]int, error) {
	s, err := store.Open(ctx, path, store.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer s.Close()
	stats, err := s.Stats()
	count := map[string]int{}
	for _, b := range stats {
		count[b.Name] = b.Keys
	}
	return count, err
}

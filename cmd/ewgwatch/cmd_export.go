package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/export"
	"ewgwatch/store"
)

func (a *app) exportCommand() *cobra.Command {
	var file, format string
	var options export.Options
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the findings as CSV",
		Long: `export writes every finding as a row of CSV (RFC 4180, UTF-8), in the order in
which they were found. Columns are append-only: they never change name, place or
meaning. A cell that a spreadsheet would take for a formula begins with an
apostrophe; drop one leading apostrophe to have the text back.`,
		Example: `  ewgwatch export -o findings.csv
  ewgwatch export --excel -o findings.csv
  ewgwatch export | head`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "csv" {
				return usage(fmt.Errorf("--format: want csv, have %q", format))
			}
			return a.export(cmd.Context(), file, options)
		},
	}
	cmd.Flags().StringVarP(&file, "output", "o", "-", "file to write; - for standard output")
	cmd.Flags().StringVar(&format, "format", "csv", "csv")
	cmd.Flags().BoolVar(&options.Excel, "excel", false, "with a byte-order mark, one line a row, times a spreadsheet reads")
	cmd.Flags().StringSliceVar(&options.Columns, "columns", nil, "only these columns, in this order")
	cmd.Flags().BoolVar(&options.Raw, "raw", false, "without the guard against formulas")
	return cmd
}

func (a *app) export(ctx context.Context, file string, options export.Options) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if file == "-" {
		_, err := writeFindings(ctx, a.out, s, options)
		return err
	}
	rows, err := exportFile(ctx, file, s, options)
	if err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	if !a.quiet {
		fmt.Fprintf(a.errOut, "%d findings written to %s\n", rows, file)
	}
	return nil
}

func writeFindings(ctx context.Context, w io.Writer, s *store.Store, options export.Options) (int, error) {
	if options.NeedStanding() {
		standing, err := standings(ctx, s, store.Query{})
		if err != nil {
			return 0, err
		}
		options.Standing = func(c ewgwatch.Claim) ewgwatch.Standing { return standing[c] }
	}
	return export.CSV(w, s.Findings(ctx, store.Query{}), options)
}

// exportFile writes beside the file and renames, so that an old export is
// replaced by a whole one or not at all.
func exportFile(ctx context.Context, name string, s *store.Store, options export.Options) (rows int, err error) {
	part, err := os.CreateTemp(filepath.Dir(name), ".ewgwatch-*.csv")
	if err != nil {
		return 0, err
	}
	defer func() {
		part.Close()
		os.Remove(part.Name()) // gone already where all went well
	}()
	if rows, err = writeFindings(ctx, part, s, options); err != nil {
		return rows, err
	}
	if err := part.Chmod(0o644); err != nil {
		return rows, err
	}
	if err := part.Sync(); err != nil {
		return rows, err
	}
	return rows, os.Rename(part.Name(), name)
}

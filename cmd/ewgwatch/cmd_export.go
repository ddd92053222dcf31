package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch/export"
)

func (a *app) exportCommand() *cobra.Command {
	var e exporting
	var c choice
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write the findings as CSV, JSON or a workbook",
		Long: `export writes every finding that is asked for, in the order in which they were
found:

  csv    RFC 4180, UTF-8. A cell that a spreadsheet would take for a formula begins
         with an apostrophe; drop one leading apostrophe to have the text back.
  jsonl  a JSON object a line, with numbers as numbers and text as it stood
  xlsx   a workbook of findings, ledger, sources and a dictionary of the columns

Columns are append-only: they never change name, place or meaning. Beside a file
goes FILE.manifest.json, which says what was asked for, what it was read from and
what its hash is. Filters look at what the machine read; those of states and
events narrow the ledger too. Findings that an analyst rejected are left out,
unless --status asks for them. What was corrected stands in the columns review_…,
beside what the machine read; --columns writes believed_state, believed_stance and
believed_event too, which are right for every finding.`,
		Example: `  ewgwatch export -o findings.csv
  ewgwatch export -o findings.xlsx
  ewgwatch export --state SG,LA --published 2023 --status current -o sgla.csv
  ewgwatch export --source mindef.gov.sg --as-of 2026-06-30 --format jsonl
  ewgwatch export --excel -o findings.csv
  ewgwatch export | head`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("format") {
				e.format = formatOf(e.file)
			}
			if err := e.check(a); err != nil {
				return usage(err)
			}
			f, err := c.filter(time.Now())
			if err != nil {
				return err
			}
			f.believed = len(f.statuses) == 0
			return a.export(cmd.Context(), e, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&e.file, "output", "o", "-", "file to write; - for standard output")
	flags.StringVar(&e.format, "format", "csv", "csv, jsonl or xlsx; else what the name of the file ends with")
	flags.BoolVar(&e.options.Excel, "excel", false, "CSV with a byte-order mark, one line a row, times a spreadsheet reads")
	flags.StringSliceVar(&e.options.Columns, "columns", nil, "only these columns of the findings, in this order")
	flags.BoolVar(&e.options.Raw, "raw", false, "CSV without the guard against formulas")
	c.flags(cmd)
	return cmd
}

// formats are what an export can be.
func formats() []string { return []string{"csv", "jsonl", "xlsx"} }

// formatOf returns the format that a file's name asks for, csv where it asks for
// none that is known.
func formatOf(file string) string {
	end := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	if slices.Contains(formats(), end) {
		return end
	}
	return "csv"
}

func (e exporting) check(a *app) error {
	switch {
	case !slices.Contains(formats(), e.format):
		return fmt.Errorf("--format: want %s, have %q", strings.Join(formats(), ", "), e.format)
	case e.options.Excel && e.format != "csv":
		return fmt.Errorf("--excel: is for csv, have --format %s", e.format)
	case e.options.Raw && e.format != "csv":
		return fmt.Errorf("--raw: is for csv, have --format %s", e.format)
	case e.format == "xlsx" && e.file == "-" && isTerminal(a.out):
		return errors.New("--format xlsx: is nothing for a terminal; name a file with -o")
	}
	for _, name := range e.options.Columns {
		if all := slices.Concat(export.Columns(), export.Asked()); !slices.Contains(all, name) {
			return fmt.Errorf("--columns: want some of %s, have %q", strings.Join(all, ", "), name)
		}
	}
	return nil
}

func (a *app) export(ctx context.Context, e exporting, f filter) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	c, err := newCorpus(ctx, s, f)
	if err != nil {
		return err
	}
	if e.file == "-" {
		return e.write(ctx, a.out, c)
	}
	if err := e.writeFile(ctx, c, time.Now()); err != nil {
		return fmt.Errorf("write %s: %w", e.file, err)
	}
	if !a.quiet {
		fmt.Fprintf(a.errOut, "%d findings written to %s\n", c.pass.rows, e.file)
	}
	return nil
}

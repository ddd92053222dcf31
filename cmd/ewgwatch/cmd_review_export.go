package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/export"
	"ewgwatch/review"
	"ewgwatch/store"
)

// reviewExport says what goes to an analyst.
type reviewExport struct {
	file, fixtures, by string
	excel              bool
	filter             filter
}

func (a *app) reviewExportCommand() *cobra.Command {
	var e reviewExport
	var c choice
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Write a sheet of findings for an analyst to judge",
		Long: `export writes findings as CSV with columns for an analyst to fill in:
  review_ruling  accept, reject or correct; empty for findings not looked at
  review_state, review_stance, review_event  the right value, where the ruling is
                 correct; an event of - is none
  review_why     the reason to reject or to correct
What the machine read, and the column machine, are to stay as they are. With --by
the words of that analyst are filled in and nobody else's, so that two can judge
without seeing each other; without it the words that hold are.
--fixtures writes, for every finding that was rejected or corrected, the skeleton of
a test: a page that is read wrongly today. Its quote is foreign, reword it.`,
		Example: `  ewgwatch review export --by ada --excel -o ada.csv
  ewgwatch review export --state LA --since 2026-11-01 -o laos.csv
  ewgwatch review export --fixtures extract/testdata/stance`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if e.filter, err = c.filter(time.Now()); err != nil {
				return err
			}
			return a.reviewExport(cmd.Context(), e)
		},
	}
	cmd.Flags().StringVarP(&e.file, "output", "o", "-", "file to write; - for standard output")
	cmd.Flags().StringVar(&e.fixtures, "fixtures", "", "folder to write fixtures into, in the place of a sheet")
	cmd.Flags().StringVar(&e.by, "by", "", "analyst whose own words are filled in")
	cmd.Flags().BoolVar(&e.excel, "excel", false, "with a byte-order mark, one line a row, times a spreadsheet reads")
	c.flags(cmd)
	return cmd
}

func (a *app) reviewExport(ctx context.Context, e reviewExport) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := e.filter.resolve(ctx, s); err != nil {
		return err
	}
	if e.fixtures != "" {
		return a.writeFixtures(e.fixtures, e.filter.findings(ctx, s))
	}
	findings, err := e.findings(ctx, s)
	if err != nil {
		return err
	}
	options := export.Options{Columns: review.Columns(), Excel: e.excel}
	if e.file == "-" {
		_, err := export.CSV(a.out, findings, options)
		return err
	}
	rows := 0
	_, err = writeWhole(e.file, 0o644, func(w io.Writer) (err error) {
		rows, err = export.CSV(w, findings, options)
		return err
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", e.file, err)
	}
	if !a.quiet {
		fmt.Fprintf(a.errOut, "%d findings written to %s\n", rows, e.file)
	}
	return nil
}

// findings yields what is asked for, with the analyst's own words in the place of
// those that hold.
func (e reviewExport) findings(ctx context.Context, s *store.Store) (iter.Seq2[ewgwatch.Finding, error], error) {
	findings := e.filter.findings(ctx, s)
	if e.by == "" {
		return findings, nil
	}
	words, err := allWords(ctx, s)
	if err != nil {
		return nil, err
	}
	by, err := analyst(e.by, words)
	if err != nil {
		return nil, err
	}
	own := map[string]ewgwatch.Review{}
	for id, said := range review.Latest(words) {
		for _, r := range said {
			if r.By == by {
				own[id] = r
			}
		}
	}
	return func(yield func(ewgwatch.Finding, error) bool) {
		for f, err := range findings {
			f.Review = own[f.ID]
			if !yield(f, err) {
				return
			}
		}
	}, nil
}

// writeFixtures writes what is not there yet: a fixture may have been worked on.
func (a *app) writeFixtures(dir string, findings iter.Seq2[ewgwatch.Finding, error]) error {
	written, there := 0, 0
	for f, err := range findings {
		if err != nil {
			return err
		}
		if f.Review.Ruling != ewgwatch.Reject && f.Review.Ruling != ewgwatch.Correct {
			continue
		}
		name, text := review.Fixture(f)
		switch err := writeNew(filepath.Join(dir, filepath.FromSlash(name)), text); {
		case errors.Is(err, fs.ErrExist):
			there++
		case err != nil:
			return err
		default:
			written++
		}
	}
	if !a.quiet {
		fmt.Fprintf(a.errOut, "%d fixtures written to %s, %d were there\n", written, dir, there)
	}
	return nil
}

func writeNew(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

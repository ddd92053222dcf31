package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/export"
	"ewgwatch/internal/plain"
	"ewgwatch/review"
	"ewgwatch/store"
)

// reviewImport says what comes back from an analyst.
type reviewImport struct {
	file, by       string
	settle, dryRun bool
	now            func() time.Time
}

func (a *app) reviewImportCommand() *cobra.Command {
	i := reviewImport{now: time.Now}
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Read the sheet that an analyst filled in",
		Long: `import reads a sheet that review export wrote and an analyst filled in, as any
spreadsheet saves it: CSV or text with tabs, UTF-8 or UTF-16. Rows without a ruling
are passed over. If a row is wrong nothing is kept, and the first twenty such rows
are listed. What the analyst says is kept beside what the machine read, and nothing
that anybody said before is lost.
Where another analyst said otherwise, the word is kept and the other's holds; where
the machine reads a finding otherwise than the sheet shows it, the row is left out.
Both are listed, and the exit code is then 3. --settle has this sheet decide them.`,
		Example: `  ewgwatch review import ada.csv --by ada --dry-run
  ewgwatch review import ada.csv --by ada
  ewgwatch review import agreed.csv --by "ada and ben" --settle`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if i.by == "" {
				return usage(errors.New("--by: want the name of the analyst"))
			}
			i.file = args[0]
			return a.reviewImport(cmd.Context(), i)
		},
	}
	cmd.Flags().StringVar(&i.by, "by", "", "name of the analyst")
	cmd.Flags().BoolVar(&i.settle, "settle", false, "where there are conflicts this sheet decides")
	cmd.Flags().BoolVar(&i.dryRun, "dry-run", false, "say what would be done, and do nothing")
	return cmd
}

func (a *app) reviewImport(ctx context.Context, i reviewImport) (err error) {
	sheet, err := readSheet(i.file)
	if err != nil {
		return err
	}
	s, done, err := a.openForReviews(ctx, i)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	known, err := knownTo(ctx, s, sheet)
	if err != nil {
		return err
	}
	by, err := analyst(i.by, known.Words)
	if err != nil {
		return err
	}
	plan := review.Decide(sheet, known, review.Options{By: by, At: i.now().UTC(), Settle: i.settle})
	if len(plan.Faults) > 0 {
		return faulty(i.file, plan.Faults)
	}
	if !i.dryRun && len(plan.Words)+len(plan.Holding) > 0 {
		if _, err := s.PutReviews(plan.Words, plan.Holding); err != nil {
			return err
		}
	}
	a.tellImport(i, by, sheet, plan)
	a.tellAgreements(slices.Concat(known.Words, plan.Words), func(x review.Agreement) bool { return x.A == by || x.B == by })
	if plan.Open() {
		return errPartial
	}
	return nil
}

func readSheet(name string) (review.Sheet, error) {
	file, err := os.Open(name)
	if err != nil {
		return review.Sheet{}, err
	}
	defer file.Close()
	sheet, err := review.Read(file, unguarded)
	var wrong review.Fault
	if errors.As(err, &wrong) {
		return sheet, fmt.Errorf("%s:%w", name, err)
	}
	if err != nil {
		return sheet, fmt.Errorf("%s: %w", name, err)
	}
	return sheet, nil
}

// unguarded takes the apostrophe from a cell that export.Guard would have put there,
// and leaves any other to the analyst who typed it.
func unguarded(cell string) string {
	if rest := export.Unguard(cell); export.Guard(rest) == cell {
		return rest
	}
	return cell
}

// openForReviews opens the database for writing, and the journal with it; for reading
// where nothing is to be written.
func (a *app) openForReviews(ctx context.Context, i reviewImport) (s *store.Store, done func() error, err error) {
	if i.dryRun {
		if s, err = a.openForReading(ctx); err != nil {
			return nil, nil, err
		}
		return s, s.Close, nil
	}
	return a.openForWriting(ctx, i.now)
}

// knownTo looks up what a sheet speaks of.
func knownTo(ctx context.Context, s *store.Store, sheet review.Sheet) (known review.Known, err error) {
	if known.Words, err = allWords(ctx, s); err != nil {
		return known, err
	}
	events, err := knownEvents(ctx, s)
	if err != nil {
		return known, err
	}
	known.Events = slices.Sorted(maps.Keys(events))
	known.Findings = map[string]ewgwatch.Finding{}
	for _, row := range sheet.Rows {
		f, is, err := s.Finding(row.Review.Finding)
		if err != nil {
			return known, err
		}
		if is {
			known.Findings[f.ID] = f
		}
	}
	return known, nil
}

// maxFaults is how many mistakes are listed before they are only counted.
const maxFaults = 20

func faulty(name string, faults []review.Fault) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: nothing was taken, as it has mistakes:", name)
	for _, f := range faults[:min(maxFaults, len(faults))] {
		fmt.Fprintf(&b, "\n  %s:%s", name, plain.Line(f.Error()))
	}
	if more := len(faults) - maxFaults; more > 0 {
		fmt.Fprintf(&b, "\n  and %d more", more)
	}
	return errors.New(b.String())
}

func (a *app) tellImport(i reviewImport, by string, sheet review.Sheet, plan review.Plan) {
	if !a.quiet {
		a.tellPassedOver(i, sheet, plan)
	}
	verb := "Kept"
	if i.dryRun {
		verb = "Would keep"
	}
	count := map[ewgwatch.Ruling]int{}
	for _, r := range plan.Words {
		count[r.Ruling]++
	}
	fmt.Fprintf(a.out, "%s %d new rulings of %s: %d accept, %d reject, %d correct; %d were said before, %d rows have none\n", verb,
		len(plan.Words), plain.Line(by), count[ewgwatch.Accept], count[ewgwatch.Reject], count[ewgwatch.Correct], plan.Repeated, sheet.Blank)
	for _, c := range plan.Conflicts {
		a.tellConflict(c)
	}
}

func (a *app) tellPassedOver(i reviewImport, sheet review.Sheet, plan review.Plan) {
	if len(sheet.Ignored) > 0 {
		fmt.Fprintf(a.errOut, "%s: columns that mean nothing here: %s\n", i.file, plain.Cut(plain.Line(strings.Join(sheet.Ignored, ", ")), 200))
	}
	for n, line := range sheet.Unruled {
		if n == maxFaults {
			fmt.Fprintf(a.errOut, "and %d more\n", len(sheet.Unruled)-n)
			break
		}
		fmt.Fprintf(a.errOut, "%s:%d: review_ruling: it is empty though a value is corrected; passed over\n", i.file, line)
	}
	if plan.Others > 0 {
		fmt.Fprintf(a.errOut, "%s: %d rows are the words of others, as reviewed_by says; passed over\n", i.file, plan.Others)
	}
}

func (a *app) tellConflict(c review.Conflict) {
	how := "left open"
	switch {
	case c.Settled:
		how = "settled"
	case c.Stale:
		how = "not taken"
	}
	fmt.Fprintf(a.out, "Conflict, %s: line %d, %s  %s\n    %s\n", how, c.Line, c.Finding.ID, claimOf(c.Finding), wordOf(c.Word))
	for _, r := range c.Against {
		fmt.Fprintf(a.out, "    %s\n", wordOf(r))
	}
	if c.Stale {
		fmt.Fprintf(a.out, "    the machine reads it otherwise than the sheet shows it: export it again\n")
	}
}

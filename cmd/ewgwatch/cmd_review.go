package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/review"
	"ewgwatch/store"
)

func (a *app) reviewCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Have analysts judge findings in a spreadsheet",
		Long: `review is the way of findings to an analyst and back: export writes a sheet, in which
an analyst accepts, rejects or corrects findings, and import reads it. What the
machine read stays beside what analysts say; the ledger believes the analysts.`,
		Example: `  ewgwatch review export --by ada --excel -o ada.csv
  ewgwatch review import ada.csv --by ada
  ewgwatch review list --conflicts
  ewgwatch review agreement`,
	}
	cmd.AddCommand(a.reviewExportCommand(), a.reviewImportCommand(), a.reviewListCommand(), a.reviewAgreementCommand())
	return cmd
}

func (a *app) reviewListCommand() *cobra.Command {
	var conflicts bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List what analysts said",
		Long: `list prints every finding that an analyst ruled on, what each analyst said of it
last, and which word holds. --conflicts leaves only those on which they differ.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.reviewList(cmd.Context(), conflicts) },
	}
	cmd.Flags().BoolVar(&conflicts, "conflicts", false, "only findings on which analysts differ")
	return cmd
}

func (a *app) reviewList(ctx context.Context, conflicts bool) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	words, err := allWords(ctx, s)
	if err != nil {
		return err
	}
	of, wanted := review.Latest(words), map[string]bool{}
	for id, said := range of {
		wanted[id] = !conflicts || slices.ContainsFunc(said, func(r ewgwatch.Review) bool { return !r.Agrees(said[0]) })
	}
	listed := 0
	for f, err := range s.Findings(ctx, store.Query{}) {
		if err != nil {
			return err
		}
		if wanted[f.ID] {
			listed++
			a.tellWords(f, of[f.ID])
		}
	}
	if listed == 0 {
		fmt.Fprintln(a.out, map[bool]string{true: "Analysts differ on nothing.", false: "No analyst said anything yet."}[conflicts])
	}
	return nil
}

func (a *app) tellWords(f ewgwatch.Finding, said []ewgwatch.Review) {
	fmt.Fprintf(a.out, "%s  %s  %s\n  “%s”\n", f.ID, claimOf(f), f.Status, plain.Cut(plain.Line(f.Quote), 100))
	for _, r := range said {
		mark := " "
		if r.By == f.Review.By && r.At.Equal(f.Review.At) {
			mark = "*" // holds
		}
		fmt.Fprintf(a.out, "  %s %s\n", mark, wordOf(r))
	}
}

// claimOf puts what the machine read in a line.
func claimOf(f ewgwatch.Finding) string {
	return fmt.Sprintf("%s %s %s", f.State, f.Stance, orDash(plain.Line(f.Event.ID)))
}

// wordOf puts what an analyst said in a line.
func wordOf(r ewgwatch.Review) string {
	values := []string{}
	for _, v := range []string{string(r.State), string(r.Stance), r.Event} {
		if v != "" {
			values = append(values, v)
		}
	}
	text := fmt.Sprintf("%s, %s: %s", r.By, r.At.UTC().Format(time.DateOnly), r.Ruling)
	if len(values) > 0 {
		text += " to " + strings.Join(values, " ")
	}
	if r.Why != "" {
		text += " (" + r.Why + ")"
	}
	return plain.Line(text)
}

func (a *app) reviewAgreementCommand() *cobra.Command {
	var between []string
	cmd := &cobra.Command{
		Use:   "agreement",
		Short: "Say how far analysts agree",
		Long: `agreement prints for every two analysts on how many findings both ruled, on how
many they agree, and Cohen's kappa (1960) over accept, reject and correct: 1 where
they always agree, 0 where they agree as chance would have it. It is not defined
where both gave one and the same ruling to everything. It means little where one
saw the rulings of the other: export with --by shows none but one's own.`,
		Example: `  ewgwatch review agreement
  ewgwatch review agreement --between ada,ben`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(between) != 0 && len(between) != 2 {
				return usage(fmt.Errorf("--between: want two names parted by a comma, have %d", len(between)))
			}
			return a.reviewAgreement(cmd.Context(), between)
		},
	}
	cmd.Flags().StringSliceVar(&between, "between", nil, "only of these two analysts")
	return cmd
}

func (a *app) reviewAgreement(ctx context.Context, between []string) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	words, err := allWords(ctx, s)
	if err != nil {
		return err
	}
	told := a.tellAgreements(words, func(x review.Agreement) bool {
		return len(between) == 0 || slices.Contains(between, x.A) && slices.Contains(between, x.B)
	})
	if told == 0 {
		fmt.Fprintln(a.out, "There is no finding on which two analysts ruled.")
	}
	return nil
}

// tellAgreements prints those that are wanted, and returns how many they were.
func (a *app) tellAgreements(words []ewgwatch.Review, wanted func(review.Agreement) bool) (told int) {
	for _, x := range review.Agreements(words) {
		if !wanted(x) {
			continue
		}
		told++
		kappa := "kappa not defined"
		if x.Defined {
			kappa = fmt.Sprintf("kappa %.2f", x.Kappa)
		}
		fmt.Fprintf(a.out, "%s and %s: both ruled on %d, agree on %d (%.0f %%), %s", plain.Line(x.A), plain.Line(x.B), x.N, x.Agreed, 100*x.Raw(), kappa)
		if x.Otherwise > 0 {
			fmt.Fprintf(a.out, "; %d corrected by both to different values", x.Otherwise)
		}
		fmt.Fprintln(a.out)
	}
	return told
}

func allWords(ctx context.Context, s *store.Store) (words []ewgwatch.Review, err error) {
	for r, err := range s.Reviews(ctx) {
		if err != nil {
			return nil, err
		}
		words = append(words, r)
	}
	return words, nil
}

// maxAnalyst is how many characters the name of an analyst may have.
const maxAnalyst = 100

// analyst returns the name of an analyst as it is kept. One who is known in another
// spelling would agree with himself.
func analyst(name string, words []ewgwatch.Review) (string, error) {
	name = review.Tidy(name)
	if name == "" || utf8.RuneCountInString(name) > maxAnalyst {
		return "", usage(fmt.Errorf("--by: want a name of 1 to %d characters, have %.40q", maxAnalyst, name))
	}
	for _, r := range words {
		if strings.EqualFold(r.By, name) && r.By != name {
			return "", usage(fmt.Errorf("--by: want the name as it is known, %q, have %q", r.By, name))
		}
	}
	return name, nil
}

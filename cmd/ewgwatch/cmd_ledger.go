package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/ledger"
	"ewgwatch/store"
)

type ledgerOptions = ledger.Options

func (a *app) ledgerCommand() *cobra.Command {
	var options ledgerOptions
	var state string
	cmd := &cobra.Command{
		Use:   "ledger",
		Short: "Print who is said to have taken part in what",
		Long: `ledger prints the matrix of states by events. A cell says what is claimed, by how
many independent sources, and whether they contradict each other; an empty cell
says why nothing is known, because no evidence is not absence. Of one state at one
event it prints everything: who says what, what was said when, what contradicts it,
and what was read that could have said more.

A line of config.yaml in the data folder asks for more:
  expect: [{event: ewgct-2026-tabletop, by: 2026-09-30}]
Below the table stands then whether a ministry has named participants by that day.`,
		Example: `  ewgwatch ledger
  ewgwatch ledger --cycle 2021-2023
  ewgwatch ledger --state SG
  ewgwatch ledger --event ewgct-2023-09-field
  ewgwatch ledger --state SG --event ewgct-2023-08-tabletop`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			options.State = ewgwatch.State(strings.ToUpper(state))
			if state != "" && !options.State.Valid() {
				return usage(fmt.Errorf("--state: want the code of a member state (BN, SG, US …), have %q", state))
			}
			return a.ledger(cmd.Context(), options)
		},
	}
	cmd.Flags().StringVar(&options.Event, "event", "", "ID of one event")
	cmd.Flags().StringVar(&options.Cycle, "cycle", "", "events of one cycle, as 2021-2023")
	cmd.Flags().StringVar(&state, "state", "", "code of one state")
	return cmd
}

func (a *app) ledger(ctx context.Context, options ledgerOptions) error {
	data, err := a.data()
	if err != nil {
		return err
	}
	settings, err := data.settings(ctx)
	if err != nil {
		return err
	}
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	matrix, err := buildLedger(ctx, s, options)
	if err != nil {
		return err
	}
	if options.State != "" && options.Event != "" {
		return a.printCell(ctx, s, matrix, options)
	}
	if err := a.printLedger(matrix, options); err != nil {
		return err
	}
	events, err := knownEvents(ctx, s)
	if err != nil {
		return err
	}
	return matrix.Expectations(a.out, standOf(matrix, settings.wishes(options), events, time.Now()), a.page())
}

func (a *app) page() ledger.TableOptions {
	return ledger.TableOptions{Width: columns(a.out), Colour: colour(a.out)}
}

func (a *app) printLedger(matrix *ledger.Ledger, options ledgerOptions) error {
	if len(matrix.Events) == 0 && (options.Event != "" || options.Cycle != "") {
		fmt.Fprintln(a.out, nothingOf(options))
		return nil
	}
	return matrix.Table(a.out, a.page())
}

// printCell prints one cell in full, also of an event that is known of and that no
// finding tells of.
func (a *app) printCell(ctx context.Context, s *store.Store, matrix *ledger.Ledger, options ledgerOptions) error {
	if len(matrix.Events) > 0 {
		return matrix.Report(a.out, options.State, matrix.Events[0], a.page())
	}
	events, err := knownEvents(ctx, s)
	if err != nil {
		return err
	}
	event, known := events[options.Event]
	if !known {
		return a.printLedger(matrix, options)
	}
	return matrix.Report(a.out, options.State, event, a.page())
}

// nothingOf says that a choice holds no event. Others may well be known.
func nothingOf(o ledgerOptions) string {
	of := fmt.Sprintf("event %q", o.Event)
	if o.Event == "" {
		of = fmt.Sprintf("an event of cycle %q", o.Cycle)
	}
	return fmt.Sprintf("No finding is tied to %s. ewgwatch ledger without it shows every event there is.", of)
}

// buildLedger reads findings and the coverage of all runs, the latest last.
func buildLedger(ctx context.Context, s *store.Store, options ledgerOptions) (*ledger.Ledger, error) {
	var runs []ewgwatch.Run
	for run, err := range s.Runs(ctx) {
		if err != nil {
			return nil, err
		}
		runs = append(runs, run)
	}
	runs, err := described(ctx, s, runs)
	if err != nil {
		return nil, err
	}
	events, err := knownEvents(ctx, s)
	if err != nil {
		return nil, err
	}
	return ledger.New(believed(s.Findings(ctx, store.Query{}), events), runs, options)
}

// described says of every source in the coverage of runs who speaks there and in
// which language, also in that of runs of before this was kept, where the source is
// still known.
func described(ctx context.Context, s *store.Store, runs []ewgwatch.Run) ([]ewgwatch.Run, error) {
	known := map[string]ewgwatch.Source{}
	for source, err := range s.Sources(ctx) {
		if err != nil {
			return nil, err
		}
		known[source.ID] = source
	}
	all := slices.Clone(runs)
	for i := range all {
		all[i].Coverage = slices.Clone(all[i].Coverage)
		for j := range all[i].Coverage {
			c := &all[i].Coverage[j]
			c.Kind, c.Lang = cmp.Or(c.Kind, known[c.Source].Kind), cmp.Or(c.Lang, known[c.Source].Lang)
		}
	}
	return all, nil
}

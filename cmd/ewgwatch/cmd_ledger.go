package main

import (
	"context"
	"fmt"
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
says why nothing is known, because no evidence is not absence.`,
		Example: `  ewgwatch ledger
  ewgwatch ledger --cycle 2021-2023
  ewgwatch ledger --state SG
  ewgwatch ledger --event ewgct-2023-09-field`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			options.State = ewgwatch.State(strings.ToUpper(state))
			if state != "" && !options.State.Valid() {
				return usage(fmt.Errorf("--state: want the code of a member state (BN, SG, US …), have %q", state))
			}
			return a.ledger(cmd.Context(), options)
		},
	}
	cmd.Flags().StringVar(&options.Event, "event", "", "one event: its ID, another name of it or part of one")
	cmd.Flags().StringVar(&options.Cycle, "cycle", "", "events of one cycle, as 2021-2023")
	cmd.Flags().StringVar(&state, "state", "", "code of one state")
	return cmd
}

func (a *app) ledger(ctx context.Context, options ledgerOptions) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	return a.printLedger(ctx, s, options)
}

func (a *app) printLedger(ctx context.Context, s *store.Store, options ledgerOptions) error {
	b, err := beliefs(ctx, s, time.Time{})
	if err != nil {
		return err
	}
	if options.Event, err = b.event("--event", options.Event); err != nil {
		return err
	}
	matrix, err := b.ledger(ctx, s, options)
	if err != nil {
		return err
	}
	if len(matrix.Events) == 0 && (options.Event != "" || options.Cycle != "") {
		fmt.Fprintln(a.out, nothingOf(options))
		return nil
	}
	return matrix.Table(a.out, ledger.TableOptions{Width: columns(a.out), Colour: colour(a.out)})
}

// nothingOf says that a choice holds no event. Others may well be known.
func nothingOf(o ledgerOptions) string {
	of := fmt.Sprintf("event %q", o.Event)
	if o.Event == "" {
		of = fmt.Sprintf("an event of cycle %q", o.Cycle)
	}
	return fmt.Sprintf("No finding is tied to %s. ewgwatch ledger without it shows every event there is.", of)
}

// buildLedger reads what is believed now and adds it up.
func buildLedger(ctx context.Context, s *store.Store, options ledgerOptions) (*ledger.Ledger, error) {
	b, err := beliefs(ctx, s, time.Time{})
	if err != nil {
		return nil, err
	}
	return b.ledger(ctx, s, options)
}

// ledger adds up the findings, with the coverage of all runs, the latest last.
func (b belief) ledger(ctx context.Context, s *store.Store, options ledgerOptions) (*ledger.Ledger, error) {
	var coverage []ewgwatch.Coverage
	for run, err := range s.Runs(ctx) {
		if err != nil {
			return nil, err
		}
		coverage = append(coverage, run.Coverage...)
	}
	return ledger.New(b.all(s.Findings(ctx, store.Query{})), coverage, options)
}

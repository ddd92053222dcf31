package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
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
	var p ledgerPrint
	var c choice
	cmd := &cobra.Command{
		Use:   "ledger",
		Short: "Print who is said to have taken part in what",
		Long: `ledger prints the matrix of states by events. A cell says what is claimed, by how
many independent sources, and whether they contradict each other; an empty cell
says why nothing is known, because no evidence is not absence. Of one event or one
state it says who says so, when and in which words; of one state at one event it
prints everything: who says what, what was said when, what contradicts it, and what
was read that could have said more.

  table  for a terminal; --event and --state list the best quote of every claim
  md     tables for GitHub, with the quotes as notes
  csv    a row a stance, as the ledger of a workbook or release has it
  json   all of it for programs; members are only ever added
  html   one page that loads nothing: matrix, time line, quotes; prints on A4
  svg    the matrix as a picture for reports

A line of config.yaml in the data folder asks for more:
  expect: [{event: ewgct-2026-tabletop, by: 2026-09-30}]
With it the ledger says whether a ministry has named participants by that day.`,
		Example: `  ewgwatch ledger
  ewgwatch ledger --cycle 2021-2023
  ewgwatch ledger --state SG
  ewgwatch ledger --event ewgct-2023-09-field
  ewgwatch ledger --state SG --event ewgct-2023-08-tabletop
  ewgwatch ledger --cycle 2021-2023 -o ledger.html
  ewgwatch ledger --as-of 2026-06-30 --format json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			p.options.State = ewgwatch.State(strings.ToUpper(p.state))
			if !cmd.Flags().Changed("format") {
				p.format = ledgerFormatOf(p.file)
			}
			if err := p.check(); err != nil {
				return usage(err)
			}
			if p.filter, err = c.filter(time.Now()); err != nil {
				return err
			}
			return a.ledger(cmd.Context(), p)
		},
	}
	p.flags(cmd)
	c.asOfFlag(cmd)
	return cmd
}

func (p *ledgerPrint) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&p.options.Event, "event", "", "one event: its ID, another name of it or part of one")
	flags.StringVar(&p.options.Cycle, "cycle", "", "events of one cycle, as 2021-2023")
	flags.StringVar(&p.state, "state", "", "code of one state")
	flags.StringVar(&p.format, "format", "table", "table, md, csv, json, html or svg; else what the name of the file ends with")
	flags.StringVarP(&p.file, "output", "o", "-", "file to write; - for standard output")
	flags.BoolVar(&p.excel, "excel", false, "CSV with a byte-order mark, one line a row")
	flags.BoolVar(&p.raw, "raw", false, "CSV without the guard against formulas")
}

func (a *app) ledger(ctx context.Context, p ledgerPrint) error {
	data, err := a.data()
	if err != nil {
		return err
	}
	settings, err := data.settings(ctx)
	if err != nil {
		return err
	}
	p.expect = settings.Expect
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	c, err := newCorpus(ctx, s, p.filter)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return p.write(ctx, w, c, time.Now()) }
	switch {
	case p.file == "-":
		return write(a.out)
	case isPipe(p.file):
		err = writePipe(p.file, write)
	default:
		_, err = writeWhole(p.file, 0o644, write)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", p.file, err)
	}
	return nil
}

// printLedger prints a part of the ledger for a terminal.
func (a *app) printLedger(matrix *ledger.Ledger, options ledgerOptions) error {
	return ledgerPrint{options: options}.table(a.out, matrix, nil)
}

// nothingOf says that a choice holds no event. Others may well be known.
func nothingOf(o ledgerOptions) string {
	of := fmt.Sprintf("event %q", o.Event)
	if o.Event == "" {
		of = fmt.Sprintf("an event of cycle %q", o.Cycle)
	}
	return fmt.Sprintf("No finding is tied to %s. ewgwatch ledger without it shows every event there is.", of)
}

// buildLedger adds up what is believed now.
func buildLedger(ctx context.Context, s *store.Store, options ledgerOptions) (*ledger.Ledger, error) {
	c, err := newCorpus(ctx, s, filter{})
	if err != nil {
		return nil, err
	}
	unwatched := func(findings iter.Seq2[ewgwatch.Finding, error]) iter.Seq2[ewgwatch.Finding, error] { return findings }
	return c.ledgerOf(ctx, options, unwatched)
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

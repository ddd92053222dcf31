package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"iter"
	"strconv"
	"time"

	"ewgwatch"
	"ewgwatch/export"
	"ewgwatch/ledger"
	"ewgwatch/store"
)

// corpus is what files are written of: the findings asked for, and the runs that
// stand behind them.
type corpus struct {
	store  *store.Store
	filter filter
	belief belief
	runs   []ewgwatch.Run // those begun by then
	pass   pass           // over the findings, the one last begun
	sum    string         // of the findings that the ledger rests on
}

// newCorpus reads the runs and understands names in the filter.
func newCorpus(ctx context.Context, s *store.Store, f filter) (*corpus, error) {
	if err := f.resolve(ctx, s); err != nil {
		return nil, err
	}
	c := &corpus{store: s, filter: f, belief: f.belief}
	for run, err := range s.Runs(ctx) {
		if err != nil {
			return nil, err
		}
		if c.by(run.StartedAt) {
			c.runs = append(c.runs, c.known(run))
		}
	}
	return c, nil
}

// by reports whether a moment had come when the corpus is asked for.
func (c *corpus) by(at time.Time) bool {
	return c.filter.query.AsOf.IsZero() || !at.After(c.filter.query.AsOf)
}

// known returns of a run what was known of it then: what a run saw is told at its
// end.
func (c *corpus) known(run ewgwatch.Run) ewgwatch.Run {
	if run.EndedAt.IsZero() || c.by(run.EndedAt) {
		return run
	}
	run.EndedAt, run.Complete, run.Coverage = time.Time{}, false, nil
	return run
}

// findings begins a pass over the findings.
func (c *corpus) findings(ctx context.Context) iter.Seq2[ewgwatch.Finding, error] {
	c.pass = newPass()
	return c.pass.watch(c.filter.findings(ctx, c.store))
}

// standing returns what all findings of a claim say together, those that the filter
// leaves out among them: less is asked for, not less is known.
func (c *corpus) standing(ctx context.Context) (func(ewgwatch.Claim) ewgwatch.Standing, error) {
	states := c.filter.states
	if len(states) == 0 {
		states = ewgwatch.States()
	}
	all, err := standings(ctx, c.store, c.belief, states, c.filter.query.AsOf)
	return func(claim ewgwatch.Claim) ewgwatch.Standing { return all[claim] }, err
}

// ledger adds up all findings.
func (c *corpus) ledger(ctx context.Context) (*ledger.Ledger, error) {
	p := newPass()
	matrix, err := c.ledgerOf(ctx, ledgerOptions{}, p.watch)
	c.sum = p.sum()
	return matrix, err
}

// ledgerOf adds up all findings, watched as they stand in the database, and returns a
// part of what that gives.
func (c *corpus) ledgerOf(ctx context.Context, part ledgerOptions, watch func(iter.Seq2[ewgwatch.Finding, error]) iter.Seq2[ewgwatch.Finding, error]) (*ledger.Ledger, error) {
	runs, err := described(ctx, c.store, c.runs)
	if err != nil {
		return nil, err
	}
	findings := watch(c.store.Findings(ctx, store.Query{AsOf: c.filter.query.AsOf}))
	return ledger.New(c.belief.all(findings), runs, part)
}

// tables returns the findings and what goes beside them.
func (c *corpus) tables(ctx context.Context, options export.Options) ([]export.Table, error) {
	matrix, err := c.ledger(ctx)
	if err != nil {
		return nil, err
	}
	options.Standing, options.Believed = matrix.Standing, c.belief.finding
	findings, err := export.Findings(c.findings(ctx), options)
	if err != nil {
		return nil, err
	}
	sources, err := c.sourceTable(ctx)
	if err != nil {
		return nil, err
	}
	return []export.Table{findings, c.ledgerTable(matrix), sources}, nil
}

// pass is what a pass over findings has met.
type pass struct {
	rows   int
	last   ewgwatch.Finding
	of     map[string]int // by Source.ID
	digest hash.Hash      // of what they are and when they changed
	line   []byte         // room for that
}

func newPass() pass { return pass{digest: sha256.New(), of: map[string]int{}} }

func (p *pass) watch(findings iter.Seq2[ewgwatch.Finding, error]) iter.Seq2[ewgwatch.Finding, error] {
	return func(yield func(ewgwatch.Finding, error) bool) {
		for f, err := range findings {
			if err == nil {
				p.rows++
				p.last = f
				p.of[f.Source.ID]++
				p.line = append(append(p.line[:0], f.ID...), ' ')
				p.line = append(strconv.AppendInt(p.line, f.FoundAt.UnixNano(), 10), ' ')
				p.line = append(strconv.AppendInt(p.line, f.ChangedAt.UnixNano(), 10), '\n')
				p.digest.Write(p.line)
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

func (p *pass) sum() string { return hex.EncodeToString(p.digest.Sum(nil)) }

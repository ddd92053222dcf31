package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/archive"
	"ewgwatch/internal/plain"
	"ewgwatch/store"
)

func (a *app) verifyCommand() *cobra.Command {
	var only []string
	var log bool
	var head string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Hold every finding against its archived bytes",
		Long: `verify takes every finding's page out of the archive again, recomputes its SHA-256,
reads it anew as the run that found it did, and looks whether the quote still stands
where it was found. Without --finding it reads all else in the archive too. It lists
what does not hold and exits with 1 if anything does not. It needs no network and
writes nothing. With --log it holds the log of runs against itself, the archive files
that it names, and the time stamps of its lines.`,
		Example: `  ewgwatch verify
  ewgwatch verify --finding f_0123456789abcdef0123456789abcdef
  ewgwatch verify --log`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if log || head != "" {
				return a.verifyLog(cmd.Context(), head)
			}
			return a.verify(cmd.Context(), only)
		},
	}
	cmd.Flags().BoolVar(&log, "log", false, "verify the log of runs instead")
	cmd.Flags().StringVar(&head, "head", "", "SHA-256 that the last line of the log had once; implies --log")
	cmd.Flags().StringSliceVar(&only, "finding", nil, "ID of a finding; several may be given")
	return cmd
}

// errUnproved ends a verification that said already what does not hold.
var errUnproved = errors.New("not everything holds")

func (a *app) verify(ctx context.Context, only []string) error {
	data, err := a.data()
	if err != nil {
		return err
	}
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	findings, err := wanted(ctx, s, only)
	if err != nil {
		return err
	}
	v, err := a.newVerification(ctx, data, s)
	if err == nil {
		err = v.run(ctx, findings)
	}
	if err == nil && len(only) == 0 {
		err = v.archive(ctx)
	}
	v.job.stop()
	if err != nil {
		return err
	}
	return v.tell(a)
}

// wanted yields the findings of these IDs, all of them where none is given.
func wanted(ctx context.Context, s *store.Store, only []string) (func(func(ewgwatch.Finding, error) bool), error) {
	if len(only) == 0 {
		return s.Findings(ctx, store.Query{}), nil
	}
	var found []ewgwatch.Finding
	for _, id := range only {
		f, err := findingOf(s, id)
		if err != nil {
			return nil, err
		}
		found = append(found, f)
	}
	return func(yield func(ewgwatch.Finding, error) bool) {
		for _, f := range found {
			if !yield(f, nil) {
				return
			}
		}
	}, nil
}

// findingOf is the finding of an ID that a person gave, or took out of a file.
func findingOf(s *store.Store, id string) (ewgwatch.Finding, error) {
	id = strings.TrimSpace(id)
	f, known, err := s.Finding(id)
	if err == nil && !known {
		err = usage(fmt.Errorf("finding %q: there is none of this ID; ewgwatch export lists them", id))
	}
	return f, err
}

// verification holds findings against the archive, on all cores.
type verification struct {
	recapture *recapture
	job       *longJob

	mu     sync.Mutex
	count  [proofs]int
	faults []fault
	damage []error // of the archive
	err    error   // of the program, not of the evidence
}

func (a *app) newVerification(ctx context.Context, data folder, s *store.Store) (*verification, error) {
	r, err := newRecapture(ctx, data, s)
	if err != nil {
		return nil, err
	}
	return &verification{recapture: r, job: a.newLongJob("verifying findings")}, nil
}

// run takes the findings of one page together: they were found one after the
// other.
func (v *verification) run(ctx context.Context, findings func(func(ewgwatch.Finding, error) bool)) error {
	pages := make(chan []ewgwatch.Finding)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for page := range pages {
				v.page(ctx, page)
			}
		})
	}
	var page []ewgwatch.Finding
	var err error
	for f, flaw := range findings {
		if err = flaw; err != nil {
			break
		}
		if len(page) > 0 && page[0].Capture != f.Capture {
			pages <- page
			page = nil
		}
		page = append(page, f)
	}
	if len(page) > 0 {
		pages <- page
	}
	close(pages)
	workers.Wait()
	return cmp.Or(err, v.err)
}

func (v *verification) page(ctx context.Context, findings []ewgwatch.Finding) {
	all, err := v.recapture.prove(ctx, findings)
	v.mu.Lock()
	defer v.mu.Unlock()
	if err != nil {
		v.err = err
		return
	}
	v.job.add(len(findings))
	for _, f := range all {
		v.count[f.proof]++
		if f.proof.broken() {
			v.faults = append(v.faults, f)
		}
	}
}

// archive looks for damage in what no finding cites.
func (v *verification) archive(ctx context.Context) error {
	for err := range archive.Damage(ctx, v.recapture.dir) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		v.damage = append(v.damage, err)
	}
	return nil
}

// tell prints what does not hold, and how much does.
func (v *verification) tell(a *app) error {
	slices.SortFunc(v.faults, func(x, y fault) int {
		return cmp.Or(x.finding.FoundAt.Compare(y.finding.FoundAt), cmp.Compare(x.finding.ID, y.finding.ID))
	})
	for _, f := range v.faults {
		fmt.Fprintf(a.out, "%s  %s %s  %s\n  quote     “%s”\n  page      %s\n  evidence  %s: %s\n", f.finding.ID, f.finding.State, f.finding.Stance,
			f.finding.FoundAt.Format("2006-01-02"), plain.Line(plain.Cut(f.finding.Quote, 200)), plain.Line(f.finding.URL), f.proof.fault(), plain.Line(f.why))
	}
	for _, err := range v.damage {
		fmt.Fprintf(a.out, "damaged in the archive: %s\n", plain.Line(err.Error()))
	}
	total := 0
	for _, n := range v.count {
		total += n
	}
	if !a.quiet {
		fmt.Fprintf(a.out, "%d findings were held against the archive:\n", total)
		for p, n := range v.count {
			if n > 0 {
				fmt.Fprintf(a.out, "  %d %s\n", n, proof(p))
			}
		}
	}
	if len(v.faults) > 0 || len(v.damage) > 0 {
		return fmt.Errorf("%w: %d of %d findings are not proved; the archive is damaged in %d places", errUnproved, len(v.faults), total, len(v.damage))
	}
	return nil
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch/extract"
	"ewgwatch/store"
)

func (a *app) rederiveCommand() *cobra.Command {
	var o rederiveOptions
	cmd := &cobra.Command{
		Use:   "rederive",
		Short: "Read the archive again by today's rules, and tell what changes",
		Long: `rederive reads every archived page again by the rules of this program, as if they had
been its rules from the beginning, and tells which findings would be added, lost or
changed. Nothing is written without --write. A lost finding is withdrawn, never
deleted; an added one counts as found now and is news to nobody. Where a finding of
a release would be lost, the exit code is 1, and nothing is written unless
--lose-released says so.`,
		Example: `  ewgwatch rederive
  ewgwatch rederive --json > differences.jsonl
  ewgwatch rederive --write`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.rederive(cmd.Context(), o, time.Now()) },
	}
	cmd.Flags().BoolVar(&o.write, "write", false, "write the differences")
	cmd.Flags().BoolVar(&o.lose, "lose-released", false, "write them even where a released finding is lost")
	cmd.Flags().BoolVar(&o.json, "json", false, "tell them as JSON, one object a line")
	return cmd
}

type rederiveOptions struct{ write, lose, json bool }

// errReleasedLost ends a rederivation that told already what is lost.
var errReleasedLost = errors.New("findings of a release would be lost")

func (a *app) rederive(ctx context.Context, o rederiveOptions, now time.Time) (err error) {
	data, err := a.data()
	if err != nil {
		return err
	}
	s, done, err := a.openToRederive(ctx, data, o.write)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	r := &rederivation{app: a, data: data, store: s}
	if err := r.run(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	if err := a.tellRederived(r, o); err != nil {
		return err
	}
	lost, err := r.released()
	if err != nil {
		return err
	}
	for _, name := range lost {
		fmt.Fprintf(a.errOut, "Lost of a release: %s\n", name)
	}
	switch {
	case len(lost) > 0 && !(o.write && o.lose):
		return fmt.Errorf("%w; nothing was written", errReleasedLost)
	case !o.write:
		return nil
	case len(r.damaged) > 0:
		return errors.New("the archive is damaged, so that what seems lost may not be; nothing was written")
	}
	return r.write(ctx, now)
}

// openToRederive opens the database: with its journal where it is to be written.
func (a *app) openToRederive(ctx context.Context, data folder, write bool) (*store.Store, func() error, error) {
	if !write {
		s, err := a.openForReading(ctx)
		if err != nil {
			return nil, nil, err
		}
		return s, s.Close, nil
	}
	h, err := a.hold(ctx, data, time.Now, nil, 0)
	if err != nil {
		return nil, nil, err
	}
	return h.store, h.close, nil
}

func (a *app) tellRederived(r *rederivation, o rederiveOptions) error {
	for _, err := range r.damaged {
		fmt.Fprintf(a.errOut, "Damaged in the archive: %v\n", err)
	}
	var count [3]int
	out := json.NewEncoder(a.out)
	for _, d := range r.differences {
		count[d.kind]++
		if !o.json {
			d.tell(a.out)
		} else if err := out.Encode(d.object()); err != nil {
			return err
		}
	}
	if a.quiet {
		return nil
	}
	to := a.out
	if o.json {
		to = a.errOut
	}
	fmt.Fprintf(to, "%d archived pages were read again by rules %s in %s, %.0f/s: %d findings added, %d lost, %d changed\n", r.pages, extract.Rules(),
		r.took.Round(10*time.Millisecond), float64(r.pages)/max(r.took.Seconds(), 0.001), count[isAdded], count[isLost], count[isChanged])
	if r.kept > 0 {
		fmt.Fprintf(to, "%d findings cannot be read again, as no copy of their page is kept or it is damaged, and stay as they are\n", r.kept)
	}
	return nil
}

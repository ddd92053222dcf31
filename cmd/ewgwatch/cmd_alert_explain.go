package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/store"
)

func (a *app) alertExplainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain FINDING",
		Short: "Say who was told of a finding, and why others were not",
		Long: `explain prints a line for every subscription: the name of the rule that decided, and
what it means. It looks at the claim that the finding makes, as that is what is told,
once, however many findings make it.`,
		Example: `  ewgwatch alert explain f_5b0c…   an ID out of ewgwatch export or a message`,
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.alertExplain(cmd.Context(), args[0]) },
	}
}

func (a *app) alertExplain(ctx context.Context, id string) error {
	r, err := a.openRoll(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	if len(r.all) == 0 {
		return a.say("There are no subscriptions; ewgwatch subscribe add makes one.\n")
	}
	if r.store == nil {
		return usage(fmt.Errorf("want the ID of a finding, have %.80q: nothing was crawled yet", id))
	}
	finding, known, err := r.store.Finding(id)
	if err != nil {
		return err
	}
	if !known {
		return usage(fmt.Errorf("want the ID of a finding, as ewgwatch export has it, have %.80q", id))
	}
	return a.explainTo(ctx, r.store, r.all, finding)
}

func (a *app) explainTo(ctx context.Context, s *store.Store, all []ewgwatch.Subscription, finding ewgwatch.Finding) error {
	i, err := newInformed(ctx, s, all, time.Now())
	if err != nil {
		return err
	}
	var changes []ewgwatch.Change
	for change, err := range s.Changes(ctx) {
		if err != nil {
			return err
		}
		changes = append(changes, change)
	}
	facts, err := i.facts(ctx, changes, finding)
	if err != nil {
		return err
	}
	right, wide := i.belief.finding(finding), 0
	for _, sub := range all {
		wide = min(max(wide, plain.Width(sub.Name)), 30)
	}
	fmt.Fprintf(a.out, "%s %s %s: “%s”\n", right.State, right.Stance, orDash(plain.Line(right.Event.ID)), plain.Cut(plain.Line(finding.Quote), 200))
	for _, e := range i.book(all).Explain(i.belief.kept(finding), facts) {
		name := plain.Pad(plain.Cut(plain.Line(e.Subscription), wide), wide)
		if _, err := fmt.Fprintf(a.out, "%s  %-18s  %s\n", name, e.Reason, plain.Line(e.Text)); err != nil {
			return err
		}
	}
	return nil
}

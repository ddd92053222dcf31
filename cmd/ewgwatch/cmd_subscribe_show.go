package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

func (a *app) subscribeShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "Show all of a subscription, and how much it is owed",
		Args:  cobra.ExactArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return a.subscribeShow(cmd.Context(), args[0]) },
	}
}

func (a *app) subscribeShow(ctx context.Context, name string) error {
	r, err := a.openRoll(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	sub, err := r.named(name)
	if err != nil {
		return err
	}
	count, err := r.count(ctx, name)
	if err != nil {
		return err
	}
	line := subscriptionJSONOf(sub)
	from := "ewgwatch subscribe add"
	if sub.FromFile {
		from = r.folder.config()
	}
	for _, row := range [][2]string{
		{"name", line.Name}, {"made by", from}, {"since", orDash(line.Since)}, {"served", serving(sub)}, {"wants", interestText(sub.Interest)},
		{"steps", orDash(strings.Trim(fmt.Sprint(line.Steps), "[]"))}, {"rhythm", line.Rhythm}, {"quiet", orDash(line.Quiet)}, {"language", line.Lang}, {"grouping", line.Group},
		{"channels", strings.Join(line.Channels, " ")},
		{"alerts", fmt.Sprintf("%d sent in the last 90 days, %d owed, %d dead", count[ewgwatch.Sent], count[ewgwatch.Owed], count[ewgwatch.Dead])},
	} {
		if _, err := fmt.Fprintf(a.out, "%-9s %s\n", row[0], plain.Line(row[1])); err != nil {
			return err
		}
	}
	return nil
}

// count counts the alerts of a subscription.
func (r roll) count(ctx context.Context, name string) (map[ewgwatch.AlertState]int, error) {
	count := map[ewgwatch.AlertState]int{}
	if r.store == nil {
		return count, nil
	}
	for one, err := range r.store.Alerts(ctx, "") {
		if err != nil {
			return nil, err
		}
		if one.Subscription == name {
			count[one.State]++
		}
	}
	return count, nil
}

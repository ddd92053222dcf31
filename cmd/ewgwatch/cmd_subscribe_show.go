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
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	data, err := a.data()
	if err != nil {
		return err
	}
	sub, err := a.named(ctx, s, data, name)
	if err != nil {
		return err
	}
	count := map[ewgwatch.AlertState]int{}
	for one, err := range s.Alerts(ctx, "") {
		if err != nil {
			return err
		}
		if one.Subscription == name {
			count[one.State]++
		}
	}
	line := subscriptionJSONOf(sub)
	from := "ewgwatch subscribe add"
	if sub.FromFile {
		from = data.config()
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

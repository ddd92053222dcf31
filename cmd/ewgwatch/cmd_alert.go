package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
)

func (a *app) alertCommand() *cobra.Command {
	var fetch fetchFlags
	var atMost time.Duration
	cmd := &cobra.Command{
		Use:   "alert",
		Short: "Deliver the alerts that are due, and tell what was sent",
		Long: `alert decides who is to hear of what changed since the last crawl (a review, a
correction) and delivers what is due. What fails is tried again, longer and longer
apart, for three days; then it is dead, and ewgwatch alert replay tries it anew. It
is 0 where all that is due was taken, 3 where not.`,
		Example: `  ewgwatch alert                          deliver what is due; from cron between two nights
  ewgwatch alert list --owed              what waits
  ewgwatch alert explain f_5b0c…          who was told of a finding, and why others were not
  ewgwatch alert replay --since 2023-09-01`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			options, err := fetch.options()
			if err != nil {
				return err
			}
			return a.alert(cmd.Context(), alertOptions{allow: options.AllowAddresses, atEnd: atMost})
		},
	}
	fetch.registerAllowed(cmd)
	cmd.Flags().DurationVar(&atMost, "for", 10*time.Minute, "deliver for so long at most")
	cmd.AddCommand(a.alertListCommand(), a.alertShowCommand(), a.alertReceiptsCommand(), a.alertReplayCommand(), a.alertExplainCommand(), a.alertSchemaCommand())
	return cmd
}

func (a *app) alert(ctx context.Context, options alertOptions) (err error) {
	if options.atEnd <= 0 {
		return usage(fmt.Errorf("--for: want a time to deliver in, have %s", options.atEnd))
	}
	h, err := a.holdKnown(ctx, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	d, err := a.openDesk(ctx, h, options)
	if err != nil {
		return err
	}
	if err := d.plan(ctx); err != nil {
		return err
	}
	done, err := d.deliver(ctx)
	if err != nil {
		return err
	}
	return a.tellDelivered(done)
}

func (a *app) tellDelivered(done *delivery) error {
	text := "Alerts: " + done.String() + "."
	if done.silent {
		text = "There are no subscriptions; ewgwatch subscribe add makes one."
	}
	if done.dead > 0 {
		text += fmt.Sprintf("\nDead are %d: ewgwatch alert list --dead shows them, ewgwatch alert replay tries them again.", done.dead)
	}
	if err := a.say("%s\n", text); err != nil {
		return err
	}
	if !done.whole() {
		return errPartial
	}
	return nil
}

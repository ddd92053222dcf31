package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/store"
)

func (a *app) subscribeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "subscribe",
		Short: "Say who wants to hear of what, how and when",
		Long: `subscribe keeps subscriptions: a filter, channels, a rhythm. What a crawl finds is told
at its end to all whom it interests, each claim once; ewgwatch alert delivers what is
due later. Subscriptions can as well stand in config.yaml of the data folder, see
docs/alerts.md. Secrets are written as ${env:NAME} or ${file:PATH}, never as they are.`,
		Example: `  ewgwatch subscribe add "Mekong desk" --state LA,MM --stance declined,absent --channel mailto:desk@example.org
  ewgwatch subscribe add hook --channel 'https://example.org/${env:HOOK}' --secret env:HOOK_KEY --coverage
  ewgwatch subscribe test "Mekong desk"`,
	}
	cmd.AddCommand(a.subscribeAddCommand(), a.subscribeListCommand(), a.subscribeShowCommand(), a.subscribeRemoveCommand(),
		a.subscribePauseCommand("pause", true), a.subscribePauseCommand("resume", false), a.subscribeTestCommand())
	return cmd
}

func (a *app) subscribeRemoveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "remove NAME",
		Short: "Remove a subscription, with all that it is owed",
		Long: `remove drops a subscription: nothing is sent to it any more, nor what it is owed
already. What was sent stays in the receipts.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.subscribeRemove(cmd.Context(), args[0]) },
	}
}

func (a *app) subscribeRemove(ctx context.Context, name string) (err error) {
	s, done, err := a.openForWriting(ctx, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if _, err := a.own(ctx, s, name); err != nil {
		return err
	}
	if _, err := s.RemoveSubscription(name); err != nil {
		return err
	}
	return a.say("Removed %q. What was sent to it stays in ewgwatch alert receipts.\n", name)
}

func (a *app) subscribePauseCommand(use string, pause bool) *cobra.Command {
	cmd := &cobra.Command{
		Use:   use + " NAME",
		Short: "Send a subscription nothing, until it is resumed",
		Long: `pause keeps a subscription and sends it nothing. What comes meanwhile is never owed
to it; what it was owed already is sent.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.subscribePause(cmd.Context(), args[0], pause) },
	}
	if !pause {
		cmd.Short, cmd.Long = "Send a subscription what comes from now on", "resume ends a pause. What came meanwhile is not told."
	}
	return cmd
}

func (a *app) subscribePause(ctx context.Context, name string, pause bool) (err error) {
	s, done, err := a.openForWriting(ctx, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	sub, err := a.own(ctx, s, name)
	if err != nil {
		return err
	}
	sub.Paused = pause
	if err := s.PutSubscription(sub); err != nil {
		return err
	}
	if pause {
		return a.say("Paused %q. ewgwatch subscribe resume ends that; what comes meanwhile is not told.\n", name)
	}
	return a.say("Resumed %q.\n", name)
}

// own returns a subscription that a command may change: those of config.yaml are
// changed there.
func (a *app) own(ctx context.Context, s *store.Store, name string) (ewgwatch.Subscription, error) {
	data, err := a.data()
	if err != nil {
		return ewgwatch.Subscription{}, err
	}
	sub, err := a.named(ctx, s, data, name)
	if err == nil && sub.FromFile {
		err = usage(fmt.Errorf("subscription %q: want one made by ewgwatch subscribe add, have one of %s: change it there", name, data.config()))
	}
	return sub, err
}

// named returns the subscription of a name.
func (a *app) named(ctx context.Context, s *store.Store, data folder, name string) (ewgwatch.Subscription, error) {
	r := roll{folder: data, store: s}
	var err error
	if r.settings, err = data.settings(ctx); err != nil {
		return ewgwatch.Subscription{}, err
	}
	if r.all, _, err = subscriptions(ctx, s, data, r.settings); err != nil {
		return ewgwatch.Subscription{}, err
	}
	return r.named(name)
}

// say tells a person what was done, unless only results are asked for.
func (a *app) say(format string, values ...any) error {
	if a.quiet {
		return nil
	}
	_, err := fmt.Fprintf(a.out, format, values...)
	return err
}

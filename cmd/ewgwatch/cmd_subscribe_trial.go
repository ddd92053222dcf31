package main

import (
	"context"
	"fmt"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/internal/plain"
)

func (a *app) subscribeTestCommand() *cobra.Command {
	var fetch fetchFlags
	cmd := &cobra.Command{
		Use:   "test NAME",
		Short: "Send a test message now, and print what each receiver said",
		Long: `test sends a message through every channel of a subscription, whatever its rhythm and
quiet hours, and prints what each receiver said. It is 1 where one did not take it.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := fetch.options()
			if err != nil {
				return err
			}
			return a.subscribeTest(cmd.Context(), args[0], options.AllowAddresses)
		},
	}
	fetch.registerAllowed(cmd)
	return cmd
}

func (a *app) subscribeTest(ctx context.Context, name string, allow []netip.Prefix) error {
	r, err := a.openRoll(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	sub, err := r.named(name)
	if err != nil {
		return err
	}
	d := &desk{
		held: &held{folder: r.folder, now: time.Now, store: r.store}, app: a, options: alertOptions{allow: allow},
		settings: r.settings, subscriptions: map[string]ewgwatch.Subscription{name: sub},
	}
	trial, options := newTrial(sub, time.Now()), d.courierOptions()
	options.Quiet = nil // who asks for a test waits for it
	if _, err := send.New(trial, options).Deliver(ctx); err != nil {
		return err
	}
	return trial.tell(a)
}

// trial is an outbox of test messages, each of which is tried once.
type trial struct {
	mu     sync.Mutex
	alerts []ewgwatch.Alert
	leased int
	ended  map[string]ewgwatch.Settled
}

func newTrial(sub ewgwatch.Subscription, now time.Time) *trial {
	t := &trial{ended: map[string]ewgwatch.Settled{}}
	for i, channel := range sub.Channels {
		id := "t_" + strconv.FormatInt(now.UnixNano(), 36) + "_" + strconv.Itoa(i+1)
		t.alerts = append(t.alerts, ewgwatch.Alert{
			ID: id, Thread: id, Subscription: sub.Name, Channel: channel, Lang: messageLang(sub), Class: ewgwatch.TestMessage,
			MadeAt: now, DueAt: now, State: ewgwatch.Owed, Attempts: 1,
		})
	}
	return t
}

// LeaseAlerts gives out every message that its lane takes.
func (t *trial) LeaseAlerts(_, _ time.Time, limit int, free func(ewgwatch.Alert) bool) (all []ewgwatch.Alert, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for t.leased < len(t.alerts) && len(all) < limit && free(t.alerts[t.leased]) {
		all = append(all, t.alerts[t.leased])
		t.leased++
	}
	return all, nil
}

// SettleAlerts notes what came of them.
func (t *trial) SettleAlerts(done []ewgwatch.Settled) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, d := range done {
		t.ended[d.Alert] = d
	}
	return nil
}

// NextAlert knows of none: what failed is not tried again.
func (t *trial) NextAlert(time.Time) (due time.Time, is bool, err error) { return due, false, nil }

func (t *trial) tell(a *app) error {
	failed := 0
	for _, one := range t.alerts {
		switch d := t.ended[one.ID]; {
		case d.Receipt != nil:
			fmt.Fprintf(a.out, "%s: sent; it said: %s\n", plain.Line(one.Channel.String()), orDash(plain.Line(d.Receipt.Response)))
		case d.Why == "":
			failed++
			fmt.Fprintf(a.out, "%s: not sent: there was no time\n", plain.Line(one.Channel.String()))
		default:
			failed++
			fmt.Fprintf(a.out, "%s: not sent: %s\n", plain.Line(one.Channel.String()), plain.Line(d.Why))
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d channels did not take the message", failed, len(t.alerts))
	}
	return nil
}

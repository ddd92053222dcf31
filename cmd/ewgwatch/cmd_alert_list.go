package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/alert/message"
	"ewgwatch/internal/plain"
)

func (a *app) alertListCommand() *cobra.Command {
	var owed, sent, dead, asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List alerts: owed, sent in the last 90 days, or dead",
		Long: `list prints alerts, the oldest first: those that are owed and those that are dead,
unless it is told which. A dead one was given up; replay tries it again.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var states []ewgwatch.AlertState
			for state, asked := range map[ewgwatch.AlertState]bool{ewgwatch.Owed: owed, ewgwatch.Sent: sent, ewgwatch.Dead: dead} {
				if asked {
					states = append(states, state)
				}
			}
			if len(states) == 0 {
				states = []ewgwatch.AlertState{ewgwatch.Owed, ewgwatch.Dead}
			}
			return a.alertList(cmd.Context(), states, asJSON)
		},
	}
	cmd.Flags().BoolVar(&owed, "owed", false, "those that wait")
	cmd.Flags().BoolVar(&sent, "sent", false, "those that were sent in the last 90 days")
	cmd.Flags().BoolVar(&dead, "dead", false, "those that were given up")
	cmd.Flags().BoolVar(&asJSON, "json", false, "a JSON object a line")
	return cmd
}

func (a *app) alertList(ctx context.Context, states []ewgwatch.AlertState, asJSON bool) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	var all []ewgwatch.Alert
	for one, err := range s.Alerts(ctx, "") {
		if err != nil {
			return err
		}
		if slices.Contains(states, one.State) {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b ewgwatch.Alert) int { return cmp.Or(a.MadeAt.Compare(b.MadeAt), cmp.Compare(a.ID, b.ID)) })
	if len(all) == 0 && !asJSON {
		return a.say("There are none.\n")
	}
	for _, one := range all {
		if err := printAlert(a.out, one, asJSON); err != nil {
			return err
		}
	}
	return nil
}

// alertJSON is a contract: fields are added, never renamed.
type alertJSON struct {
	ID           string `json:"id"`
	Subscription string `json:"subscription"`
	Channel      string `json:"channel"` // without secrets
	Class        string `json:"class"`
	Thread       string `json:"thread"`
	Subject      string `json:"subject"`
	Notices      int    `json:"notices"`
	MadeAt       string `json:"made_at"`
	DueAt        string `json:"due_at"`
	RetryAt      string `json:"retry_at,omitempty"`
	State        string `json:"state"`
	Attempts     int    `json:"attempts"`
	LastError    string `json:"last_error,omitempty"`
}

func printAlert(w io.Writer, one ewgwatch.Alert, asJSON bool) error {
	line := alertJSON{
		ID: one.ID, Subscription: one.Subscription, Channel: one.Channel.String(), Class: string(one.Class), Thread: one.Thread, Notices: len(one.Notices),
		Subject: subjectOf(one), MadeAt: one.MadeAt.UTC().Format(time.RFC3339), DueAt: one.DueAt.UTC().Format(time.RFC3339), State: string(one.State), Attempts: one.Attempts,
		LastError: one.LastError,
	}
	if one.RetryAt.After(one.DueAt) && one.State == ewgwatch.Owed {
		line.RetryAt = one.RetryAt.UTC().Format(time.RFC3339)
	}
	if asJSON {
		return json.NewEncoder(w).Encode(line)
	}
	_, err := fmt.Fprintf(w, "%s  %-5s  %s  %s\n  %s\n", line.ID, line.State, plain.Line(line.Subscription), plain.Line(line.Channel), plain.Line(line.Subject))
	if line.State != string(ewgwatch.Sent) {
		due := "  due " + line.DueAt
		if line.RetryAt != "" {
			due = "  tried again at " + line.RetryAt
		}
		if line.LastError != "" {
			due += fmt.Sprintf("; failed %d times: %s", line.Attempts, plain.Line(line.LastError))
		}
		_, err2 := fmt.Fprintln(w, due)
		err = errors.Join(err, err2)
	}
	return err
}

// subjectOf returns the subject of an alert; what is wrong with it where it has none.
func subjectOf(one ewgwatch.Alert) string {
	m, err := message.Render(one, message.Options{Lang: one.Lang})
	if err != nil {
		return err.Error()
	}
	return m.Subject
}

func (a *app) alertShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Print the message of an alert as it is sent",
		Args:  cobra.ExactArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return a.alertShow(cmd.Context(), args[0]) },
	}
}

func (a *app) alertShow(ctx context.Context, id string) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	one, known, err := s.Alert(id)
	if err != nil {
		return err
	}
	if !known {
		return usage(fmt.Errorf("want the ID of an alert, as ewgwatch alert list says it, have %.80q", id))
	}
	var reader ewgwatch.Subscription
	for sub, err := range s.Subscriptions(ctx) {
		if err != nil {
			return err
		}
		if sub.Name == one.Subscription {
			reader = sub
		}
	}
	data, err := a.data()
	if err != nil {
		return err
	}
	set, err := data.settings(ctx)
	if err != nil {
		return err
	}
	m, err := message.Render(one, message.Options{Zone: reader.Zone(), Lang: one.Lang, Base: set.Base, Unsubscribe: set.Unsubscribe})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "To: %s\nSubject: %s\n\n%s", plain.Line(one.Channel.String()), m.Subject, m.Text)
	return err
}

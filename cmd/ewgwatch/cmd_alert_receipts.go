package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

func (a *app) alertReceiptsCommand() *cobra.Command {
	var since string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "receipts",
		Short: "List what was sent: when, to whom, what they answered",
		Long: `receipts prints the log of all that was ever sent, the oldest first. The hash is that
of the text that went out: a mail's text part, a webhook's body.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.alertReceipts(cmd.Context(), since, asJSON) },
	}
	cmd.Flags().StringVar(&since, "since", "", "sent on or after a day (2023-09-01) or a time (RFC 3339)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "a JSON object a line")
	return cmd
}

// receiptJSON is a contract: fields are added, never renamed.
type receiptJSON struct {
	At           string `json:"at"`
	Alert        string `json:"alert"`
	Subscription string `json:"subscription"`
	Kind         string `json:"kind"`
	To           string `json:"to"` // without secrets
	Attempts     int    `json:"attempts"`
	Response     string `json:"response"`
	SHA256       string `json:"sha256"`
	Subject      string `json:"subject"`
}

func (a *app) alertReceipts(ctx context.Context, text string, asJSON bool) error {
	since, err := moment("--since", text, false)
	if err != nil {
		return usage(err)
	}
	if since.IsZero() {
		since = time.Unix(0, 0)
	}
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	none := true
	for r, err := range s.Receipts(ctx, since) {
		if err == nil {
			err = a.printReceipt(r, asJSON)
		}
		if err != nil {
			return err
		}
		none = false
	}
	if none && !asJSON {
		return a.say("Nothing was sent.\n")
	}
	return nil
}

func (a *app) printReceipt(r ewgwatch.Receipt, asJSON bool) error {
	line := receiptJSON{
		At: r.At.UTC().Format(time.RFC3339), Alert: r.Alert, Subscription: r.Subscription, Kind: string(r.Kind), To: r.To, Attempts: r.Attempts,
		Response: r.Response, SHA256: r.SHA256, Subject: r.Subject,
	}
	if asJSON {
		return json.NewEncoder(a.out).Encode(line)
	}
	tried := ""
	if r.Attempts > 1 {
		tried = fmt.Sprintf(" (attempt %d)", r.Attempts)
	}
	_, err := fmt.Fprintf(a.out, "%s  %s  %s  %s\n  %s\n  %s%s; sha256 %.16s…\n", line.At, r.Alert, plain.Line(r.Subscription), plain.Line(r.To),
		plain.Line(r.Subject), orDash(plain.Line(r.Response)), tried, r.SHA256)
	return err
}

func (a *app) alertReplayCommand() *cobra.Command {
	var since, subscription string
	cmd := &cobra.Command{
		Use:   "replay --since DATE",
		Short: "Owe dead alerts again",
		Long: `replay has alerts that were given up be owed again, under the IDs they had. The next
crawl or ewgwatch alert delivers them; many of them as one digest.`,
		Example: `  ewgwatch alert replay --since 2023-09-01 --subscription "Mekong desk" && ewgwatch alert`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.alertReplay(cmd.Context(), since, subscription)
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "made on or after a day (2023-09-01) or a time (RFC 3339); needed")
	cmd.Flags().StringVar(&subscription, "subscription", "", "only those of one subscription")
	return cmd
}

func (a *app) alertReplay(ctx context.Context, text, subscription string) (err error) {
	since, err := moment("--since", text, false)
	if err == nil && since.IsZero() {
		err = errors.New("--since: want a day from which on dead alerts are owed again")
	}
	if err != nil {
		return usage(err)
	}
	s, done, err := a.openForWriting(ctx, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if subscription != "" {
		data, err := a.data()
		if err != nil {
			return err
		}
		if _, err := a.named(ctx, s, data, subscription); err != nil {
			return err
		}
	}
	n, err := s.ReplayAlerts(ctx, since, subscription, time.Now())
	if err != nil {
		return err
	}
	return a.say("%d alerts are owed again. ewgwatch alert delivers them.\n", n)
}

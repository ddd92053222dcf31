package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

func (a *app) subscribeListCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List every subscription",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.subscribeList(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "a JSON object a line")
	return cmd
}

func (a *app) subscribeList(ctx context.Context, asJSON bool) error {
	r, err := a.openRoll(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	all := r.all
	if len(all) == 0 && !asJSON {
		return a.say("There are no subscriptions. ewgwatch subscribe add makes one; docs/alerts.md shows how config.yaml does.\n")
	}
	wide := len("name")
	for _, sub := range all {
		wide = min(max(wide, plain.Width(sub.Name)), 30)
	}
	if !asJSON {
		fmt.Fprintf(a.out, "%s  %-6s  %-28s  %s\n", plain.Pad("name", wide), "state", "rhythm", "wants; channels")
	}
	for _, sub := range all {
		if asJSON {
			err = json.NewEncoder(a.out).Encode(subscriptionJSONOf(sub))
		} else {
			err = printSubscription(a.out, sub, wide)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func printSubscription(w io.Writer, sub ewgwatch.Subscription, wide int) error {
	_, err := fmt.Fprintf(w, "%s  %-6s  %s  %s; %s\n", plain.Pad(plain.Cut(plain.Line(sub.Name), wide), wide), serving(sub), plain.Pad(sub.Rhythm.String(), 28), plain.Line(interestText(sub.Interest)), strings.Join(channelsOf(sub), " "))
	return err
}

// serving says whether a subscription is served.
func serving(sub ewgwatch.Subscription) string {
	switch {
	case sub.Paused:
		return "paused"
	case sub.Since.IsZero(): // of config.yaml, and no crawl has met it
		return "new"
	}
	return "on"
}

func channelsOf(sub ewgwatch.Subscription) (all []string) {
	for _, c := range sub.Channels {
		all = append(all, plain.Line(c.String()))
	}
	return all
}

// subscriptionJSON is a contract: fields are added, never renamed.
type subscriptionJSON struct {
	Name           string   `json:"name"`
	States         []string `json:"states"`
	Stances        []string `json:"stances"`
	Events         []string `json:"events"`
	Kinds          []string `json:"kinds"`
	Langs          []string `json:"langs"`
	MinSources     int      `json:"min_sources"`
	Contradictions bool     `json:"contradictions"`
	Expectations   bool     `json:"expectations"`
	Coverage       bool     `json:"coverage"`
	Channels       []string `json:"channels"` // without secrets
	Rhythm         string   `json:"rhythm"`
	Quiet          string   `json:"quiet"`
	Lang           string   `json:"lang"`
	Group          string   `json:"group"`
	Steps          []int    `json:"steps"`
	Paused         bool     `json:"paused"`
	Since          string   `json:"since"`
	FromConfig     bool     `json:"from_config"`
}

func subscriptionJSONOf(sub ewgwatch.Subscription) subscriptionJSON {
	i := sub.Interest
	line := subscriptionJSON{
		Name: sub.Name, States: wordsOf(i.States), Stances: wordsOf(i.Stances), Events: wordsOf(i.Events), Kinds: wordsOf(i.Kinds), Langs: wordsOf(i.Langs),
		MinSources: max(1, i.MinSources), Contradictions: i.Contradictions, Expectations: i.Expectations, Coverage: i.Coverage,
		Channels: channelsOf(sub), Rhythm: sub.Rhythm.String(), Quiet: sub.Quiet.String(), Lang: messageLang(sub), Group: groupOf(sub),
		Steps: append([]int{}, sub.Steps...), Paused: sub.Paused, FromConfig: sub.FromFile,
	}
	if !sub.Since.IsZero() {
		line.Since = sub.Since.UTC().Format(time.RFC3339)
	}
	return line
}

func messageLang(sub ewgwatch.Subscription) string {
	if sub.Lang == "" {
		return "en"
	}
	return sub.Lang
}

func groupOf(sub ewgwatch.Subscription) string {
	if sub.Grouping == ewgwatch.ByClaim {
		return "claim"
	}
	return string(sub.Grouping)
}

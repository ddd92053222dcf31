package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/store"
)

func (a *app) healthCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "health [--json]",
		Short: "Say whether everything was read last night, and if not, what and why",
		Long: `health prints a line for each source of the last night, the worst first: its state
and since when, how much of it was read, and its pages, articles and articles on
the topic, with the usual number of the nights before in brackets. Below it stands
why, and whether that changed last night. The states:

  gone      on 5 of 7 nights: no such host, no connection, or all 404
  blocked   on 2 of 3 nights: kept out (401, 403, bot check, consent wall, paywall,
            robots.txt, too many requests) and nothing read
  degraded  on 2 of 3 nights not wholly read, or on its first; or, at once: articles
            under a third of their usual length, or many more without a date
  silent    read whole, but nothing new for 3 nights, and for twice as long as ever
  ok        read whole on the last 2 nights, or never worse

One bad night changes nothing. A night that was cut short, or on which this
machine's own network was down, counts for no source.

With --json it prints one object a line, in the same order; fields are only ever
added:
  {"source","name","state","since","was","why","run","judged","reach","outcome",
   "pages","articles","fresh","on_topic","undated","discovered","length",
   "usual":{"pages","articles","on_topic","length","undated_percent"},"verdicts":[]}
"was" is the state before, where the last night changed it; "judged" is false where
the last night does not count; "length" is the articles' median in characters; "verdicts"
are of the last 14 nights that counted: good, quiet, doubtful, poor, barred or lost.

The exit code is 0 when all of them were wholly read last night, 3 when not.`,
		Example: `  ewgwatch sources health
  ewgwatch sources health --data /srv/ewgwatch | head -20
  ewgwatch sources health --json | jq -r 'select(.was) | "\(.name): \(.was) -> \(.state), \(.why)"'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.health(cmd.Context(), asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a line")
	return cmd
}

func (a *app) health(ctx context.Context, asJSON bool) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	last, killed, err := lastNight(ctx, s)
	if err != nil {
		return err
	}
	healths, err := healthsOf(ctx, s)
	if err != nil {
		return err
	}
	rows := healthRows(last, healths)
	if asJSON {
		err = printHealthJSON(a.out, last.ID, rows)
	} else {
		printHealth(a.out, last, killed, rows)
	}
	if err == nil && (!last.Complete || !killed.IsZero()) {
		return errPartial
	}
	return err
}

// lastNight returns the latest run that ended, and when a later one began that
// never did.
func lastNight(ctx context.Context, s *store.Store) (last ewgwatch.Run, killed time.Time, err error) {
	for run, err := range s.Runs(ctx) {
		switch {
		case err != nil:
			return last, killed, err
		case run.EndedAt.IsZero():
			killed = run.StartedAt
		default:
			last, killed = run, time.Time{}
		}
	}
	return last, killed, nil
}

// healthRow is one source: what the last night saw of it, and how it has done.
type healthRow struct {
	saw    ewgwatch.Coverage
	health ewgwatch.Health
	was    ewgwatch.HealthState // before the last night; "" where that changed nothing
	judged bool                 // the last night counts for it
}

// healthRows joins a run with the healths: the worst first, of those what changed,
// then by name.
func healthRows(run ewgwatch.Run, healths map[string]ewgwatch.Health) []healthRow {
	var rows []healthRow
	for _, c := range run.Coverage {
		row := healthRow{saw: c, health: healths[c.Source]}
		if t, is := row.health.Changed(run.ID); is {
			row.was = t.From
		}
		night, _ := row.health.Last()
		row.judged = night.Run == run.ID
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(a, b healthRow) int {
		switch d := badness(a.health.State) - badness(b.health.State); {
		case d != 0:
			return d
		case (a.was != "") != (b.was != ""):
			return strings.Compare(string(b.was), string(a.was))
		}
		return strings.Compare(a.saw.Name, b.saw.Name)
	})
	return rows
}

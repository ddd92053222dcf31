package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/store"
)

func (a *app) eventsListCommand() *cobra.Command {
	var cycle string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List every event that is known",
		Long: `list prints every event, the earliest first, with the number of findings that stand
and are tied to it. Those without findings are in the catalogue, or part of another.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.eventsList(cmd.Context(), cycle, asJSON) },
	}
	cmd.Flags().StringVar(&cycle, "cycle", "", "only events of one cycle, as 2021-2023")
	cmd.Flags().BoolVar(&asJSON, "json", false, "a JSON object a line")
	return cmd
}

func (a *app) eventsList(ctx context.Context, cycle string, asJSON bool) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	b, err := beliefs(ctx, s, time.Time{})
	if err != nil {
		return err
	}
	all, err := b.book(ctx, s)
	if err != nil {
		return err
	}
	if !asJSON {
		fmt.Fprintf(a.out, "%8s  %-10s  %-8s  %-9s  %-4s  %s  %s\n", "findings", "start", "kind", "cycle", "host", plain.Pad("id", 26), "name")
	}
	listed := 0
	for _, known := range all {
		if cycle != "" && known.Cycle != cycle {
			continue
		}
		listed++
		if err := known.print(a.out, asJSON); err != nil {
			return err
		}
	}
	if listed == 0 && !asJSON {
		fmt.Fprintf(a.out, "No event of cycle %q is known. ewgwatch events list without it shows every event there is.\n", cycle)
	}
	return nil
}

// booked is an event with what else is known of it.
type booked struct {
	ID          string         `json:"id"`
	Name        string         `json:"name"`
	Aliases     []string       `json:"aliases,omitempty"`
	Kind        string         `json:"kind"`
	Place       string         `json:"place,omitempty"`
	Host        ewgwatch.State `json:"host,omitempty"`
	Start       ewgwatch.Date  `json:"start"`
	End         ewgwatch.Date  `json:"end"`
	Cycle       string         `json:"cycle,omitempty"`
	Provisional bool           `json:"provisional"`
	PartOf      string         `json:"part_of,omitempty"`
	Sources     []string       `json:"catalogue_sources,omitempty"`
	Findings    int            `json:"findings"`
}

// book returns every event, by date.
func (b belief) book(ctx context.Context, s *store.Store) ([]booked, error) {
	matrix, err := buildLedger(ctx, s, ledgerOptions{})
	if err != nil {
		return nil, err
	}
	shown := map[string]ewgwatch.Event{}
	for _, e := range matrix.Events {
		shown[e.ID] = e
	}
	count := map[string]int{}
	for f, err := range b.all(s.Findings(ctx, store.Query{})) {
		if err != nil {
			return nil, err
		}
		if stands(f) {
			count[f.Event.ID]++
		}
	}
	var all []booked
	names := newNaming(b.events)
	for _, e := range names.sorted() {
		if counted, is := shown[e.ID]; is {
			e = counted
		}
		known := booked{ID: e.ID, Name: e.Name, Kind: string(e.Kind), Place: e.Place, Host: e.Host, Start: e.Start, End: e.End, Cycle: e.Cycle,
			Provisional: e.Provisional, Aliases: names.entries[e.ID].Aliases, Sources: names.entries[e.ID].Sources, Findings: count[e.ID]}
		if whole := b.of(e).ID; whole != e.ID {
			known.PartOf = whole
		}
		all = append(all, known)
	}
	return all, nil
}

// stands reports whether a finding counts.
func stands(f ewgwatch.Finding) bool {
	return f.Status == ewgwatch.Current || f.Status == ewgwatch.Corrected
}

func (k booked) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(k)
	}
	note := ""
	if k.Provisional {
		note += " (provisional)"
	}
	if k.PartOf != "" {
		note += " (part of " + plain.Line(k.PartOf) + ")"
	}
	fmt.Fprintf(w, "%8d  %-10s  %-8s  %-9s  %-4s  %s  %s%s\n", k.Findings, orDash(k.Start.String()), orDash(plain.Line(k.Kind)), orDash(plain.Line(k.Cycle)), orDash(string(k.Host)),
		plain.Pad(plain.Line(k.ID), 26), plain.Line(k.Name), note)
	return nil
}

package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/extract"
	"ewgwatch/internal/plain"
	"ewgwatch/ledger"
	"ewgwatch/store"
)

func (a *app) eventsShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show EVENT",
		Short: "Show what is known of one event",
		Long: `show prints what is known of an event and by whom, how many findings and independent
voices say what of it, and every amendment that has to do with it.`,
		Example: `  ewgwatch events show ewgct-2023-09-field
  ewgwatch events show "12th EWG CT"`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.eventsShow(cmd.Context(), args[0]) },
	}
}

func (a *app) eventsShow(ctx context.Context, text string) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	b, err := beliefs(ctx, s, time.Time{})
	if err != nil {
		return err
	}
	event, err := newNaming(b.events).one("EVENT", text)
	if err != nil {
		return err
	}
	all, err := b.book(ctx, s)
	if err != nil {
		return err
	}
	known := all[slices.IndexFunc(all, func(k booked) bool { return k.ID == event.ID })]
	a.tellEvent(known, all)
	var of []ewgwatch.Finding
	for f, err := range b.all(s.Findings(ctx, store.Query{})) {
		if err != nil {
			return err
		}
		if stands(f) && f.Event.ID == event.ID {
			of = append(of, f)
		}
	}
	a.tellVoices(of)
	return a.tellAmendmentsOf(ctx, s, b, event.ID)
}

func (a *app) tellEvent(k booked, all []booked) {
	say := func(what, value string) { fmt.Fprintf(a.out, "%-10s %s\n", what, orUnknown(plain.Line(value))) }
	say("event", k.ID)
	say("name", k.Name)
	say("kind", k.Kind)
	say("date", spanOf(k.Start, k.End))
	say("place", k.Place)
	say("host", k.Host.Name())
	say("cycle", k.Cycle)
	if pair, is := extract.ChairsOf(k.Cycle); is {
		say("chairs", fmt.Sprintf("%s and %s (%s)", pair.ASEAN.Name(), pair.Plus.Name(), pair.Source))
	}
	if len(k.Aliases) > 0 {
		say("also", strings.Join(k.Aliases, "; "))
	}
	say("known by", knower(k))
	if k.PartOf != "" {
		say("part of", k.PartOf)
	}
	for _, other := range all {
		if other.PartOf == k.ID {
			say("with", fmt.Sprintf("%s (%s)", other.ID, other.Name))
		}
	}
}

// knower says who knows of an event.
func knower(k booked) string {
	switch {
	case len(k.Sources) > 0:
		return "the catalogue: " + strings.Join(k.Sources, "; ")
	case k.Provisional:
		return "articles; provisional, as no two independent voices describe it"
	}
	return "two independent voices, or an analyst; no catalogue"
}

func orUnknown(text string) string { return cmp.Or(text, "unknown") }

func spanOf(start, end ewgwatch.Date) string {
	if end.IsZero() || end == start {
		return start.String()
	}
	return start.String() + " to " + end.String()
}

// tellVoices prints a line a stance: how many findings and voices, on whom.
func (a *app) tellVoices(of []ewgwatch.Finding) {
	fmt.Fprintf(a.out, "findings   %d\n", len(of))
	for _, stance := range ewgwatch.Stances() {
		for _, planned := range []bool{false, true} {
			said := slices.DeleteFunc(slices.Clone(of), func(f ewgwatch.Finding) bool { return f.Stance != stance || f.Planned != planned })
			if len(said) == 0 {
				continue
			}
			word := string(stance)
			if planned {
				word += ", planned"
			}
			fmt.Fprintf(a.out, "  %-20s %3d findings, %3d independent voices: %s\n", word, len(said), ledger.Voices(said), statesOf(said))
		}
	}
}

func statesOf(findings []ewgwatch.Finding) string {
	var names []string
	for _, state := range ewgwatch.States() {
		if slices.ContainsFunc(findings, func(f ewgwatch.Finding) bool { return f.State == state }) {
			names = append(names, string(state))
		}
	}
	return strings.Join(names, " ")
}

// tellAmendmentsOf prints the amendments that have to do with an event, the undone
// among them.
func (a *app) tellAmendmentsOf(ctx context.Context, s *store.Store, b belief, id string) error {
	list, err := allAmendments(ctx, s)
	if err != nil {
		return err
	}
	touching := map[int]bool{}
	told := 0
	for _, am := range list {
		for _, event := range []string{am.Event, am.Into} {
			touching[am.Number] = touching[am.Number] || event != "" && (event == id || b.of(ewgwatch.Event{ID: event}).ID == id)
		}
		touching[am.Number] = touching[am.Number] || touching[am.Undoes]
		if !touching[am.Number] {
			continue
		}
		if told++; told == 1 {
			fmt.Fprintln(a.out, "amendments")
		}
		fmt.Fprintf(a.out, "  %s\n", amendmentLine(am, list))
	}
	return nil
}

package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/review"
	"ewgwatch/store"
)

func (a *app) eventsMergeCommand() *cobra.Command {
	m := newAmending()
	cmd := &cobra.Command{
		Use:   "merge FROM INTO",
		Short: "Say that an event is part of another, or the same",
		Long: `merge has every finding of the event FROM, also those still to come, count for the
event INTO. The findings themselves stay as they were read.`,
		Example: `  ewgwatch events merge ewgct-2022-meeting-ru ewgct-2022-07-meeting --by ada --why "one meeting"`,
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.amend(cmd.Context(), m, func(_ *store.Store, b belief) (next ewgwatch.Amendment, err error) {
				from, err1 := newNaming(b.events).one("FROM", args[0])
				into, err2 := newNaming(b.events).one("INTO", args[1])
				return ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: from.ID, Into: into.ID}, errors.Join(err1, err2)
			})
		},
	}
	m.flags(cmd)
	return cmd
}

func (a *app) eventsSplitCommand() *cobra.Command {
	m := newAmending()
	var findings []string
	var as, name string
	cmd := &cobra.Command{
		Use:   "split EVENT",
		Short: "Say that some findings of an event are of another",
		Long: `split has some findings of EVENT count for another event: a new one, whose ID says
when it was, what and by whom it was hosted as far as that is known, or one that is
known already, as when a merge went too far. Findings still to come are not split.`,
		Example: `  ewgwatch events split moscow --findings f_5b0c…,f_77e1… --as ewgct-2022-12-meeting-ru --name "Second session of 2022" --by ada --why "it was in December"`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.amend(cmd.Context(), m, func(s *store.Store, b belief) (next ewgwatch.Amendment, err error) {
				event, err := newNaming(b.events).one("EVENT", args[0])
				if err != nil {
					return next, err
				}
				next = ewgwatch.Amendment{Kind: ewgwatch.SplitEvent, Event: event.ID, Into: strings.ToLower(strings.TrimSpace(as)), Name: review.Tidy(name)}
				if next.Name == "" {
					next.Name = b.events[next.Into].Name
				}
				if err := checkPart(next); err != nil {
					return next, usage(err)
				}
				next.Findings, err = b.leaving(s, event.ID, findings)
				return next, err
			})
		},
	}
	cmd.Flags().StringSliceVar(&findings, "findings", nil, "IDs of the findings that leave")
	cmd.Flags().StringVar(&as, "as", "", "ID of the event they are of, as ewgct-2022-12-meeting-ru")
	cmd.Flags().StringVar(&name, "name", "", "what that is called")
	m.flags(cmd)
	return cmd
}

func checkPart(next ewgwatch.Amendment) error {
	if err := ewgwatch.CheckEventID(next.Into); err != nil {
		return fmt.Errorf("--as: %w", err)
	}
	if next.Name == "" {
		return fmt.Errorf("--name: want what %s is called", next.Into)
	}
	return nil
}

// leaving returns the IDs of findings, each once, and refuses those of another event.
func (b belief) leaving(s *store.Store, event string, ids []string) (all []string, err error) {
	if len(ids) == 0 {
		return nil, usage(errors.New("--findings: want the IDs of the findings that leave"))
	}
	seen := map[string]bool{}
	for _, id := range ids {
		id = strings.TrimSpace(id)
		f, is, err := s.Finding(id)
		if err != nil || !is {
			return nil, usage(errors.Join(fmt.Errorf("--findings: want the ID of a finding, have %.60q", id), err))
		}
		if of := b.finding(f).Event.ID; of != event {
			return nil, usage(fmt.Errorf("--findings: want findings of %s, have %s, which is of %s", event, id, orDash(of)))
		}
		if !seen[id] {
			all = append(all, id)
		}
		seen[id] = true
	}
	return all, nil
}

func (a *app) eventsRenameCommand() *cobra.Command {
	m := newAmending()
	cmd := &cobra.Command{
		Use:     "rename EVENT NAME",
		Short:   "Say what an event is called",
		Long:    `rename gives an event another name. Its ID stays, and its other names still find it.`,
		Example: `  ewgwatch events rename ewgct-2022-07-meeting "Moscow session, July 2022" --by ada --why "there were two"`,
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.amend(cmd.Context(), m, func(_ *store.Store, b belief) (ewgwatch.Amendment, error) {
				event, err := newNaming(b.events).one("EVENT", args[0])
				return ewgwatch.Amendment{Kind: ewgwatch.RenameEvent, Event: event.ID, Name: review.Tidy(args[1])}, err
			})
		},
	}
	m.flags(cmd)
	return cmd
}

func (a *app) eventsUndoCommand() *cobra.Command {
	m := newAmending()
	cmd := &cobra.Command{
		Use:   "undo NUMBER",
		Short: "Have an amendment count no longer",
		Long: `undo has everything be as if an amendment had never been made; log says its number.
Both stay in the log, and an undo can be undone. What was asked as of a day before it
stays as it was.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			number, err := strconv.Atoi(args[0])
			if err != nil || number < 1 {
				return usage(fmt.Errorf("want the number of an amendment, as ewgwatch events log says it, have %.40q", args[0]))
			}
			return a.amend(cmd.Context(), m, func(*store.Store, belief) (ewgwatch.Amendment, error) {
				return ewgwatch.Amendment{Kind: ewgwatch.UndoAmend, Undoes: number}, nil
			})
		},
	}
	m.flags(cmd)
	return cmd
}

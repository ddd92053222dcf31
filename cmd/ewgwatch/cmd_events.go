package main

import (
	"github.com/spf13/cobra"
)

func (a *app) eventsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "events",
		Short: "Show the events, and say which are one",
		Long: `events shows which activities are known: those of a catalogue, and those that
articles tell of and no catalogue knows, which are provisional until two independent
voices describe them. An analyst may say that two are one, that findings of one belong
to another, and what one is called. Every such amendment is kept with who made it and
why, changes no finding, and can be undone.

Where a command wants an event it takes its ID, another name of it, or a part of one
that no other event has.`,
		Example: `  ewgwatch events list --cycle 2021-2023
  ewgwatch events show sergeevsky
  ewgwatch events merge ewgct-2022-meeting-ru ewgct-2022-07-meeting --by ada --why "one meeting"
  ewgwatch events log
  ewgwatch events undo 1 --by ada --why "two after all"`,
	}
	cmd.AddCommand(a.eventsListCommand(), a.eventsShowCommand(), a.eventsMergeCommand(), a.eventsSplitCommand(), a.eventsRenameCommand(),
		a.eventsLogCommand(), a.eventsUndoCommand())
	return cmd
}

package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/internal/plain"
)

func (a *app) eventsLogCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "log",
		Short: "List what was amended, by whom and why",
		Long:  `log prints every amendment in the order in which they were made, the undone ones too.`,
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.eventsLog(cmd.Context()) },
	}
}

func (a *app) eventsLog(ctx context.Context) error {
	s, err := a.openForReading(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	list, err := allAmendments(ctx, s)
	if err != nil {
		return err
	}
	for _, am := range list {
		fmt.Fprintln(a.out, amendmentLine(am, list))
	}
	if len(list) == 0 {
		fmt.Fprintln(a.out, "No event was amended yet.")
	}
	return nil
}

// amendmentLine puts an amendment in a line, with whether it counts.
func amendmentLine(am ewgwatch.Amendment, list []ewgwatch.Amendment) string {
	text := fmt.Sprintf("%d %s, %s: %s (%s)", am.Number, am.By, am.At.UTC().Format("2006-01-02 15:04"), deed(am), am.Why)
	counts := func(other ewgwatch.Amendment) bool { return other.Number == am.Number }
	if !slices.ContainsFunc(ewgwatch.Counting(list, time.Time{}), counts) {
		text += " [undone]"
	}
	return plain.Line(text)
}

// deed says what an amendment does.
func deed(am ewgwatch.Amendment) string {
	switch am.Kind {
	case ewgwatch.MergeEvents:
		return fmt.Sprintf("merge %s into %s", am.Event, am.Into)
	case ewgwatch.SplitEvent:
		return fmt.Sprintf("split %s of %s as %s, “%s”", count(len(am.Findings), "finding"), am.Event, am.Into, am.Name)
	case ewgwatch.RenameEvent:
		return fmt.Sprintf("rename %s to “%s”", am.Event, am.Name)
	case ewgwatch.UndoAmend:
		return fmt.Sprintf("undo amendment %d", am.Undoes)
	}
	return string(am.Kind)
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"ewgwatch"
	"ewgwatch/internal/plain"
	"ewgwatch/review"
	"ewgwatch/store"
)

// amending is who amends events, and why.
type amending struct {
	by, why string
	now     func() time.Time
}

func newAmending() *amending { return &amending{now: time.Now} }

func (m *amending) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&m.by, "by", "", "name of the analyst")
	cmd.Flags().StringVar(&m.why, "why", "", "the reason, for whoever reads the log")
}

// What a person writes of an event may be this long, in characters.
const (
	maxReason    = 1000
	maxEventName = 200
)

func (m *amending) check() error {
	if m.by == "" {
		return usage(errors.New("--by: want the name of the analyst"))
	}
	if m.why = review.Tidy(m.why); m.why == "" || utf8.RuneCountInString(m.why) > maxReason {
		return usage(fmt.Errorf("--why: want a reason of 1 to %d characters, have %.40q", maxReason, m.why))
	}
	return nil
}

// amend makes one amendment, and says what it changed and how to undo it.
func (a *app) amend(ctx context.Context, m *amending, what func(*store.Store, belief) (ewgwatch.Amendment, error)) (err error) {
	if err := m.check(); err != nil {
		return err
	}
	s, done, err := a.openForWriting(ctx, m.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	before, err := beliefs(ctx, s, time.Time{})
	if err != nil {
		return err
	}
	next, err := what(s, before)
	if err != nil {
		return err
	}
	if utf8.RuneCountInString(next.Name) > maxEventName {
		return usage(fmt.Errorf("want a name of at most %d characters, have %.40q", maxEventName, next.Name))
	}
	if next, err = m.allowed(ctx, s, next); err != nil {
		return err
	}
	if next, err = s.PutAmendment(next); err != nil {
		return err
	}
	moved, err := movedBy(ctx, s, before)
	if err != nil {
		return err
	}
	a.tellAmended(next, moved)
	return nil
}

// allowed returns an amendment with who makes it and why, and refuses one that cannot
// follow those before it.
func (m *amending) allowed(ctx context.Context, s *store.Store, next ewgwatch.Amendment) (ewgwatch.Amendment, error) {
	words, err := allWords(ctx, s)
	if err != nil {
		return next, err
	}
	list, err := allAmendments(ctx, s)
	if err != nil {
		return next, err
	}
	for _, am := range list {
		words = append(words, ewgwatch.Review{By: am.By})
	}
	if next.By, err = analyst(m.by, words); err != nil {
		return next, err
	}
	next.Why = m.why
	return next, ewgwatch.CheckAmendment(list, next)
}

// movedBy counts the findings that stand and are now taken to be of another event
// than before.
func movedBy(ctx context.Context, s *store.Store, before belief) (moved int, err error) {
	after, err := beliefs(ctx, s, time.Time{})
	if err != nil {
		return 0, err
	}
	for f, err := range s.Findings(ctx, store.Query{}) {
		if err != nil {
			return 0, err
		}
		if stands(f) && before.finding(f).Event.ID != after.finding(f).Event.ID {
			moved++
		}
	}
	return moved, nil
}

func (a *app) tellAmended(made ewgwatch.Amendment, moved int) {
	fmt.Fprintf(a.out, "Amendment %d: %s. %s now of another event.\n", made.Number, plain.Line(deed(made)), are(moved))
	fmt.Fprintf(a.out, "To undo it: ewgwatch events undo %d --by NAME --why TEXT\n", made.Number)
}

func are(findings int) string {
	if findings == 1 {
		return "1 finding is"
	}
	return fmt.Sprintf("%d findings are", findings)
}

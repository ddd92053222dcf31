package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

// watch lives some nights of one source that is kept out of.
func watch(source string, nights int) (h ewgwatch.Health) {
	for i := range nights {
		h = h.After(night(i), ewgwatch.Coverage{Source: source, Name: "A", Reach: ewgwatch.ReachNone, Front: ewgwatch.Blocked,
			Outcomes: map[ewgwatch.Outcome]int{ewgwatch.Blocked: 1}, Why: "403"})
	}
	return h
}

func healths(t *testing.T, s *store.Store) (all []ewgwatch.Health) {
	t.Helper()
	for h, err := range s.Healths(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, h)
	}
	return all
}

func TestHealthComesBackAsTheRunLeftIt(t *testing.T) {
	s := open(t, store.Options{})
	var want []ewgwatch.Health
	for i := range 1100 { // over two chunks
		want = append(want, watch(fmt.Sprintf("source-%04d.test", i), 1+i%20))
	}
	if err := s.BeginRun(night(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.EndRun(ended(night(1)), want...); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, healths(t, s)); diff != "" {
		t.Error(diff)
	}
	one, err := s.Health("source-0007.test")
	if diff := cmp.Diff(want[7], one); err != nil || diff != "" {
		t.Error(err, diff)
	}
	if none, err := s.Health("never.test"); err != nil || none.State != "" {
		t.Errorf("of a source never judged: %+v, %v", none, err)
	}
	sound(t, s)
}

func TestARunThatIsRefusedMovesNoHealth(t *testing.T) {
	s := open(t, store.Options{})
	if err := s.EndRun(night(1), watch("a", 2)); err == nil || !strings.Contains(err.Error(), "not begun") {
		t.Errorf("error is %v", err)
	}
	if err := s.BeginRun(night(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.EndRun(ended(night(1)), watch("a", 2), ewgwatch.Health{}); err == nil {
		t.Error("a health of no source was kept")
	}
	if got := healths(t, s); len(got) > 0 {
		t.Errorf("have %v", got)
	}
	if got := runs(t, s); len(got) != 1 || !got[0].EndedAt.IsZero() {
		t.Errorf("runs are %v", got)
	}
}

func TestHealthsEndWithTheirContext(t *testing.T) {
	s := open(t, store.Options{})
	if err := errors.Join(s.BeginRun(night(1)), s.EndRun(ended(night(1)), watch("a", 1), watch("b", 1))); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var got []string
	for h, err := range s.Healths(ctx) {
		got = append(got, fmt.Sprint(h.Source, errors.Is(err, context.Canceled)))
	}
	if diff := cmp.Diff([]string{"true"}, got); diff != "" {
		t.Error(diff)
	}
}

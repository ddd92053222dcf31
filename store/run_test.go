package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/store"
)

func runs(t *testing.T, s *store.Store) (all []ewgwatch.Run) {
	t.Helper()
	for run, err := range s.Runs(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, run)
	}
	return all
}

func night(i int) ewgwatch.Run {
	start := noon.AddDate(0, 0, i)
	return ewgwatch.Run{ID: start.Format("20060102T150405Z"), StartedAt: start, Version: "1"}
}

func ended(r ewgwatch.Run) ewgwatch.Run {
	r.EndedAt, r.Rules, r.Complete = r.StartedAt.Add(time.Hour), "r", true
	r.Coverage = []ewgwatch.Coverage{{
		Source: "a", Name: "A", State: ewgwatch.Laos, Covers: []ewgwatch.State{ewgwatch.Laos, ewgwatch.Thailand}, Discovered: 9, Articles: 3, OnTopic: 2,
		Undated: 1, Findings: 4, Outcomes: map[ewgwatch.Outcome]int{ewgwatch.New: 3, ewgwatch.Blocked: 1}, Reach: ewgwatch.ReachPartial, Why: "403",
	}}
	return r
}

func TestRunsComeBackOldestFirstAndAKilledOneHasNoEnd(t *testing.T) {
	s := open(t, store.Options{})
	var want []ewgwatch.Run
	for i := range 45 { // over two chunks
		want = append(want, night(i))
		if err := s.BeginRun(night(i)); err != nil {
			t.Fatal(err)
		}
		if i == 7 {
			continue // killed
		}
		want[i] = ended(night(i))
		if err := s.EndRun(want[i]); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, runs(t, s)); diff != "" {
		t.Error(diff)
	}
	sound(t, s)
}

func TestARunBeginsOnceAndEndsAfterThat(t *testing.T) {
	s := open(t, store.Options{})
	if err := s.EndRun(night(1)); err == nil || !strings.Contains(err.Error(), "not begun") {
		t.Errorf("end without beginning: %v", err)
	}
	if err := s.BeginRun(night(1)); err != nil {
		t.Fatal(err)
	}
	if err := s.BeginRun(night(1)); err == nil || !strings.Contains(err.Error(), "begun before") {
		t.Errorf("begun twice: %v", err)
	}
	if err := s.PutRun(ended(night(1))); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]ewgwatch.Run{ended(night(1))}, runs(t, s)); diff != "" {
		t.Error(diff)
	}
}

func TestRunsEndWithTheirContext(t *testing.T) {
	s := open(t, store.Options{})
	for i := range 3 {
		if err := s.BeginRun(night(i)); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var got []string
	for run, err := range s.Runs(ctx) {
		got = append(got, fmt.Sprint(run.ID, errors.Is(err, context.Canceled)))
	}
	if diff := cmp.Diff([]string{"true"}, got); diff != "" {
		t.Error(diff)
	}
}

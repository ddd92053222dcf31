package alert_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert"
)

func TestAnExplanationSaysWhyOfEverySubscriber(t *testing.T) {
	w := newWorld()
	subscriptions := []ewgwatch.Subscription{
		desk(),
		desk(func(s *ewgwatch.Subscription) { s.Name, s.Interest.MinSources = "two voices", 2 }),
		desk(func(s *ewgwatch.Subscription) { s.Name, s.Paused = "asleep", true }),
		desk(func(s *ewgwatch.Subscription) { s.Name, s.Since = "new", day(3) }),
	}
	book := bookOf(subscriptions...)
	w.find(laosAttended("f_1", "a.test"))
	thread := only(t, w.night(book)).ID
	want := []alert.Explanation{
		{Subscription: "desk", Reason: alert.ToldAlready, Text: "told on 2026-03-02, thread " + thread},
		{Subscription: "two voices", Reason: alert.BelowMinSources, Text: "1 independent source; it wants 2"},
		{Subscription: "asleep", Reason: alert.Paused, Text: "the subscription is paused, and nothing will be owed for it"},
		{Subscription: "new", Reason: alert.KnownBefore, Text: "it was claimed before: found on 2026-03-02 in a.test, the subscription is of 2026-03-03"},
	}
	if diff := cmp.Diff(want, book.Explain(w.findings["f_1"], w.facts())); diff != "" {
		t.Error(diff)
	}
	subscriptions[2].Paused = false
	if got := bookOf(subscriptions...).Explain(w.findings["f_1"], w.facts())[2]; got.Reason != alert.PassedBy {
		t.Errorf("what came while it was paused: %+v", got)
	}
}

func TestAnExplanationNamesTheVoicesThatWereTold(t *testing.T) {
	w, book := newWorld(), bookOf(desk(func(s *ewgwatch.Subscription) { s.Steps = []int{5} }))
	w.find(laosAttended("f_1", "a.test"))
	w.night(book)
	w.find(laosAttended("f_2", "b.test"))
	w.night(book)
	got := book.Explain(w.findings["f_2"], w.facts())[0]
	if got.Reason != alert.NoStepCrossed || !strings.Contains(got.Text, "of 1 independent source; there are 2 now, and no step of [5] is crossed") {
		t.Errorf("have %+v", got)
	}
}

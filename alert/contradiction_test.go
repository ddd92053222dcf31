package alert_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert"
)

func laosAbsent(id, source string) ewgwatch.Finding {
	f := laosAttended(id, source)
	f.Stance, f.Quote = ewgwatch.Absent, "Laos stayed away."
	return f
}

func asks(s *ewgwatch.Subscription) { s.Interest.Contradictions = true }

func onlyAttended(s *ewgwatch.Subscription) {
	s.Interest.Stances = []ewgwatch.Stance{ewgwatch.Attended}
}

func late(s *ewgwatch.Subscription) { s.Since = day(2).Add(time.Hour) }

func TestTheFirstContradictionIsOneAlert(t *testing.T) {
	for _, c := range []struct {
		name string
		desk []func(*ewgwatch.Subscription)
		want []alert.Reason
	}{
		{"to who was told of one side and hears of the other", nil, []alert.Reason{alert.Contradiction}},
		{"to who was told of one side and wants no other", []func(*ewgwatch.Subscription){onlyAttended}, []alert.Reason{alert.Contradiction}},
		{"to who asked, though both sides are no news to it but one", []func(*ewgwatch.Subscription){onlyAttended, late, asks}, []alert.Reason{alert.Contradiction}},
		{"not to who knows no side and did not ask", []func(*ewgwatch.Subscription){onlyAttended, late}, nil},
		{"not to who asked for other states", []func(*ewgwatch.Subscription){late, asks, func(s *ewgwatch.Subscription) {
			s.Interest.States = []ewgwatch.State{ewgwatch.Myanmar}
		}}, nil},
		{"not to who is paused", []func(*ewgwatch.Subscription){asks, func(s *ewgwatch.Subscription) { s.Paused = true }}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, book := newWorld(), bookOf(desk(c.desk...))
			w.find(laosAttended("f_1", "a.test"))
			w.night(book)
			w.find(laosAbsent("f_2", "b.test"))
			plan := w.night(book)
			if diff := cmp.Diff(c.want, reasons(plan)); diff != "" {
				t.Fatal(diff)
			}
			if len(c.want) == 0 {
				return
			}
			if a := only(t, plan); a.Class != ewgwatch.Contradicted || len(a.Notices[0].Beside) != 1 || !a.Notices[0].Beside[0].Against {
				t.Errorf("have %+v", a)
			}
			w.find(laosAbsent("f_3", "c.test"))
			w.find(laosAttended("f_4", "d.test"))
			if again := w.night(book); len(again.Alerts) > 0 {
				t.Errorf("told again: %v", reasons(again))
			}
		})
	}
}

func TestBothSidesOfOneNightShareAnAlert(t *testing.T) {
	w, book := newWorld(), bookOf(desk())
	w.find(laosAttended("f_1", "a.test"))
	w.find(laosAbsent("f_2", "b.test"))
	if a := only(t, w.night(book)); a.Class != ewgwatch.Contradicted || len(a.Notices) != 2 {
		t.Errorf("have %+v", a)
	}
}

func TestWhoKnowsOneSideHearsInItsThreadThatAnotherContradicts(t *testing.T) {
	w, book := newWorld(), bookOf(desk(onlyAttended))
	w.find(laosAttended("f_1", "a.test"))
	first := only(t, w.night(book))
	w.find(laosAbsent("f_2", "b.test"))
	if a := only(t, w.night(book)); a.Thread != first.ID || a.Notices[0].Claim.Stance != ewgwatch.Attended {
		t.Errorf("have %+v", a)
	}
	w.reject("f_2", "")
	if got := reasons(w.night(book)); !cmp.Equal(got, []alert.Reason{alert.TakenBack}) {
		t.Errorf("the other side is gone: %v", got)
	}
}

func TestAContradictionThatStoodBeforeIsNoNewsToWhoAsked(t *testing.T) {
	w, book := newWorld(), bookOf(desk(late, asks))
	w.find(laosAttended("f_1", "a.test"))
	w.find(laosAbsent("f_2", "b.test"))
	if plan := w.night(book); len(plan.Alerts) > 0 {
		t.Error(reasons(plan))
	}
	w.find(laosAbsent("f_3", "c.test"))
	if plan := w.night(book); len(plan.Alerts) > 0 {
		t.Error(reasons(plan))
	}
}

func TestPlansContradictNothing(t *testing.T) {
	w, book := newWorld(), bookOf(desk(asks))
	w.find(with(laosAttended("f_1", "a.test"), func(f *ewgwatch.Finding) { f.Planned = true }))
	w.night(book)
	w.find(laosAbsent("f_2", "b.test"))
	if got := reasons(w.night(book)); !cmp.Equal(got, []alert.Reason{alert.NewClaim}) {
		t.Error(got)
	}
}

func TestABackFillContradictsNobodyIntoAnAlert(t *testing.T) {
	w, book := newWorld(), bookOf(desk(asks))
	w.find(laosAttended("f_1", "a.test"))
	w.night(book)
	w.find(with(laosAbsent("f_2", "b.test"), func(f *ewgwatch.Finding) { f.Backfilled = true }))
	if plan := w.night(book); len(plan.Alerts) > 0 {
		t.Error(reasons(plan))
	}
}

func TestWhatIsRightInThePlaceOfAClaimMayBeContradictedAtOnce(t *testing.T) {
	for _, grouping := range []ewgwatch.Grouping{ewgwatch.ByClaim, ewgwatch.ByNight} {
		w, book := newWorld(), bookOf(desk(func(s *ewgwatch.Subscription) {
			s.Interest.Stances, s.Grouping = []ewgwatch.Stance{ewgwatch.Invited}, grouping
		}))
		w.find(laosAbsent("f_1", "a.test"))
		w.find(with(laosAttended("f_2", "b.test"), func(f *ewgwatch.Finding) { f.Stance = ewgwatch.Invited }))
		first := only(t, w.night(book))
		w.correct("f_2", ewgwatch.Attended)
		plan := w.night(book)
		if got := reasons(plan); !cmp.Equal(got, []alert.Reason{alert.CorrectedTo, alert.Contradiction}) {
			t.Fatal(got)
		}
		for _, a := range plan.Alerts {
			if a.Thread != first.ID {
				t.Errorf("%s in thread %s, want %s", a.Class, a.Thread, first.ID)
			}
		}
		attended := w.told["desk"][ewgwatch.Claim{State: ewgwatch.Laos, Event: drill, Stance: ewgwatch.Attended}]
		if !attended.Contradicted || attended.Thread != first.ID {
			t.Errorf("know %+v", attended)
		}
		if grouping == ewgwatch.ByNight && len(plan.Told) != 3 {
			t.Errorf("%d claims are known by one alert, want 3", len(plan.Told))
		}
	}
}

package alert_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert"
)

// Each case is what happened on earlier nights, what happens tonight, and why the desk
// is told, or is not.
func TestEveryDecisionHasItsReason(t *testing.T) {
	one := laosAttended("f_1", "a.test")
	two := laosAttended("f_2", "b.test")
	with := func(f ewgwatch.Finding, change func(*ewgwatch.Finding)) ewgwatch.Finding { change(&f); return f }
	steps := func(s *ewgwatch.Subscription) { s.Steps = []int{3} }
	for _, c := range []struct {
		name    string
		desk    func(*ewgwatch.Subscription)
		before  func(*world)
		tonight func(*world)
		want    alert.Reason
	}{
		{"a claim that nobody made before is told", nil, nil, func(w *world) { w.find(one) }, alert.NewClaim},
		{
			"a claim that was claimed before the subscription was made is no news", nil, nil,
			func(w *world) { w.find(with(one, func(f *ewgwatch.Finding) { f.FoundAt = day(1).Add(-time.Hour) })) }, alert.KnownBefore,
		},
		{
			"a claim that stood while nobody was told of it is no news when another source repeats it", nil,
			func(w *world) { w.find(one); w.changes = nil; w.now = day(3) }, func(w *world) { w.find(two) }, alert.KnownBefore,
		},
		{
			"a back-fill that came since the subscription makes no claim known: nobody heard of it", nil,
			func(w *world) {
				w.find(with(one, func(f *ewgwatch.Finding) { f.Backfilled = true }))
			},
			func(w *world) { w.find(two) }, alert.NewClaim,
		},
		{
			"a back-fill of what was published before the subscription makes a claim known", nil,
			func(w *world) {
				w.find(with(one, func(f *ewgwatch.Finding) {
					f.Backfilled, f.Published = true, ewgwatch.Published{Date: ewgwatch.Date{Year: 2023, Month: 9}}
				}))
			},
			func(w *world) { w.find(two) }, alert.KnownBefore,
		},
		{
			"one voice is not enough for who wants two", func(s *ewgwatch.Subscription) { s.Interest.MinSources = 2 }, nil,
			func(w *world) { w.find(one) }, alert.BelowMinSources,
		},
		{
			"the second voice is told to who wants two", func(s *ewgwatch.Subscription) { s.Interest.MinSources = 2 },
			func(w *world) { w.find(one) }, func(w *world) { w.find(two) }, alert.NewClaim,
		},
		{
			"the second voice is told to who wants two, though the first is older than the subscription",
			func(s *ewgwatch.Subscription) { s.Interest.MinSources, s.Since = 2, day(2).Add(time.Hour) },
			func(w *world) { w.find(one) }, func(w *world) { w.find(two) }, alert.NewClaim,
		},
		{
			"the first ministry is told to who wants ministries, though a newspaper said it before",
			func(s *ewgwatch.Subscription) {
				s.Interest.Kinds, s.Since = []ewgwatch.SourceKind{ewgwatch.Ministry}, day(2).Add(time.Hour)
			},
			func(w *world) { w.find(one) },
			func(w *world) { w.find(with(two, func(f *ewgwatch.Finding) { f.Source.Kind = ewgwatch.Ministry })) }, alert.NewClaim,
		},
		{"what was told is not told again", nil, func(w *world) { w.find(one) }, func(w *world) {
			w.find(with(two, func(f *ewgwatch.Finding) { f.Source.ID = "a.test" }))
		}, alert.ToldAlready},
		{"a second voice crosses no step of three", steps, func(w *world) { w.find(one) }, func(w *world) { w.find(two) }, alert.NoStepCrossed},
		{"a third voice crosses a step of three", steps, func(w *world) { w.find(one) }, func(w *world) {
			w.find(two)
			w.find(laosAttended("f_3", "c.test"))
		}, alert.StepCrossed},
		{"fewer voices than were told are not told while one stands", nil, func(w *world) { w.find(one); w.find(two) }, func(w *world) {
			w.withdraw("f_1")
		}, alert.FewerVoices},
		{"what nobody says any more is taken back", nil, func(w *world) { w.find(one) }, func(w *world) { w.withdraw("f_1") }, alert.TakenBack},
		{"what an analyst corrects is taken back with what is right", nil, func(w *world) { w.find(one) }, func(w *world) {
			w.correct("f_1", ewgwatch.Invited)
		}, alert.CorrectedTo},
		{"what was never told is not taken back", func(s *ewgwatch.Subscription) { s.Interest.MinSources = 2 }, func(w *world) { w.find(one) }, func(w *world) {
			w.withdraw("f_1")
		}, alert.NotStanding},
		{"what was taken back is not taken back again", nil, func(w *world) {
			w.find(one)
			w.night(bookOf(desk()))
			w.withdraw("f_1")
		}, func(w *world) { w.reject("f_1", "") }, alert.TakenBackAlready},
		{"what was taken back and is said again is told", nil, func(w *world) {
			w.find(one)
			w.night(bookOf(desk()))
			w.withdraw("f_1")
		}, func(w *world) { w.bringBack("f_1") }, alert.Returned},
		{"what was told as planned is told once it is done", nil, func(w *world) {
			w.find(with(one, func(f *ewgwatch.Finding) { f.Planned = true }))
		}, func(w *world) { w.find(two) }, alert.Done},
		{"what was told as done is not told as planned", nil, func(w *world) { w.find(one) }, func(w *world) {
			w.find(with(two, func(f *ewgwatch.Finding) { f.Planned = true }))
		}, alert.NoStepCrossed},
		{"what is done is news where it was known as planned only", func(s *ewgwatch.Subscription) { s.Since = day(2).Add(time.Hour) }, func(w *world) {
			w.find(with(one, func(f *ewgwatch.Finding) { f.Planned = true }))
		}, func(w *world) { w.find(two) }, alert.NewClaim},
		{"one voice that it is done is not enough for who wants two", func(s *ewgwatch.Subscription) { s.Interest.MinSources = 2 }, func(w *world) {
			w.find(with(one, func(f *ewgwatch.Finding) { f.Planned = true }))
			w.find(with(two, func(f *ewgwatch.Finding) { f.Planned = true }))
		}, func(w *world) { w.find(laosAttended("f_3", "c.test")) }, alert.NoStepCrossed},
		{"the second voice that it is done is", func(s *ewgwatch.Subscription) { s.Interest.MinSources = 2 }, func(w *world) {
			w.find(with(one, func(f *ewgwatch.Finding) { f.Planned = true }))
			w.find(with(two, func(f *ewgwatch.Finding) { f.Planned = true }))
			w.night(bookOf(desk(func(s *ewgwatch.Subscription) { s.Interest.MinSources = 2 })))
			w.find(laosAttended("f_3", "c.test"))
		}, func(w *world) { w.find(laosAttended("f_4", "d.test")) }, alert.Done},
		{"what the earliest of some findings made known is not known before", nil, func(w *world) {
			w.find(with(laosAttended("f_0", "c.test"), func(f *ewgwatch.Finding) { f.FoundAt = day(2).Add(time.Hour) }))
			w.changes = nil
		}, func(w *world) {
			w.find(with(one, func(f *ewgwatch.Finding) { f.FoundAt = day(2).Add(2 * time.Hour) }))
			w.find(with(two, func(f *ewgwatch.Finding) { f.FoundAt = day(2) }))
		}, alert.NewClaim},
		{"a correction that changes no claim is no news", nil, func(w *world) { w.find(one); w.changes = nil }, func(w *world) {
			w.correct("f_1", ewgwatch.Attended)
		}, alert.NothingNew},
		{"nor is one that repeats another", nil, func(w *world) {
			w.find(one)
			w.correct("f_1", ewgwatch.Declined)
			w.changes = nil
		}, func(w *world) { w.correct("f_1", ewgwatch.Declined) }, alert.NothingNew},
		{"what was taken back and stands again by a back-fill is told", nil, func(w *world) {
			w.find(one)
			w.find(with(two, func(f *ewgwatch.Finding) { f.Backfilled = true }))
			w.night(bookOf(desk()))
			w.withdraw("f_1")
			w.withdraw("f_2")
		}, func(w *world) { w.bringBack("f_2") }, alert.Returned},
		{"who is paused is told nothing", func(s *ewgwatch.Subscription) { s.Paused = true }, nil, func(w *world) { w.find(one) }, alert.Paused},
		{
			"a back-fill is told to nobody", nil, nil,
			func(w *world) { w.find(with(one, func(f *ewgwatch.Finding) { f.Backfilled = true })) }, alert.Backfilled,
		},
		{"a finding that was known for long and is read again is told to nobody", func(s *ewgwatch.Subscription) { s.Since = day(1).AddDate(-1, 0, 0) }, nil, func(w *world) {
			w.find(with(one, func(f *ewgwatch.Finding) { f.FoundAt = day(1).AddDate(0, -3, 0) }))
		}, alert.Backfilled},
		{
			"a claim without an event is not told", nil, nil,
			func(w *world) { w.find(with(one, func(f *ewgwatch.Finding) { f.Event = ewgwatch.Event{} })) }, alert.NoEvent,
		},
		{
			"a mere mention is told to nobody who did not name it", nil, nil,
			func(w *world) { w.find(with(one, func(f *ewgwatch.Finding) { f.Stance = ewgwatch.Mentioned })) }, alert.MentionOnly,
		},
		{
			"a mere mention is told to who names it", func(s *ewgwatch.Subscription) { s.Interest.Stances = []ewgwatch.Stance{ewgwatch.Mentioned} }, nil,
			func(w *world) { w.find(with(one, func(f *ewgwatch.Finding) { f.Stance = ewgwatch.Mentioned })) }, alert.NewClaim,
		},
		{
			"another state is not told", func(s *ewgwatch.Subscription) { s.Interest.States = []ewgwatch.State{ewgwatch.Myanmar} }, nil,
			func(w *world) { w.find(one) }, alert.FilterState,
		},
		{
			"another stance is not told", func(s *ewgwatch.Subscription) { s.Interest.Stances = []ewgwatch.Stance{ewgwatch.Absent} }, nil,
			func(w *world) { w.find(one) }, alert.FilterStance,
		},
		{
			"another event is not told", func(s *ewgwatch.Subscription) { s.Interest.Events = []string{meeting} }, nil,
			func(w *world) { w.find(one) }, alert.FilterEvent,
		},
		{
			"another kind of source is not told", func(s *ewgwatch.Subscription) { s.Interest.Kinds = []ewgwatch.SourceKind{ewgwatch.Ministry} }, nil,
			func(w *world) { w.find(one) }, alert.FilterKind,
		},
		{
			"another language is not told", func(s *ewgwatch.Subscription) { s.Interest.Langs = []string{"lo"} }, nil,
			func(w *world) { w.find(one) }, alert.FilterLang,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, s := newWorld(), desk()
			if c.desk != nil {
				c.desk(&s)
			}
			book := bookOf(s)
			if c.before != nil {
				c.before(w)
				w.night(book)
			}
			c.tonight(w)
			plan := book.Plan(w.facts())
			var want []alert.Reason
			if c.want.Tells() {
				want = []alert.Reason{c.want}
			}
			if diff := cmp.Diff(want, reasons(plan)); diff != "" {
				t.Error(diff)
			}
			why := book.Explain(w.findings[w.changes[len(w.changes)-1].Finding], w.facts())
			wanted := c.want
			if wanted == alert.NothingNew { // what was decided is explained by what kept it back then
				wanted = alert.PassedBy
			}
			if c.want != alert.CorrectedTo && (len(why) != 1 || why[0].Reason != wanted || why[0].Text == "" || strings.Contains(why[0].Text, "\n")) {
				t.Errorf("explained as %+v, want %s", why, wanted)
			}
		})
	}
}

func TestACorrectionNamesWhatWasToldAndWhatIsRight(t *testing.T) {
	w, book := newWorld(), bookOf(desk())
	w.find(laosAttended("f_1", "a.test"))
	first := only(t, w.night(book))
	w.correct("f_1", ewgwatch.Declined)
	plan := w.night(book)
	second := only(t, plan)
	n := second.Notices[0]
	declined := ewgwatch.Claim{State: ewgwatch.Laos, Event: drill, Stance: ewgwatch.Declined}
	if second.Class != ewgwatch.Correction || second.Thread != first.ID || second.ID == first.ID || n.Before != first.ID ||
		n.Now != declined || n.Why != "corrected: read again" || n.Finding.Stance != ewgwatch.Attended {
		t.Errorf("have %+v", second)
	}
	if len(plan.Told) != 2 || !plan.Told[0].TakenBack || plan.Told[1].Claim != declined || plan.Told[1].Thread != first.ID {
		t.Errorf("told %+v", plan.Told)
	}
	w.find(with(laosAttended("f_2", "b.test"), func(f *ewgwatch.Finding) { f.Stance = ewgwatch.Declined }))
	if plan := w.night(book); len(plan.Alerts) != 0 {
		t.Errorf("what is right is told again: %v", reasons(plan))
	}
	w.reject("f_1", "")
	w.reject("f_2", "a hoax")
	if n := only(t, w.night(book)).Notices[0]; n.Claim != declined || n.Why != "rejected" || n.Before != first.ID {
		t.Errorf("what was right is taken back as %+v", n)
	}
}

func TestACorrectionOfACorrectionIsTold(t *testing.T) {
	w, book := newWorld(), bookOf(desk())
	w.find(laosAttended("f_1", "a.test"))
	w.night(book)
	for _, to := range []ewgwatch.Stance{ewgwatch.Declined, ewgwatch.Absent, ewgwatch.Attended} {
		w.correct("f_1", to)
		if n := only(t, w.night(book)).Notices[0]; n.Now.Stance != to {
			t.Errorf("corrected to %s: told %s instead of %s", to, n.Now.Stance, n.Claim.Stance)
		}
	}
}

func TestACorrectionTellsWhoWasNotToldOfANewClaim(t *testing.T) {
	w, book := newWorld(), bookOf(desk(func(s *ewgwatch.Subscription) { s.Interest.Stances = []ewgwatch.Stance{ewgwatch.Declined} }))
	w.find(laosAttended("f_1", "a.test"))
	w.night(book)
	w.correct("f_1", ewgwatch.Declined)
	if got := reasons(w.night(book)); !cmp.Equal(got, []alert.Reason{alert.NewClaim}) {
		t.Error(got)
	}
}

func with(f ewgwatch.Finding, change func(*ewgwatch.Finding)) ewgwatch.Finding {
	change(&f)
	return f
}

package alert_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/alert"
)

func drawSubscriptions(t *rapid.T) (all []ewgwatch.Subscription) {
	for i := range rapid.IntRange(1, 4).Draw(t, "subscriptions") {
		all = append(all, desk(func(s *ewgwatch.Subscription) {
			s.Name = fmt.Sprintf("desk %d", i)
			s.Interest.States = rapid.SliceOfN(rapid.SampledFrom([]ewgwatch.State{ewgwatch.Laos, ewgwatch.Japan}), 0, 1).Draw(t, "states")
			s.Interest.Stances = rapid.SliceOfN(rapid.SampledFrom([]ewgwatch.Stance{ewgwatch.Attended, ewgwatch.Absent}), 0, 1).Draw(t, "stances")
			s.Interest.Kinds = rapid.SliceOfN(rapid.SampledFrom([]ewgwatch.SourceKind{ewgwatch.Ministry, ewgwatch.News}), 0, 1).Draw(t, "kinds")
			s.Interest.MinSources = rapid.IntRange(0, 3).Draw(t, "min")
			s.Interest.Contradictions = rapid.Bool().Draw(t, "contradictions")
			s.Steps = rapid.SampledFrom([][]int{nil, {2}, {2, 4}}).Draw(t, "steps")
		}))
	}
	return all
}

func drawFinding(t *rapid.T, i int) ewgwatch.Finding {
	return with(laosAttended(fmt.Sprintf("f_%02d", i), ""), func(f *ewgwatch.Finding) {
		f.State = rapid.SampledFrom([]ewgwatch.State{ewgwatch.Laos, ewgwatch.Japan}).Draw(t, "state")
		f.Stance = rapid.SampledFrom([]ewgwatch.Stance{ewgwatch.Attended, ewgwatch.Absent, ewgwatch.Invited}).Draw(t, "stance")
		f.Planned = rapid.IntRange(0, 3).Draw(t, "planned") == 0
		f.Source.ID = rapid.SampledFrom([]string{"a.test", "b.test", "c.test", "d.test"}).Draw(t, "source")
		f.Source.Kind = rapid.SampledFrom([]ewgwatch.SourceKind{ewgwatch.Ministry, ewgwatch.News}).Draw(t, "kind")
	})
}

// live lets things happen: findings come, go and are corrected.
func live(t *rapid.T, w *world) {
	for range rapid.IntRange(1, 8).Draw(t, "events") {
		ids := slices.Sorted(func(yield func(string) bool) {
			for id := range w.findings {
				if !yield(id) {
					return
				}
			}
		})
		what := rapid.IntRange(0, 5).Draw(t, "what")
		if len(ids) == 0 || what < 3 {
			w.find(drawFinding(t, len(w.findings)))
			continue
		}
		id := rapid.SampledFrom(ids).Draw(t, "id")
		switch status := w.findings[id].Status; {
		case status == ewgwatch.Withdrawn || status == ewgwatch.Rejected:
			w.bringBack(id)
		case what == 3:
			w.withdraw(id)
		case what == 4:
			w.reject(id, "")
		default:
			w.correct(id, rapid.SampledFrom([]ewgwatch.Stance{ewgwatch.Attended, ewgwatch.Absent, ewgwatch.Declined}).Draw(t, "to"))
		}
	}
}

func TestDecidingTwiceInWhateverOrderGivesTheSamePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, book := newWorld(), bookOf(drawSubscriptions(t)...)
		for range rapid.IntRange(0, 3).Draw(t, "nights") {
			live(t, w)
			w.night(book)
		}
		live(t, w)
		facts := w.facts()
		first := book.Plan(facts)
		shuffled := slices.Clone(facts.Changes)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		facts.Changes = slices.Concat(shuffled, shuffled[:1])
		if diff := cmp.Diff(first, book.Plan(facts), cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestASubscriberKnowsWhatStands follows what subscribers were told through many nights
// whose changes are decided in one or several plans, and holds the promises: no claim is
// told as new while it is known, what ceases to stand is taken back exactly once, and
// nobody is told that what stands does not.
func TestASubscriberKnowsWhatStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, subscriptions := newWorld(), drawSubscriptions(t)
		book := bookOf(subscriptions...)
		knows := map[string]map[ewgwatch.Claim]bool{}
		for _, s := range subscriptions {
			knows[s.Name] = map[ewgwatch.Claim]bool{}
		}
		for range rapid.IntRange(1, 5).Draw(t, "nights") {
			live(t, w)
			pending := w.changes
			for len(pending) > 0 {
				n := rapid.IntRange(1, len(pending)).Draw(t, "changes of a plan")
				w.changes, pending = pending[:n], pending[n:]
				plan := w.night(book)
				for _, a := range plan.Alerts {
					follow(t, w, knows[a.Subscription], a)
				}
				for _, told := range plan.Told {
					knows[told.Subscription][told.Claim] = !told.TakenBack
				}
			}
			for name, claims := range knows {
				for claim, known := range claims {
					if known && len(w.standing(claim)) == 0 {
						t.Fatalf("%s still believes %v", name, claim)
					}
				}
			}
		}
		if len(w.order) != len(w.alerts) {
			t.Fatal("one ID stands for two alerts")
		}
	})
}

func follow(t *rapid.T, w *world, knows map[ewgwatch.Claim]bool, a ewgwatch.Alert) {
	for _, n := range a.Notices {
		stands := len(w.standing(n.Claim)) > 0
		switch alert.Reason(n.Reason) {
		case alert.NewClaim, alert.Returned:
			if knows[n.Claim] || !stands {
				t.Fatalf("%s is told %v as %s: known %v, stands %v", a.Subscription, n.Claim, n.Reason, knows[n.Claim], stands)
			}
		case alert.TakenBack, alert.CorrectedTo:
			if !knows[n.Claim] || stands {
				t.Fatalf("%s is told %v as %s: known %v, stands %v", a.Subscription, n.Claim, n.Reason, knows[n.Claim], stands)
			}
		case alert.StepCrossed, alert.Done:
			if !knows[n.Claim] || !stands {
				t.Fatalf("%s is told %v as %s", a.Subscription, n.Claim, n.Reason)
			}
		}
		if n.Class != ewgwatch.Correction && n.Finding.Claim() != n.Claim {
			t.Fatalf("%v is quoted with %v", n.Claim, n.Finding.Claim())
		}
	}
}

// TestWhatIsFoundIsToldHoweverItIsSplit compares who was told of what, where all is
// known at once and where the changes are decided one by one, in any order, while the
// findings of all are there already.
func TestWhatIsFoundIsToldHoweverItIsSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subscriptions := drawSubscriptions(t)
		w, whole := newWorld(), newWorld()
		for i := range rapid.IntRange(1, 10).Draw(t, "findings") {
			f := drawFinding(t, i)
			f.FoundAt = w.now.Add(0).AddDate(0, 0, rapid.IntRange(-1, 0).Draw(t, "found"))
			w.find(f)
			whole.find(f)
		}
		book := bookOf(subscriptions...)
		whole.night(book)
		changes := rapid.Permutation(w.changes).Draw(t, "order")
		for _, change := range changes {
			w.changes = []ewgwatch.Change{change}
			w.night(book)
		}
		for _, s := range subscriptions {
			for claim := range whole.told[s.Name] {
				if _, told := w.told[s.Name][claim]; !told {
					t.Fatalf("%s is not told of %v where changes come one by one", s.Name, claim)
				}
			}
		}
	})
}

func TestNothingIsToldOfWhatIsBackfilled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, book := newWorld(), bookOf(drawSubscriptions(t)...)
		for range rapid.IntRange(1, 4).Draw(t, "nights") {
			live(t, w)
			for id, f := range w.findings {
				f.Backfilled = true
				w.findings[id] = f
			}
			if plan := w.night(book); len(plan.Alerts) > 0 || len(plan.Told) > 0 {
				t.Fatalf("told of back-fills: %v", reasons(plan))
			}
		}
	})
}

func TestTheBookFindsJustThoseWhomAClaimInterests(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []ewgwatch.Subscription
		for i := range rapid.IntRange(0, 8).Draw(t, "subscriptions") {
			all = append(all, desk(func(s *ewgwatch.Subscription) {
				s.Name = fmt.Sprintf("desk %d", i)
				s.Interest.States = rapid.SliceOfN(rapid.SampledFrom(ewgwatch.States()[:4]), 0, 3).Draw(t, "states")
				s.Interest.Stances = rapid.SliceOfN(rapid.SampledFrom(ewgwatch.Stances()), 0, 4).Draw(t, "stances")
				s.Interest.Events = rapid.SliceOfN(rapid.SampledFrom([]string{drill, meeting}), 0, 3).Draw(t, "events")
			}))
		}
		claim := ewgwatch.Claim{
			State: rapid.SampledFrom(ewgwatch.States()[:4]).Draw(t, "state"), Stance: rapid.SampledFrom(ewgwatch.Stances()).Draw(t, "stance"),
			Event: rapid.SampledFrom([]string{drill, meeting, ""}).Draw(t, "event"),
		}
		var want, got []string
		for _, s := range all {
			i := s.Interest
			mention := claim.Stance != ewgwatch.Mentioned || slices.Contains(i.Stances, claim.Stance)
			if claim.Event != "" && mention && wanted(i.States, claim.State) && wanted(i.Stances, claim.Stance) && wanted(i.Events, claim.Event) {
				want = append(want, s.Name)
			}
		}
		for s := range alert.New(all).Interested(claim) {
			got = append(got, s.Name)
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func wanted[T comparable](filter []T, one T) bool {
	return len(filter) == 0 || slices.Contains(filter, one)
}

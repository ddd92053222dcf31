package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/ledger"
)

var dawn = time.Date(2027, time.January, 1, 0, 0, 0, 0, time.UTC)

// world is what may be believed: findings in the order in which they came, and what
// analysts amended, a minute apart each.
type world struct {
	findings   []ewgwatch.Finding
	amendments []ewgwatch.Amendment
}

func drawWorld(t *rapid.T) (w world) {
	events := append(drawUnknown(t), tabletop, field, meeting)
	states := []ewgwatch.State{ewgwatch.Laos, ewgwatch.India}
	for i := range rapid.IntRange(1, 12).Draw(t, "findings") {
		f := says(fmt.Sprintf("s%d.test", rapid.IntRange(0, 4).Draw(t, "source")), rapid.SampledFrom(states).Draw(t, "state"),
			rapid.SampledFrom(ewgwatch.Stances()).Draw(t, "stance"), rapid.SampledFrom(events).Draw(t, "event"), fmt.Sprint("quote number ", i))
		f.FoundAt = dawn.Add(time.Duration(i) * time.Minute)
		w.findings = append(w.findings, f)
	}
	for range rapid.IntRange(0, 6).Draw(t, "tries") {
		w.try(drawAmendment(t, w, events))
	}
	return w
}

// try makes an amendment, if it is allowed.
func (w *world) try(a ewgwatch.Amendment) bool {
	a.By, a.Why, a.Number, a.At = "ada", "a reason", len(w.amendments)+1, dawn.Add(time.Duration(len(w.amendments))*time.Minute)
	if ewgwatch.CheckAmendment(w.amendments, a) != nil {
		return false
	}
	w.amendments = append(w.amendments, a)
	return true
}

func drawAmendment(t *rapid.T, w world, events []ewgwatch.Event) ewgwatch.Amendment {
	event, into := rapid.SampledFrom(events).Draw(t, "from").ID, rapid.SampledFrom(events).Draw(t, "into").ID
	switch kind := rapid.SampledFrom(ewgwatch.AmendmentKinds()).Draw(t, "kind"); kind {
	case ewgwatch.SplitEvent:
		return ewgwatch.Amendment{Kind: kind, Event: event, Into: into, Name: "Part", Findings: []string{rapid.SampledFrom(w.findings).Draw(t, "leaves").ID}}
	case ewgwatch.RenameEvent:
		return ewgwatch.Amendment{Kind: kind, Event: event, Name: rapid.SampledFrom([]string{"One", "Other"}).Draw(t, "name")}
	case ewgwatch.UndoAmend:
		return ewgwatch.Amendment{Kind: kind, Undoes: rapid.IntRange(1, len(w.amendments)+1).Draw(t, "undoes")}
	case ewgwatch.MergeEvents:
	}
	return ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: event, Into: into}
}

// believed returns the findings as they are believed as of a moment, or now.
func (w world) believed(asOf time.Time) []ewgwatch.Finding {
	then := slices.DeleteFunc(slices.Clone(w.findings), func(f ewgwatch.Finding) bool { return !asOf.IsZero() && f.FoundAt.After(asOf) })
	amended := ewgwatch.Amend(w.amendments, asOf)
	same := ledger.Identify(func(yield func(ewgwatch.Event) bool) {
		for _, f := range then {
			if !yield(f.Event) {
				return
			}
		}
	}, amended)
	for i, f := range then {
		then[i] = amended.Finding(same.Finding(f))
	}
	return then
}

// text is all that a ledger shows.
func text(t *rapid.T, findings []ewgwatch.Finding) string {
	var b strings.Builder
	l := build(t, findings, nil, ledger.Options{})
	if err := l.Table(&b, ledger.TableOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, e := range l.Events {
		fmt.Fprintf(&b, "%+v\n", e)
	}
	return b.String()
}

func TestTheLedgerDoesNotDependOnTheOrderOfArrivalWithProvisionalAndAmendedEvents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		want := text(t, w.believed(time.Time{}))
		w.findings = rapid.Permutation(w.findings).Draw(t, "shuffled")
		if diff := cmp.Diff(want, text(t, w.believed(time.Time{}))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A source that joins may move what others say to another event, where it shows that
// two are one or that they are not; it never takes it away.
func TestAnotherSourceNeverRemovesTheClaimOfOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		before := len(w.findings)
		events := append(drawUnknown(t), tabletop)
		for i := range rapid.IntRange(1, 4).Draw(t, "more") {
			f := says("another.test", ewgwatch.Laos, rapid.SampledFrom(ewgwatch.Stances()).Draw(t, "stance"), rapid.SampledFrom(events).Draw(t, "event"), fmt.Sprint("another quote ", i))
			f.FoundAt = dawn.Add(time.Hour)
			w.findings = append(w.findings, f)
		}
		believed := w.believed(time.Time{})
		l := build(t, believed, nil, ledger.Options{})
		for _, f := range believed[:before] {
			said := l.Cell(f.State, f.Event).Said
			if !slices.ContainsFunc(said, func(s ledger.Said) bool { return s.Stance == f.Stance && s.Planned == f.Planned && s.Voices > 0 }) {
				t.Fatalf("%s %s at %s is gone: %v", f.State, f.Stance, f.Event.ID, said)
			}
			if l.Standing(f.Claim()).Independent == 0 {
				t.Fatalf("%v has no voice", f.Claim())
			}
		}
	})
}

func TestTheLedgerOfThePastNeverChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		then := dawn.Add(time.Duration(rapid.IntRange(0, 12).Draw(t, "minute")) * time.Minute)
		early := w
		early.findings = slices.DeleteFunc(slices.Clone(w.findings), func(f ewgwatch.Finding) bool { return f.FoundAt.After(then) })
		early.amendments = slices.DeleteFunc(slices.Clone(w.amendments), func(a ewgwatch.Amendment) bool { return a.At.After(then) })
		if diff := cmp.Diff(text(t, early.believed(time.Time{})), text(t, w.believed(then))); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestMergingAndSplittingAnEventGivesTheLedgerBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := world{findings: drawWorld(t).findings}
		before := w.believed(time.Time{})
		from := rapid.SampledFrom(before).Draw(t, "of").Event
		var leave []string
		for _, f := range before {
			if f.Event.ID == from.ID {
				leave = append(leave, f.ID)
			}
		}
		if !w.try(ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: from.ID, Into: "ewgct-2013-09-field"}) {
			t.Fatal("it cannot be merged")
		}
		merged := w.believed(time.Time{})
		if slices.ContainsFunc(merged, func(f ewgwatch.Finding) bool { return f.Event.ID == from.ID }) {
			t.Fatal("not merged")
		}
		back := ewgwatch.Amendment{Kind: ewgwatch.SplitEvent, Event: "ewgct-2013-09-field", Into: from.ID, Name: "Part", Findings: leave}
		if rapid.Bool().Draw(t, "undo") {
			back = ewgwatch.Amendment{Kind: ewgwatch.UndoAmend, Undoes: 1}
		}
		if !w.try(back) {
			t.Fatal("it cannot be taken back")
		}
		if diff := cmp.Diff(claims(t, before), claims(t, w.believed(time.Time{}))); diff != "" {
			t.Fatal(diff)
		}
		if back.Kind == ewgwatch.UndoAmend {
			if diff := cmp.Diff(text(t, before), text(t, w.believed(time.Time{}))); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

// What an analyst amended is not taken back by what is found later: an event that tells
// more of the same does not take over its findings.
func TestWhatIsFoundLaterUndoesNoMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := world{findings: drawWorld(t).findings}
		before := w.believed(time.Time{})
		of := rapid.SampledFrom(before).Draw(t, "of").Event.ID
		if !w.try(ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: of, Into: "ewgct-2013-09-field"}) {
			t.Fatal("it cannot be merged")
		}
		for i, event := range drawUnknown(t) {
			w.findings = append(w.findings, says("another.test", ewgwatch.Laos, ewgwatch.Attended, event, fmt.Sprint("another quote ", i)))
		}
		after := w.believed(time.Time{})
		for i, f := range before {
			if f.Event.ID == of && w.findings[i].Event.ID == of && after[i].Event.ID != "ewgct-2013-09-field" {
				t.Fatalf("a finding of %s, which is merged, is of %s", of, after[i].Event.ID)
			}
		}
	})
}

// claims is what a ledger adds up, without what it knows of the events.
func claims(t *rapid.T, findings []ewgwatch.Finding) map[ewgwatch.Claim]ewgwatch.Standing {
	all := map[ewgwatch.Claim]ewgwatch.Standing{}
	for claim, standing := range build(t, findings, nil, ledger.Options{}).Standings() {
		all[claim] = standing
	}
	return all
}

package alert_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/alert"
)

const (
	drill   = "ewgct-2023-field"
	meeting = "ewgct-2024-meeting"
)

// day returns the noon of a day of March 2026.
func day(n int) time.Time { return time.Date(2026, time.March, n, 12, 0, 0, 0, time.UTC) }

// world is what is believed, the changes that nobody decided of yet, and what
// subscribers know, as a store keeps it.
type world struct {
	now      time.Time
	findings map[string]ewgwatch.Finding
	changes  []ewgwatch.Change
	number   uint64
	told     map[string]map[ewgwatch.Claim]ewgwatch.Told // by subscription
	unmet    []ewgwatch.Expectation
	marks    map[string]bool
	alerts   map[string]ewgwatch.Alert
	order    []string // IDs of alerts as they came
}

func newWorld() *world {
	return &world{
		now: day(2), findings: map[string]ewgwatch.Finding{}, told: map[string]map[ewgwatch.Claim]ewgwatch.Told{},
		marks: map[string]bool{}, alerts: map[string]ewgwatch.Alert{},
	}
}

func laosAttended(id, source string) ewgwatch.Finding {
	return ewgwatch.Finding{
		ID: id, State: ewgwatch.Laos, Stance: ewgwatch.Attended, Event: ewgwatch.Event{ID: drill, Name: "Field exercise"},
		Quote: "Laos took part.", Confidence: 0.9, Status: ewgwatch.Current, Lang: "en",
		Source: ewgwatch.Source{ID: source, Kind: ewgwatch.News, Lang: "en"},
	}
}

// find keeps a finding and that it was found.
func (w *world) find(f ewgwatch.Finding) {
	f.FoundAt = cmp.Or(f.FoundAt, w.now)
	w.findings[f.ID] = f
	w.change(ewgwatch.Change{Kind: ewgwatch.FindingFound, Finding: f.ID})
}

func (w *world) change(c ewgwatch.Change) {
	w.number++
	c.Number, c.At = w.number, w.now
	w.changes = append(w.changes, c)
}

// become gives a finding another status or review and keeps that it changed.
func (w *world) become(id string, kind ewgwatch.ChangeKind, status ewgwatch.Status, review ewgwatch.Review) {
	f := w.findings[id]
	was := f.Believed().Claim()
	f.Status, f.Review = status, review
	w.findings[id] = f
	w.change(ewgwatch.Change{Kind: kind, Finding: id, Was: was})
}

func (w *world) withdraw(id string) {
	w.become(id, ewgwatch.FindingWithdrawn, ewgwatch.Withdrawn, ewgwatch.Review{})
}

func (w *world) bringBack(id string) {
	w.become(id, ewgwatch.FindingReturned, ewgwatch.Current, ewgwatch.Review{})
}

func (w *world) reject(id, why string) {
	w.become(id, ewgwatch.FindingRejected, ewgwatch.Rejected, ewgwatch.Review{Ruling: ewgwatch.Reject, Why: why, At: w.now})
}

func (w *world) correct(id string, to ewgwatch.Stance) {
	w.become(id, ewgwatch.FindingCorrected, ewgwatch.Corrected, ewgwatch.Review{Ruling: ewgwatch.Correct, Stance: to, Why: "read again", At: w.now})
}

func (w *world) move(source string, from, to ewgwatch.HealthState) {
	w.change(ewgwatch.Change{
		Kind: ewgwatch.SourceMoved, Source: source, Transition: ewgwatch.Transition{At: w.now, From: from, To: to, Why: "403 on 2 nights"},
	})
}

func (w *world) facts() alert.Facts {
	return alert.Facts{
		Now: w.now, Changes: w.changes, Saying: w.saying, Voices: voices, Beside: w.beside,
		Finding: func(id string) (ewgwatch.Finding, bool) { f, known := w.findings[id]; return f, known },
		Told: func(c ewgwatch.Claim) (all []ewgwatch.Told) {
			for _, knows := range w.told {
				if t, told := knows[c]; told {
					all = append(all, t)
				}
			}
			return all
		},
		Source: func(id string) (ewgwatch.Source, bool) {
			return ewgwatch.Source{ID: id, Name: id, Kind: ewgwatch.Ministry, Lang: "lo"}, true
		},
		Unmet: w.unmet, Marked: func(mark string) bool { return w.marks[mark] },
	}
}

func (w *world) saying(c ewgwatch.Claim) (all []ewgwatch.Finding) {
	for _, id := range slices.Sorted(maps.Keys(w.findings)) {
		if f := w.findings[id].Believed(); f.Claim() == c {
			all = append(all, f)
		}
	}
	return all
}

// voices counts sources, and copies of one agency once.
func voices(findings []ewgwatch.Finding) int {
	distinct := map[string]bool{}
	for _, f := range findings {
		distinct[cmp.Or(f.Wire, f.Source.ID)] = true
	}
	return len(distinct)
}

func (w *world) beside(c ewgwatch.Claim) (all []ewgwatch.Beside) {
	done := func(f ewgwatch.Finding) bool { return !f.Planned }
	own := w.standing(c)
	for _, stance := range ewgwatch.Stances() {
		other := w.standing(ewgwatch.Claim{State: c.State, Event: c.Event, Stance: stance})
		if stance == c.Stance || len(other) == 0 {
			continue
		}
		all = append(all, ewgwatch.Beside{
			Stance: stance, Voices: voices(other), Finding: other[0],
			Against: stance.Contradicts(c.Stance) && slices.ContainsFunc(own, done) && slices.ContainsFunc(other, done),
		})
	}
	return all
}

func (w *world) standing(c ewgwatch.Claim) []ewgwatch.Finding {
	return slices.DeleteFunc(w.saying(c), func(f ewgwatch.Finding) bool {
		return f.Status == ewgwatch.Withdrawn || f.Status == ewgwatch.Rejected
	})
}

// night decides of all changes, keeps what is decided as a store does, and lets a day
// pass.
func (w *world) night(book *alert.Book) ewgwatch.Plan {
	plan := book.Plan(w.facts())
	w.keep(plan)
	w.changes, w.now = nil, w.now.AddDate(0, 0, 1)
	return plan
}

func (w *world) keep(plan ewgwatch.Plan) {
	for _, a := range plan.Alerts {
		kept, there := w.alerts[a.ID]
		switch {
		case !there:
			w.order = append(w.order, a.ID)
			w.alerts[a.ID] = a
		case a.Class == ewgwatch.Digest:
			kept.Notices = append(kept.Notices, a.Notices...)
			w.alerts[a.ID] = kept
		}
	}
	for _, t := range plan.Told {
		if w.told[t.Subscription] == nil {
			w.told[t.Subscription] = map[ewgwatch.Claim]ewgwatch.Told{}
		}
		w.told[t.Subscription][t.Claim] = t
	}
	for _, mark := range plan.Marks {
		w.marks[mark] = true
	}
}

// desk returns a subscription that wants all, made on the first of the month.
func desk(change ...func(*ewgwatch.Subscription)) ewgwatch.Subscription {
	s := ewgwatch.Subscription{
		Name: "desk", Since: day(1), Channels: []ewgwatch.Channel{{Kind: ewgwatch.MailChannel, To: "desk@example.org"}},
	}
	for _, c := range change {
		c(&s)
	}
	return s
}

func bookOf(all ...ewgwatch.Subscription) *alert.Book { return alert.New(all) }

// notices returns what a plan tells.
func notices(plan ewgwatch.Plan) (all []ewgwatch.Notice) {
	for _, a := range plan.Alerts {
		all = append(all, a.Notices...)
	}
	return all
}

// reasons returns why a plan tells what it tells.
func reasons(plan ewgwatch.Plan) (all []alert.Reason) {
	for _, n := range notices(plan) {
		all = append(all, alert.Reason(n.Reason))
	}
	return all
}

// only returns the one alert of a plan.
func only(t *testing.T, plan ewgwatch.Plan) ewgwatch.Alert {
	t.Helper()
	if len(plan.Alerts) != 1 {
		t.Fatalf("%d alerts, want one: %v", len(plan.Alerts), reasons(plan))
	}
	return plan.Alerts[0]
}

package store_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ewgwatch"
	"ewgwatch/store"
)

// outboxModel is the outbox as a map: what it must be equal to after any sequence
// of plans, leases, answers and crashes.
type outboxModel struct {
	path   string
	store  *store.Store
	clock  time.Time
	alerts map[string]ewgwatch.Alert
	hands  map[string]int // alerts that somebody is sending, and at which attempt
}

var modelChannels = []ewgwatch.Channel{post, hook, {Kind: ewgwatch.StdoutChannel}}

func (m *outboxModel) open(t *rapid.T) {
	s, err := store.Open(context.Background(), m.path, store.Options{Now: func() time.Time { return m.clock }})
	if err != nil {
		t.Fatal(err)
	}
	m.store = s
}

// Plan owes some alerts, among them known ones, and replaces one.
func (m *outboxModel) Plan(t *rapid.T) {
	var p ewgwatch.Plan
	overtaken := false
	before := maps.Clone(m.alerts)
	for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 11), 0, 6, rapid.ID).Draw(t, "alerts") {
		a := message(fmt.Sprint("a", n), modelChannels[n%len(modelChannels)])
		a.MadeAt, a.DueAt = m.clock, m.clock.Add(time.Duration(rapid.IntRange(-2, 2).Draw(t, "due"))*time.Minute)
		p.Alerts = append(p.Alerts, a)
		if _, known := m.alerts[a.ID]; !known {
			m.alerts[a.ID] = a
		}
	}
	if rapid.IntRange(0, 4).Draw(t, "replace") == 0 && len(m.alerts) > 0 {
		id := m.some(t)
		p.Replaces = []string{id}
		switch a, known := before[id]; {
		case known && (a.State == ewgwatch.Sent || a.State == ewgwatch.Dead || a.State == ewgwatch.Owed && (a.Unsure || !a.LeasedUntil.IsZero())):
			overtaken, m.alerts = true, before
		case m.alerts[id].State == ewgwatch.Owed:
			a = m.alerts[id]
			a.State = ewgwatch.Replaced
			m.alerts[id] = a
		}
	}
	for range rapid.IntRange(1, 2).Draw(t, "times") {
		if err := m.store.PutPlan(p); errors.Is(err, store.ErrOvertaken) != overtaken || err != nil && !overtaken {
			t.Fatalf("overtaken is %v: %v", overtaken, err)
		}
	}
}

func (m *outboxModel) some(t *rapid.T) string {
	return rapid.SampledFrom(slices.Sorted(maps.Keys(m.alerts))).Draw(t, "alert")
}

// due returns when something is to be done with an alert.
func due(a ewgwatch.Alert) time.Time {
	return slices.MaxFunc([]time.Time{a.DueAt, a.LeasedUntil, a.RetryAt}, time.Time.Compare)
}

func (m *outboxModel) waiting() map[ewgwatch.Channel]int {
	waiting := map[ewgwatch.Channel]int{}
	for _, a := range m.alerts {
		if a.State == ewgwatch.Owed && !due(a).After(m.clock) {
			waiting[a.Channel]++
		}
	}
	return waiting
}

// Lease takes what is due, some time later.
func (m *outboxModel) Lease(t *rapid.T) {
	m.clock = m.clock.Add(time.Duration(rapid.IntRange(0, 90).Draw(t, "later")) * time.Second)
	limit, waiting := rapid.IntRange(1, 12).Draw(t, "limit"), m.waiting()
	leased, err := m.store.LeaseAlerts(m.clock, m.clock.Add(time.Minute), limit, nil)
	if err != nil {
		t.Fatal(err)
	}
	taken, all := map[ewgwatch.Channel]int{}, 0
	for _, n := range waiting {
		all += n
	}
	for _, have := range leased {
		want := m.alerts[have.ID]
		if want.State != ewgwatch.Owed || due(want).After(m.clock) || have.Attempts != want.Attempts+1 {
			t.Fatalf("leased at %s: %+v, which is %+v", m.clock, have, want)
		}
		want.Unsure = want.Unsure || !want.LeasedUntil.IsZero()
		want.Attempts, want.LeasedUntil = want.Attempts+1, m.clock.Add(time.Minute)
		m.alerts[have.ID], m.hands[have.ID] = want, want.Attempts
		taken[have.Channel]++
	}
	if len(leased) != min(limit, all) {
		t.Fatalf("leased %d of %d, at most %d", len(leased), all, limit)
	}
	for c, n := range waiting {
		for other := range taken {
			if taken[c] < n && taken[other] > taken[c]+1 {
				t.Fatalf("%v got %d of %d, %v %d", c, taken[c], n, other, taken[other])
			}
		}
	}
}

// Settle says how it went with one that somebody is sending, maybe late.
func (m *outboxModel) Settle(t *rapid.T) {
	if len(m.hands) == 0 {
		t.Skip("nobody is sending")
	}
	id := rapid.SampledFrom(slices.Sorted(maps.Keys(m.hands))).Draw(t, "alert")
	a, done := m.alerts[id], ewgwatch.Settled{Alert: id, Attempt: m.hands[id], Why: "503"}
	delete(m.hands, id)
	done.Unsure = rapid.Bool().Draw(t, "unsure")
	mine := a.State == ewgwatch.Owed && a.Attempts == done.Attempt
	a.Unsure = a.Unsure || mine && done.Unsure
	switch rapid.SampledFrom([]string{"sent", "again", "back", "dead"}).Draw(t, "how") {
	case "sent":
		done, a.Unsure = received(id), m.alerts[id].Unsure
		a.State, a.LeasedUntil = ewgwatch.Sent, time.Time{}
	case "again":
		if done.RetryAt = m.clock.Add(time.Minute); mine {
			a.RetryAt, a.LeasedUntil, a.LastError = done.RetryAt, time.Time{}, "503"
		}
	case "back":
		if done.RetryAt, done.Why = m.clock.Add(time.Minute), ""; mine {
			a.RetryAt, a.LeasedUntil = done.RetryAt, time.Time{}
			a.Attempts--
		}
	case "dead":
		if done.Dead = true; mine {
			a.State, a.LeasedUntil, a.LastError = ewgwatch.Dead, time.Time{}, "503"
		}
	}
	m.alerts[id] = a
	if err := m.store.SettleAlerts([]ewgwatch.Settled{done}); err != nil {
		t.Fatal(err)
	}
}

// Replay gives the dead another chance.
func (m *outboxModel) Replay(t *rapid.T) {
	want := 0
	for id, a := range m.alerts {
		if a.State == ewgwatch.Dead {
			a.State, a.DueAt, a.RetryAt, a.Attempts = ewgwatch.Owed, m.clock, time.Time{}, 0
			m.alerts[id] = a
			delete(m.hands, id) // its attempt would be taken for a later one's
			want++
		}
	}
	if n, err := m.store.ReplayAlerts(context.Background(), time.Time{}, "", m.clock); n != want || err != nil {
		t.Fatalf("replayed %d, want %d; %v", n, want, err)
	}
}

// Crash is a kill of who sends: whatever was in hand is never told of, is free, and
// counts as tried.
func (m *outboxModel) Crash(t *rapid.T) {
	for id, a := range m.alerts {
		if a.State == ewgwatch.Owed && a.LeasedUntil.After(m.clock) {
			a.LeasedUntil = m.clock
			m.alerts[id] = a
		}
	}
	if err := m.store.Close(); err != nil {
		t.Fatal(err)
	}
	m.hands = map[string]int{}
	m.open(t)
}

// Check compares everything there is.
func (m *outboxModel) Check(t *rapid.T) {
	if err := m.store.Check(); err != nil {
		t.Fatal(err)
	}
	seen, next, owed := 0, time.Time{}, false
	for have, err := range m.store.Alerts(context.Background(), "") {
		want := m.alerts[have.ID]
		if err != nil || have.State != want.State || have.Attempts != want.Attempts || have.LastError != want.LastError || have.Unsure != want.Unsure ||
			!have.DueAt.Equal(want.DueAt) || !have.LeasedUntil.Equal(want.LeasedUntil) || !have.RetryAt.Equal(want.RetryAt) {
			t.Fatalf("%v\nhave %+v\nwant %+v", err, have, want)
		}
		seen++
		if want.State == ewgwatch.Owed && (!owed || due(want).Before(next)) {
			next, owed = due(want), true
		}
	}
	if seen != len(m.alerts) {
		t.Fatalf("%d alerts of %d", seen, len(m.alerts))
	}
	if owed && next.Before(m.clock) {
		next = m.clock
	}
	if at, waits, err := m.store.NextAlert(m.clock); err != nil || waits != owed || !at.Equal(next) {
		t.Fatalf("next at %s, %v, %v; want %s, %v", at, waits, err, next, owed)
	}
}

func TestTheOutboxIsEqualToItsModel(t *testing.T) {
	dir := t.TempDir()
	count := 0
	rapid.Check(t, func(t *rapid.T) {
		count++
		m := &outboxModel{path: filepath.Join(dir, fmt.Sprint(count), "findings.db"), clock: noon, alerts: map[string]ewgwatch.Alert{}, hands: map[string]int{}}
		m.open(t)
		defer func() { _ = m.store.Close(); _ = os.RemoveAll(filepath.Dir(m.path)) }()
		t.Repeat(map[string]func(*rapid.T){"plan": m.Plan, "lease": m.Lease, "settle": m.Settle, "replay": m.Replay, "crash": m.Crash, "": m.Check})
		m.clock = m.clock.Add(time.Hour)
		want := 0
		for _, n := range m.waiting() {
			want += n
		}
		leased, err := m.store.LeaseAlerts(m.clock, m.clock.Add(time.Minute), len(m.alerts)+1, nil)
		if err != nil || len(leased) != want {
			t.Fatalf("%d are owed, %d are given out, %v", want, len(leased), err)
		}
	})
}

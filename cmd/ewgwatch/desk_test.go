package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/store"
)

// openTestDesk opens the desk of a folder at a moment.
func openTestDesk(t *testing.T, dir string, now time.Time) *desk {
	t.Helper()
	a := &app{out: io.Discard, errOut: io.Discard, dataDir: dir, log: slog.New(slog.DiscardHandler)}
	h, err := a.hold(t.Context(), folder(dir), func() time.Time { return now }, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	d, err := a.openDesk(t.Context(), h, alertOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func owedBy(t *testing.T, s *store.Store) (all []ewgwatch.Alert) {
	t.Helper()
	for a, err := range s.Alerts(t.Context(), ewgwatch.Owed) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}

func TestThatNobodyNamedParticipantsIsToldOnce(t *testing.T) {
	t.Parallel()
	dir, now := t.TempDir(), time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	write(t, "expect:\n- {event: ewgct-2026-tabletop, by: 2026-09-05}\n- {event: ewgct-2026-tabletop, by: 2026-09-20}\n", dir, "config.yaml")
	d := openTestDesk(t, dir, now)
	for _, name := range []string{"waits", "not"} {
		err := d.store.PutSubscription(ewgwatch.Subscription{
			Name: name, Channels: []ewgwatch.Channel{{Kind: ewgwatch.StdoutChannel}}, Since: now.AddDate(0, 0, -8),
			Interest: ewgwatch.Interest{Expectations: name == "waits"},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := errors.Join(d.readAnew(t.Context()), d.plan(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	owed := owedBy(t, d.store)
	if len(owed) != 1 || owed[0].Subscription != "waits" || owed[0].Class != ewgwatch.ExpectationDue || owed[0].Notices[0].By.String() != "2026-09-05" {
		t.Errorf("owed is %+v, want one that the first day has passed", owed)
	}
}

func TestASubscriptionOfConfigKeepsSinceWhenItIsThere(t *testing.T) {
	t.Parallel()
	dir, first := t.TempDir(), time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	write(t, "\ufeffsubscriptions:\r\n- {name: press, channels: [stdout]}\r\n", dir, "config.yaml") // as Windows writes it
	d := openTestDesk(t, dir, first)
	write(t, "subscriptions:\n- {name: press, states: [SG], channels: [stdout]}\n", dir, "config.yaml")
	d.now = func() time.Time { return first.AddDate(0, 0, 1) }
	if err := d.readAnew(t.Context()); err != nil {
		t.Fatal(err)
	}
	sub, _ := d.reader("press")
	if !sub.Since.Equal(first) || len(sub.Interest.States) != 1 || !sub.FromFile {
		t.Errorf("it is %+v, want what config.yaml says now, since %s", sub, first)
	}
	write(t, "", dir, "config.yaml")
	if err := d.readAnew(t.Context()); err != nil || len(d.subscribers()) != 0 {
		t.Errorf("%v, %+v; want none", err, d.subscribers())
	}
}

func TestTheExampleOfTheDocsIsUnderstood(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/alerts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(text), "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	dir := t.TempDir()
	write(t, example, dir, "config.yaml")
	set, err := folder(dir).settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Subscriptions) != 1 || len(set.Subscriptions[0].Channels) != 2 || len(set.Expect) != 1 {
		t.Errorf("it says %+v", set)
	}
	if o := set.mail(); o.Host != "mail.example.org" || o.DKIM.Selector != "watch" || len(o.Unsubscribe) != 1 {
		t.Errorf("mails are sent by %+v", o)
	}
}

// deskOfTwoEvents opens the desk of a folder where one event was merged into another,
// and has each of two sources tell of one of them.
func deskOfTwoEvents(t *testing.T, dir string, now time.Time, wants ewgwatch.Interest) *desk {
	t.Helper()
	d := openTestDesk(t, dir, now)
	half, whole := "ewgct-2023-08-tabletop", "ewgct-2023-09-field"
	_, err := d.store.PutAmendment(ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: half, Into: whole, By: "ada", Why: "one"})
	if err != nil {
		t.Fatal(err)
	}
	sub := ewgwatch.Subscription{Name: "desk", Channels: []ewgwatch.Channel{{Kind: ewgwatch.StdoutChannel}}, Since: now.AddDate(-5, 0, 0), Interest: wants}
	if err := errors.Join(d.store.PutSubscription(sub), d.readAnew(t.Context())); err != nil {
		t.Fatal(err)
	}
	for _, said := range []struct {
		site  string
		state ewgwatch.State
		event string
	}{{"one.example", "LA", half}, {"two.example", "SG", whole}} {
		if _, err := d.store.Put(t.Context(), tells(said.site, now, said.state, ewgwatch.Event{ID: said.event})); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func TestWhoWantsAnEventHearsOfTheOneThatItIsPartOf(t *testing.T) {
	t.Parallel()
	d := deskOfTwoEvents(t, t.TempDir(), time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC), ewgwatch.Interest{Events: []string{"ewgct-2023-08-tabletop"}})
	if err := d.plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	told := map[ewgwatch.State]bool{}
	for _, a := range owedBy(t, d.store) {
		told[a.Notices[0].Claim.State] = true
	}
	if len(told) != 2 {
		t.Errorf("told is of %v, want of what is said of either event", told)
	}
}

func TestAnExpectationIsOfTheEventThatItsOwnIsPartOf(t *testing.T) {
	t.Parallel()
	dir, now := t.TempDir(), time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	write(t, "expect:\n- {event: ewgct-2023-08-tabletop, by: 2026-09-05}\n", dir, "config.yaml")
	d := deskOfTwoEvents(t, dir, now, ewgwatch.Interest{Expectations: true, Events: []string{"ewgct-2023-08-tabletop"}, States: []ewgwatch.State{"BN"}})
	ministry := tells("mindef.example", now, "VN", ewgwatch.Event{ID: "ewgct-2023-09-field"})
	ministry.Article.Source.Kind, ministry.Findings[0].Source.Kind, ministry.Findings[0].Planned = ewgwatch.Ministry, ewgwatch.Ministry, false
	for _, want := range []int{1, 1} {
		if err := d.plan(t.Context()); err != nil {
			t.Fatal(err)
		}
		owed := owedBy(t, d.store)
		if len(owed) != want || owed[0].Notices[0].Claim.Event != "ewgct-2023-09-field" {
			t.Fatalf("owed is %+v, want once that nobody named participants of the whole event", owed)
		}
	}
	if _, err := d.store.Put(t.Context(), ministry); err != nil {
		t.Fatal(err)
	}
	out := mustRun(t, 0, "ledger", "--data", dir, "--event", "ewgct-2023-08-tabletop")
	if !strings.Contains(out, "met: mindef.example") || strings.Contains(out, "no ministry has named") {
		t.Errorf("the ledger says\n%s\nwant that it is met by what a ministry says of the whole event", out)
	}
}

// TestAnExpectationIsToldOnceHoweverOftenItsEventIsMerged has it told of an event that
// is merged into a third one afterwards.
func TestAnExpectationIsToldOnceHoweverOftenItsEventIsMerged(t *testing.T) {
	t.Parallel()
	dir, now := t.TempDir(), time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	write(t, "expect:\n- {event: ewgct-2023-08-tabletop, by: 2026-09-05}\n", dir, "config.yaml")
	d := deskOfTwoEvents(t, dir, now, ewgwatch.Interest{Expectations: true, States: []ewgwatch.State{"BN"}})
	err := d.plan(t.Context())
	_, err2 := d.store.PutAmendment(ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: "ewgct-2023-09-field", Into: "ewgct-2023-06-planning", By: "ada", Why: "one"})
	if err := errors.Join(err, err2, d.plan(t.Context())); err != nil {
		t.Fatal(err)
	}
	if owed := owedBy(t, d.store); len(owed) != 1 {
		t.Errorf("owed are %d, want the one of the first merge", len(owed))
	}
}

func TestAnExpectationIsToldOnceHoweverManyChangesANightHas(t *testing.T) {
	t.Parallel()
	dir, now := t.TempDir(), time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC)
	write(t, "expect:\n- {event: ewgct-2023-08-tabletop, by: 2026-09-05}\n", dir, "config.yaml")
	d := openTestDesk(t, dir, now)
	err := d.store.PutSubscription(ewgwatch.Subscription{
		Name: "desk", Channels: []ewgwatch.Channel{{Kind: ewgwatch.StdoutChannel}}, Since: now.AddDate(-5, 0, 0), Grouping: ewgwatch.ByNight,
		Interest: ewgwatch.Interest{Expectations: true, States: []ewgwatch.State{"LA"}},
	})
	many := tells("one.example", now, "LA", ewgwatch.Event{ID: "ewgct-2023-08-tabletop"})
	for i := range maxPlanned {
		f := many.Findings[0]
		f.Quote = fmt.Sprint(f.Quote, i)
		many.Findings = append(many.Findings, f.Identify())
	}
	err2 := d.readAnew(t.Context())
	_, err3 := d.store.Put(t.Context(), many)
	if err := errors.Join(err, err2, err3, d.plan(t.Context())); err != nil {
		t.Fatal(err)
	}
	told := 0
	for _, a := range owedBy(t, d.store) {
		for _, n := range a.Notices {
			if n.Class == ewgwatch.ExpectationDue {
				told++
			}
		}
	}
	if told != 1 {
		t.Errorf("the expectation is told %d times", told)
	}
}

// TestATestMessageDoesNotWaitForTheMorning asks for one in quiet hours.
func TestATestMessageDoesNotWaitForTheMorning(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, "subscriptions:\n- {name: press, channels: [stdout], quiet: 00:00-23:59 UTC}\n", dir, "config.yaml")
	mustRun(t, 0, "subscribe", "test", "press", "--data", dir)
}

func TestANightThatFailedStillTellsWhatItFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	d := deskOfTwoEvents(t, dir, time.Date(2026, 9, 10, 8, 0, 0, 0, time.UTC), ewgwatch.Interest{})
	w := &watch{app: d.app, held: d.held, desk: d, wake: make(chan struct{}, 1)}
	w.o.crawl.seeds = filepath.Join(dir, "none.txt")
	if err := w.night(t.Context()); err != nil {
		t.Fatal(err)
	}
	if owed := owedBy(t, d.store); len(owed) != 2 || len(w.wake) != 1 {
		t.Errorf("owed are %d, want both that were found before, and a courier that is awake", len(owed))
	}
}

func TestWhatWasNotSentByDayWaitsForTheMorning(t *testing.T) {
	t.Parallel()
	dir, evening := t.TempDir(), time.Date(2026, 9, 10, 20, 0, 0, 0, time.UTC)
	write(t, "subscriptions:\n- {name: press, channels: [stdout], quiet: 22:00-06:00}\n", dir, "config.yaml")
	d := openTestDesk(t, dir, evening)
	d.options.atEnd = time.Minute
	owed := ewgwatch.Alert{ID: "a_1", Subscription: "press", Channel: ewgwatch.Channel{Kind: ewgwatch.StdoutChannel}, Class: ewgwatch.TestMessage, DueAt: evening}
	if err := d.store.PutPlan(ewgwatch.Plan{Alerts: []ewgwatch.Alert{owed}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		after time.Duration
		want  string
	}{
		{3 * time.Hour, "0 sent, 1 due later, the first at 2026-09-11 06:00 UTC"},
		{10 * time.Hour, "1 sent"},
	} {
		d.now = func() time.Time { return evening.Add(c.after) }
		done, err := d.deliver(t.Context())
		if err != nil || done.String() != c.want || !done.whole() {
			t.Errorf("%v after it was due: %v, %v, want %s", c.after, done, err, c.want)
		}
	}
}

func TestWhoAskedForAnEventHearsOfTheOneItIsPartOf(t *testing.T) {
	t.Parallel()
	const part, whole = "ewgct-2022-meeting-ru", "ewgct-2022-07-meeting"
	dir, now := t.TempDir(), time.Date(2022, 8, 10, 8, 0, 0, 0, time.UTC)
	write(t, "subscriptions:\n- {name: press, channels: [stdout], events: ["+part+"], expectations: true}\n- {name: all, channels: [stdout], expectations: true}\nexpect:\n- {event: "+part+", by: 2022-08-01}\n", dir, "config.yaml")
	d := openTestDesk(t, dir, now.AddDate(0, 0, -20))
	d.now = func() time.Time { return now }
	_, err := d.store.PutAmendment(ewgwatch.Amendment{Kind: ewgwatch.MergeEvents, Event: part, Into: whole, By: "ada", Why: "one"})
	if err != nil {
		t.Fatal(err)
	}
	reading := tells("mindef.test", now, ewgwatch.Laos, ewgwatch.EventOf(whole))
	for _, source := range []*ewgwatch.Source{&reading.Article.Source, &reading.Findings[0].Source} {
		source.Kind, source.State = ewgwatch.Ministry, ewgwatch.Laos
	}
	reading.Findings[0].Planned = false
	if _, err := d.store.Put(t.Context(), reading); err != nil {
		t.Fatal(err)
	}
	if err := d.plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	owed := owedBy(t, d.store)
	if len(owed) != 2 {
		t.Errorf("%d are owed, want one to each", len(owed))
	}
	for _, a := range owed {
		if a.Class != ewgwatch.NewClaim || a.Notices[0].Claim.Event != whole {
			t.Errorf("%s is owed %+v, want what is said of %s, and not that nobody named participants", a.Subscription, a, whole)
		}
	}
	if out := mustRun(t, 0, "ledger", "--data", dir); !strings.Contains(out, "met: mindef.test") || strings.Contains(out, "no ministry has named") {
		t.Errorf("the ledger says\n%s\nwant that the expectation is met", out)
	}
}

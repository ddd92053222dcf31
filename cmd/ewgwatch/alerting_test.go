package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/internal/newsworld"
	"ewgwatch/store"
)

// worldNight crawls invented sites into a folder; its exit code is 3, as some of them
// cannot be read.
func worldNight(t *testing.T, world *newsworld.World, dir string) string {
	t.Helper()
	seeds := write(t, world.Seeds(), dir, "seeds.txt")
	return mustRun(t, exitPartial, append(crawlArgs(seeds, dir), "--rest", "0")...)
}

// alertsOf returns the alerts of a subscription by what they tell.
func alertsOf(t *testing.T, dir, subscription string) (notices map[ewgwatch.Claim][]ewgwatch.Notice, alerts map[ewgwatch.Claim][]ewgwatch.Alert) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(dir, "findings.db"), store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	notices, alerts = map[ewgwatch.Claim][]ewgwatch.Notice{}, map[ewgwatch.Claim][]ewgwatch.Alert{}
	for a, err := range s.Alerts(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range a.Notices {
			if a.Subscription == subscription && n.Claim.Event != "" {
				notices[n.Claim] = append(notices[n.Claim], n)
				alerts[n.Claim] = append(alerts[n.Claim], a)
			}
		}
	}
	return notices, alerts
}

func findingsOf(t *testing.T, dir string, claim ewgwatch.Claim) (all []ewgwatch.Finding) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(dir, "findings.db"), store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	b, err := beliefs(t.Context(), s, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	for f, err := range b.all(s.Findings(t.Context(), store.Query{State: claim.State})) {
		if err != nil {
			t.Fatal(err)
		}
		if f.Claim() == claim {
			all = append(all, f)
		}
	}
	return all
}

func TestAStoryThatWasCopiedIsToldOncePerSubscriber(t *testing.T) {
	t.Parallel()
	world, dir := startWorld(t), t.TempDir()
	mustRun(t, 0, "subscribe", "add", "all", "--data", dir, "--channel", "feed:all")
	mustRun(t, 0, "subscribe", "add", "sg", "--data", dir, "--channel", "feed:sg", "--state", "Singapore", "--rhythm", "daily 07:00 Asia/Bangkok")
	worldNight(t, world, dir)
	all, _ := alertsOf(t, dir, "all")
	for _, claim := range world.Claims() {
		if claim.Event != "" && claim.Stance != ewgwatch.Mentioned && len(all[claim]) != 1 {
			t.Errorf("%v was told %d times, want once", claim, len(all[claim]))
		}
	}
	copied := 0
	for claim, told := range all {
		if found := findingsOf(t, dir, claim); told[0].Voices < len(found) {
			copied++
		}
	}
	if copied == 0 {
		t.Error("no story of the world was copied, so that this shows nothing")
	}
	some, _ := alertsOf(t, dir, "sg")
	for claim, told := range some {
		if claim.State != "SG" || len(told) != 1 || len(all[claim]) != 1 {
			t.Errorf("%v was told %d times to who wants Singapore", claim, len(told))
		}
		if out := mustRun(t, 0, "alert", "explain", findingsOf(t, dir, claim)[0].ID, "--data", dir); strings.Count(out, "owed to feed:sg, due ") != 1 || strings.Contains(out, "feed:all") {
			t.Errorf("explain says %q, want that the digest waits, and that the rest was sent", out)
		}
	}
	if out := worldNight(t, world, dir); !strings.Contains(out, "  alerts    0 sent, 1 due later") || len(some) == 0 {
		t.Errorf("the second night tells again:\n%s", out)
	}
}

func TestWhatIsRejectedIsTakenBackInItsThread(t *testing.T) {
	t.Parallel()
	world, dir := startWorld(t), t.TempDir()
	mustRun(t, 0, "subscribe", "add", "desk", "--data", dir, "--channel", "feed:desk", "--group", "event")
	worldNight(t, world, dir)
	told, alerts := alertsOf(t, dir, "desk")
	var finding ewgwatch.Finding
	var first ewgwatch.Alert
	for claim := range told {
		if found := findingsOf(t, dir, claim); len(found) == 1 && told[claim][0].Class == ewgwatch.NewClaim {
			finding, first = found[0], alerts[claim][0]
		}
	}
	if finding.ID == "" {
		t.Fatal("no claim of the world is made by one finding alone")
	}
	if out := mustRun(t, 0, "alert", "explain", finding.ID+"\r", "--data", dir); !strings.Contains(out, "desk  told-already        told on ") {
		t.Errorf("explain says %q", out)
	}
	reject(t, dir, finding.ID)
	if out := mustRun(t, 0, "alert", "explain", finding.ID, "--data", dir); !strings.Contains(out, "desk  taken-back ") {
		t.Errorf("explain says %q", out)
	}
	if out := mustRun(t, 0, "alert", "--data", dir); out != "Alerts: 1 sent.\n" {
		t.Errorf("alert says %q", out)
	}
	_, alerts = alertsOf(t, dir, "desk")
	after := alerts[finding.Claim()]
	if len(after) != 2 {
		t.Fatalf("it was told %d times, want as new and as taken back", len(after))
	}
	for _, a := range after {
		if a.Thread != first.Thread {
			t.Errorf("%s is in thread %s, want %s", a.Class, a.Thread, first.Thread)
		}
		if n := a.Notices[0]; a.ID != first.ID && (a.Class != ewgwatch.Correction || n.Why != "rejected: misread" || n.BeforeAt.IsZero()) {
			t.Errorf("what is taken back is told as %s, %q", a.Class, n.Why)
		}
	}
	if out := mustRun(t, 0, "alert", "--data", dir); out != "Alerts: 0 sent.\n" {
		t.Errorf("told again: %q", out)
	}
}

func reject(t *testing.T, dir, finding string) {
	t.Helper()
	a := &app{out: io.Discard, errOut: io.Discard, dataDir: dir}
	s, done, err := a.openForWriting(t.Context(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	word := ewgwatch.Review{Finding: finding, Ruling: ewgwatch.Reject, By: "ada", Why: "misread", At: time.Now().UTC()}
	if _, err := s.PutReviews([]ewgwatch.Review{word}, []ewgwatch.Review{word}); err != nil {
		t.Error(err)
	}
	if err := done(); err != nil {
		t.Fatal(err)
	}
}

func TestThatTwoEventsAreOneIsNoNewsToWhoKnowsEither(t *testing.T) {
	t.Parallel()
	world, dir := startWorld(t), t.TempDir()
	mustRun(t, 0, "subscribe", "add", "desk", "--data", dir, "--channel", "feed:desk")
	worldNight(t, world, dir)
	told, _ := alertsOf(t, dir, "desk")
	var claim ewgwatch.Claim
	for c := range told {
		if c.Event == "ewgct-2022-06-meeting-ru" {
			claim = c
		}
	}
	found := findingsOf(t, dir, claim)
	if len(found) == 0 {
		t.Fatal("nothing was told of the event that is to be merged")
	}
	mustRun(t, 0, "events", "merge", claim.Event, "ewgct-2022-07-meeting", "--by", "ada", "--why", "one", "--data", dir)
	if out := mustRun(t, 0, "alert", "--data", dir); out != "Alerts: 0 sent.\n" {
		t.Errorf("a merge is told: %q", out)
	}
	if out := mustRun(t, 0, "alert", "explain", found[0].ID, "--data", dir); !strings.Contains(out, " ewgct-2022-07-meeting: ") || !strings.Contains(out, "told") {
		t.Errorf("explain says %q", out)
	}
	for _, f := range findingsOf(t, dir, ewgwatch.Claim{State: claim.State, Stance: claim.Stance, Event: "ewgct-2022-07-meeting"}) {
		reject(t, dir, f.ID)
	}
	if out := mustRun(t, 0, "alert", "--data", dir); out != "Alerts: 1 sent.\n" {
		t.Errorf("when nobody says it any more, alert says %q, want one correction", out)
	}
}

package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
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
	if out := mustRun(t, 0, "alert", "explain", finding.ID, "--data", dir); !strings.Contains(out, "desk  told-already        told on ") {
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

// receiver is a site that takes webhooks.
type receiver struct {
	url string

	mu     sync.Mutex
	bodies []string
	signed bool
	came   chan struct{} // closed by the first
}

func startReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{came: make(chan struct{}), signed: true}
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

// ServeHTTP takes what is posted.
func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.signed = r.signed && strings.HasPrefix(request.Header.Get("Ewgwatch-Signature"), "v1=")
	if r.bodies = append(r.bodies, string(body)); len(r.bodies) == 1 {
		close(r.came)
	}
	_, _ = io.WriteString(w, "taken, s3cret-path and all")
}

func TestASecretStaysASecretWhateverIsPrinted(t *testing.T) {
	hook, world, dir := startReceiver(t), startWorld(t), t.TempDir()
	t.Setenv("HOOK_PATH", "s3cret-path")
	t.Setenv("HOOK_KEY", "s3cret-key")
	var printed strings.Builder
	run := func(want int, args ...string) {
		stdout, stderr, code := command(t.Context(), append(args, "--data", dir)...)
		if code != want {
			t.Errorf("%q: exit code %d, want %d\n%s%s", args, code, want, stdout, stderr)
		}
		printed.WriteString(stdout + stderr)
	}
	run(0, "subscribe", "add", "hook", "--channel", hook.url+"/${env:HOOK_PATH}", "--secret", "env:HOOK_KEY", "--state", "SG")
	run(0, "subscribe", "add", "plain", "--channel", hook.url+"/s3cret-path", "--state", "SG")
	run(exitFailed, "subscribe", "test", "hook") // no address of this machine may be spoken to
	run(0, "subscribe", "test", "hook", "--allow-address", "127.0.0.0/8")
	printed.WriteString(worldNight(t, world, dir))
	for _, args := range [][]string{{"alert", "list", "--sent"}, {"alert", "list", "--sent", "--json"}, {"alert", "receipts"}, {"alert", "receipts", "--json"}, {"subscribe", "list"}, {"subscribe", "list", "--json"}, {"subscribe", "show", "plain"}} {
		run(0, args...)
	}
	if len(hook.bodies) < 3 || hook.signed {
		t.Errorf("%d messages came, signed all: %t; want some of both", len(hook.bodies), hook.signed)
	}
	for line := range strings.Lines(printed.String()) {
		if strings.Contains(line, "s3cret") {
			t.Errorf("a secret stands in %q", line)
		}
	}
	for _, want := range []string{"not sent: Post", "sent; it said: 200 OK: taken, *** and all", "127.0.0.1 is not a public address"} {
		if !strings.Contains(printed.String(), want) {
			t.Errorf("nothing says %q", want)
		}
	}
}

func TestANightThatIsStoppedOwesWhatItFound(t *testing.T) {
	t.Parallel()
	g, dir := startGate(t), t.TempDir()
	seeds := write(t, g.url+"\n", dir, "seeds.txt")
	mustRun(t, 0, "subscribe", "add", "desk", "--data", dir, "--channel", "feed:desk")
	hangs := g.shut(2)
	p := startProcess(t, "ewgwatch", crawlArgs(seeds, dir)...)
	p.until(t, hangs)
	p.stop(t, syscall.SIGINT)
	if out := p.stdout.String(); p.ProcessState.ExitCode() != exitPartial || !strings.Contains(out, "  alerts    0 sent, 4 waiting\n") {
		t.Errorf("exit code %d\n%s", p.ProcessState.ExitCode(), out)
	}
	if out := mustRun(t, 0, "alert", "--data", dir); out != "Alerts: 4 sent.\n" {
		t.Errorf("alert says %q", out)
	}
}

func TestServeCrawlsDeliversAndEndsWhenItIsTold(t *testing.T) {
	t.Parallel()
	g, hook, dir := startGate(t), startReceiver(t), t.TempDir()
	seeds := write(t, g.url+"\n", dir, "seeds.txt")
	write(t, "subscriptions:\n- {name: hook, channels: ['"+hook.url+"/x']}\n", dir, "config.yaml")
	args := append([]string{"serve", "--every", "1h"}, crawlArgs(seeds, dir)[1:]...)
	p := startProcess(t, "ewgwatch", args...)
	p.until(t, hook.came)
	if out := mustRun(t, 0, "subscribe", "list", "--data", dir); !strings.Contains(out, "hook  on  ") {
		t.Errorf("who asks meanwhile is told:\n%s", out)
	}
	if _, stderr, code := command(t.Context(), "alert", "--data", dir); code != exitTemporary || !strings.Contains(stderr, "ewgwatch serve is running on this folder") {
		t.Errorf("exit code %d, %q", code, stderr)
	}
	p.stop(t, syscall.SIGTERM)
	if code := p.ProcessState.ExitCode(); code != exitOK || !strings.Contains(p.stderr.String(), "stopped; what was found and what is owed is kept") {
		t.Errorf("exit code %d\n%s", code, p.stderr.String())
	}
	checkSound(t, dir)
	if out := mustRun(t, 0, "alert", "receipts", "--data", dir); !strings.Contains(out, "200 OK: taken") {
		t.Errorf("there is no receipt:\n%s", out)
	}
}

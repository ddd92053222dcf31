package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
)

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

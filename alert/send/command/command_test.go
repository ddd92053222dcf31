//go:build unix

package command_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/alert/send/command"
)

func delivery() send.Delivery {
	return send.Delivery{
		Alert:   ewgwatch.Alert{ID: "a_1", Class: ewgwatch.NewClaim},
		Message: send.Message{ID: "a_1", Subject: "$(id)\nx `id`", Thread: "a_0", JSON: []byte(`{"id":"a_1"}`)},
		Attempt: 2,
	}
}

// script writes a program into a folder of its own, and returns its name.
func script(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "script")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}

func run(ctx context.Context, t *testing.T, to string) (send.Answer, error) {
	t.Helper()
	sender, err := command.Open(ewgwatch.Channel{To: to})
	if err != nil {
		t.Fatal(err)
	}
	return sender.Send(ctx, delivery())
}

func TestACommandGetsTheMessageAndNoShell(t *testing.T) {
	t.Setenv("SMTP_PASSWORD", "secret")
	program := script(t, `cat; env | grep -E 'EWGWATCH|SMTP' | sort; echo "$# $1 $2"`)
	answer, err := run(t.Context(), t, program+"   $HOME;id 'a b'")
	want := `exit status 0 {"id":"a_1"}EWGWATCH_ALERT_ID=a_1
EWGWATCH_ATTEMPT=2
EWGWATCH_CLASS=new
EWGWATCH_SUBJECT=$(id) x ` + "`id`" + `
EWGWATCH_THREAD=a_0
EWGWATCH_TOPIC=
3 $HOME;id 'a
`
	if err != nil || answer.Response != want || answer.Text != `{"id":"a_1"}` {
		t.Errorf("answer %q, %v; want %q", answer.Response, err, want)
	}
}

func TestAnExitStatusSaysWhatAnAttemptIsWorth(t *testing.T) {
	for text, want := range map[string]send.Worth{"exit 75": send.Again, "exit 1": send.Aday, "echo why >&2; exit 3": send.Aday, "kill -9 $$": send.Again} {
		_, err := run(t.Context(), t, script(t, text))
		var refusal *send.Refusal
		if !errors.As(err, &refusal) || refusal.Worth != want || strings.Contains(text, "why") != strings.Contains(err.Error(), "why") {
			t.Errorf("%s: %v, want it worth %v", text, err, want)
		}
	}
	var refusal *send.Refusal
	if _, err := run(t.Context(), t, "/no/such/program"); !errors.As(err, &refusal) || refusal.Worth != send.Aday {
		t.Errorf("a program that is missing: %v", err)
	}
	if _, err := command.Open(ewgwatch.Channel{To: "  "}); err == nil {
		t.Error("no program was opened")
	}
}

func TestAProgramThatTakesTooLongDiesWithItsChildren(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "alive")
	program := script(t, "(while :; do date +%s%N > "+mark+"; sleep 0.05; done) & wait")
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if _, err := run(ctx, t, program); err == nil {
		t.Fatal("it was a success")
	}
	<-time.After(200 * time.Millisecond) // for a write that was under way
	before, err := os.ReadFile(mark)
	if err != nil {
		t.Fatal(err)
	}
	<-time.After(300 * time.Millisecond)
	if after, err := os.ReadFile(mark); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the child still writes: %s, then %s (%v)", before, after, err)
	}
}

func TestOutputWithoutEndIsCut(t *testing.T) {
	answer, err := run(t.Context(), t, script(t, "head -c 1000000 /dev/zero | tr '\\0' x"))
	if err != nil || len(answer.Response) > 5000 {
		t.Errorf("a response of %d bytes, %v", len(answer.Response), err)
	}
}

// Package command hands messages to a program. It is started without a shell: the
// channel's To is split at white space, and quotes, variables and pipes mean
// nothing. Who needs them names a script.
//
// The program reads the message as JSON from its standard input, and finds
// EWGWATCH_ALERT_ID, EWGWATCH_SUBJECT, EWGWATCH_THREAD, EWGWATCH_TOPIC,
// EWGWATCH_CLASS and EWGWATCH_ATTEMPT in its environment, which otherwise holds
// PATH, HOME, LANG and TZ only. Exit status 0 is a delivery, 75 (EX_TEMPFAIL of
// sysexits.h) and an end by a signal are worth a further attempt, and any other
// is a failure that somebody has to mend: it is tried for a day. A program that
// takes too long is killed with all that it started.
package command

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send"
	"ewgwatch/internal/plain"
)

const (
	tempFail  = 75
	maxOutput = 4 << 10         // bytes of output that are kept
	patience  = 2 * time.Second // for pipes that a grandchild holds open
)

// Open opens a command. Its folder is that of this program.
func Open(channel ewgwatch.Channel) (send.Sender, error) {
	argv := strings.Fields(channel.To)
	if len(argv) == 0 {
		return nil, errors.New("want a command, have none")
	}
	return sender(argv), nil
}

type sender []string

// Send runs the program once.
func (s sender) Send(ctx context.Context, d send.Delivery) (send.Answer, error) {
	output := &head{left: maxOutput}
	run := exec.CommandContext(ctx, s[0], s[1:]...)
	run.Stdin = bytes.NewReader(d.Message.JSON)
	run.Stdout, run.Stderr = output, output
	run.Env = environment(d)
	run.WaitDelay = patience
	apart(run)
	err := run.Run()
	if err == nil || errors.Is(err, exec.ErrWaitDelay) && run.ProcessState.Success() {
		return send.Answer{Response: "exit status 0 " + output.String(), Text: string(d.Message.JSON)}, nil
	}
	return send.Answer{}, failure(err, output.String())
}

func failure(err error, output string) error {
	worth := send.Aday
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() == tempFail || exit.ExitCode() < 0) {
		worth = send.Again
	}
	if output != "" {
		err = fmt.Errorf("%w: %s", err, output)
	}
	return &send.Refusal{Err: err, Worth: worth}
}

func environment(d send.Delivery) (env []string) {
	for _, name := range []string{"PATH", "HOME", "LANG", "TZ"} {
		if value, is := os.LookupEnv(name); is {
			env = append(env, name+"="+value)
		}
	}
	for _, pair := range [][2]string{
		{"ALERT_ID", d.Alert.ID}, {"SUBJECT", d.Message.Subject}, {"THREAD", d.Message.Thread},
		{"TOPIC", d.Message.Topic}, {"CLASS", string(d.Alert.Class)}, {"ATTEMPT", strconv.Itoa(d.Attempt)},
	} {
		env = append(env, "EWGWATCH_"+pair[0]+"="+plain.Line(pair[1]))
	}
	return env
}

// Close does nothing.
func (sender) Close() error { return nil }

// head keeps the first bytes that are written to it.
type head struct {
	text []byte
	left int
}

func (h *head) Write(b []byte) (int, error) {
	keep := min(len(b), h.left)
	h.left -= keep
	h.text = append(h.text, b[:keep]...)
	return len(b), nil
}

func (h *head) String() string { return string(h.text) }

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"
	"time"
)

// TestMain lets the test binary be a receiver or a courier.
func TestMain(m *testing.M) {
	if is, err := role(); is {
		exit(err)
	}
	os.Exit(m.Run())
}

// TestKilledDeliveriesLoseNothingAndRepeatOnlyByTheSameID kills twenty deliveries to a
// real mail server and a receiver of webhooks, each a process of its own. The
// program beside this test does more of it.
func TestKilledDeliveriesLoseNothingAndRepeatOnlyByTheSameID(t *testing.T) {
	t.Parallel()
	if _, err := python(t.Context()); errors.Is(err, errNoServer) {
		t.Skip(err)
	}
	killed(t, plan{alerts: 100, kills: 20, inside: true})
}

func TestTheProgramThatIsKilledLosesNothingAndRepeatsOnlyByTheSameID(t *testing.T) {
	t.Parallel()
	if _, err := os.ReadDir("../../cmd/ewgwatch"); err != nil { // which has this test run again where it changed
		t.Fatal(err)
	}
	if _, err := python(t.Context()); errors.Is(err, errNoServer) {
		t.Skip(err)
	}
	killed(t, plan{alerts: 100, kills: 20, crawls: 3})
}

func killed(t *testing.T, p plan) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	p.seed = uint64(time.Now().UnixNano())
	var out bytes.Buffer
	if err := run(ctx, &out, p); err != nil {
		t.Errorf("seed %d: %v\n%s", p.seed, err, &out)
	}
}

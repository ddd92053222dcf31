package send_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert/send"
)

func TestWhoIsStoppedGivesBackWhatWasNotTried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		ctx, stop := context.WithCancel(t.Context())
		slow := func(ctx context.Context, d send.Delivery) (send.Answer, error) {
			stop()
			select {
			case <-time.After(2 * time.Second): // less than the grace
				return takes(ctx, d)
			case <-ctx.Done():
				return send.Answer{}, ctx.Err()
			}
		}
		outbox := newShelf(t, owed("a", "http://slow/", start), owed("b", "http://slow/", start), owed("c", "http://hang/", start))
		report, err := send.New(outbox, options(map[string]receiver{"http://slow/": slow, "http://hang/": hangs})).Run(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(send.Report{Sent: 1, Back: 2}, report); diff != "" {
			t.Error(diff)
		}
		if took := time.Since(start); took > 6*time.Second {
			t.Errorf("took %v to stop", took)
		}
		for _, id := range []string{"b", "c"} {
			if a := outbox.get(id); a.Attempts != 0 || a.State != ewgwatch.Owed || a.LeasedUntil.After(time.Now()) {
				t.Errorf("given back: %+v, want it free and untried", a)
			}
		}
	})
}

func TestNoAlertIsBegunThatCannotEndWithinItsLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		slow := func(ctx context.Context, d send.Delivery) (send.Answer, error) {
			<-time.After(29 * time.Second)
			return takes(ctx, d)
		}
		outbox := newShelf(t)
		for i := range 6 {
			outbox.put(owed(fmt.Sprint(i), "http://x/", now))
		}
		o := options(map[string]receiver{"http://x/": slow})
		o.Lease = time.Minute
		if diff := cmp.Diff(send.Report{Sent: 6, Back: 6}, deliver(t, send.New(outbox, o))); diff != "" {
			t.Error(diff)
		}
	})
}

func TestNewAlertsAreSentAsSoonAsSomebodyWakesTheCourier(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outbox := newShelf(t)
		wake := make(chan struct{})
		o := options(map[string]receiver{"http://x/": takes})
		o.Wake = wake
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var done sync.WaitGroup
		done.Go(func() { _, _ = send.New(outbox, o).Run(ctx) })
		<-time.After(time.Second)
		outbox.put(owed("a", "http://x/", time.Now()))
		outbox.put(owed("later", "http://x/", time.Now().Add(3*time.Second)))
		wake <- struct{}{}
		<-time.After(100 * time.Millisecond)
		if got := outbox.get("a").State; got != ewgwatch.Sent {
			t.Errorf("100 ms after the call the alert is %s", got)
		}
		<-time.After(3 * time.Second)
		if got := outbox.get("later").State; got != ewgwatch.Sent {
			t.Errorf("100 ms after it was due the alert is %s", got)
		}
		asked := outbox.asks()
		<-time.After(time.Hour)
		if more := outbox.asks() - asked; more > 250 {
			t.Errorf("asked %d times within an idle hour", more)
		}
		stop()
		done.Wait()
	})
}

func TestAnOutboxThatFailsEndsTheWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outbox := newShelf(t, owed("a", "http://x/", time.Now()), owed("b", "http://y/", time.Now()))
		outbox.broken = errors.New("disk full")
		_, err := send.New(outbox, options(map[string]receiver{"http://x/": takes, "http://y/": hangs})).Run(t.Context())
		if !errors.Is(err, outbox.broken) {
			t.Errorf("err = %v, want that of the outbox", err)
		}
	})
}

func TestSecretsStandInNoErrorAndNoReceipt(t *testing.T) {
	t.Setenv("HOOK_TOKEN", "s3cr3t-token-9000")
	t.Setenv("HOOK_KEY", "hmac-key-value")
	synctest.Test(t, func(t *testing.T) {
		to := "https://user:${env:HOOK_TOKEN}@hooks.example.org/in/${env:HOOK_TOKEN}?k=${env:HOOK_TOKEN}"
		fails := true
		o := options(nil)
		o.Open[kind] = func(c ewgwatch.Channel) (send.Sender, error) {
			return receiver(func(context.Context, send.Delivery) (send.Answer, error) {
				if fails {
					return send.Answer{}, fmt.Errorf("Post %q: connection refused (%s, %s)", c.To, c.Secret, "s3cr3t-token-9000")
				}
				return send.Answer{Response: "hello " + c.To + " " + c.Secret}, nil
			}), nil
		}
		a := owed("a", to, time.Now())
		a.Channel.Secret = "env:HOOK_KEY"
		outbox := newShelf(t, a)
		courier := send.New(outbox, o)
		report := deliver(t, courier)
		texts := fmt.Sprint(report, outbox.get("a").LastError)
		fails = false
		<-time.After(time.Hour)
		deliver(t, courier)
		texts += fmt.Sprint(outbox.receipts)
		if strings.Contains(texts, "s3cr3t") || strings.Contains(texts, "hmac-key") || !strings.Contains(texts, "connection refused") || !strings.Contains(texts, "hooks.example.org") {
			t.Errorf("told %s", texts)
		}
	})
}

func TestASecretThatIsMissingIsToldAndTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outbox := newShelf(t, owed("a", "https://x/${env:EWGWATCH_NO_SUCH}", time.Now()))
		deliver(t, send.New(outbox, options(nil)))
		if a := outbox.get("a"); a.State != ewgwatch.Owed || !strings.Contains(a.LastError, "env:EWGWATCH_NO_SUCH is empty or not set") {
			t.Errorf("alert is %s with %q", a.State, a.LastError)
		}
	})
}

func TestAMessageThatGotNoAnswerMayHaveArrived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unsure := map[string]bool{}
		outbox := newShelf(t, owed("hangs", "http://hang/", time.Now()), owed("refused", "http://no/", time.Now()), owed("cut", "http://cut/", time.Now()))
		cut := func(context.Context, send.Delivery) (send.Answer, error) {
			return send.Answer{}, &send.Refusal{Err: errors.New("connection reset"), Unsure: true}
		}
		o := options(map[string]receiver{"http://hang/": hangs, "http://no/": refuses(send.Again, 0, "503"), "http://cut/": cut})
		o.Ended = func(a ewgwatch.Alert, s ewgwatch.Settled) { unsure[a.ID] = s.Unsure }
		deliver(t, send.New(outbox, o))
		if diff := cmp.Diff(map[string]bool{"hangs": true, "refused": false, "cut": true}, unsure); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWhatFailedIsNotTriedAgainInQuietHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		quiet := ewgwatch.QuietHours{From: 5 * time.Second, To: 7 * time.Hour} // the clock of a test begins at midnight
		var tried []time.Duration
		o := options(map[string]receiver{"http://x/": func(ctx context.Context, d send.Delivery) (send.Answer, error) {
			tried = append(tried, time.Since(start).Round(time.Minute))
			if len(tried) == 1 {
				return send.Answer{}, errors.New("connection refused")
			}
			return takes(ctx, d)
		}})
		o.Quiet = func(a ewgwatch.Alert, now time.Time) time.Time {
			if a.ID == "awake" { // of another subscriber by the same channel
				return now
			}
			return quiet.After(now)
		}
		outbox := newShelf(t, owed("asleep", "http://x/", start), owed("awake", "http://x/", start.Add(time.Hour)))
		ctx, stop := context.WithTimeout(t.Context(), 8*time.Hour)
		defer stop()
		report, err := send.New(outbox, o).Run(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]time.Duration{0, time.Hour, 7 * time.Hour}, tried); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(send.Report{Sent: 2, Retried: 1, Back: 1}, report); diff != "" {
			t.Error(diff)
		}
		if a := outbox.get("asleep"); a.Attempts != 2 {
			t.Errorf("%d attempts, want 2: what waits for morning is no attempt", a.Attempts)
		}
	})
}

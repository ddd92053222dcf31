package send_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"ewgwatch"
	"ewgwatch/alert/send"
)

const kind = ewgwatch.WebhookChannel

// receiver is what stands at the end of a channel.
type receiver func(ctx context.Context, d send.Delivery) (send.Answer, error)

func (r receiver) Send(ctx context.Context, d send.Delivery) (send.Answer, error) { return r(ctx, d) }
func (receiver) Close() error                                                     { return nil }

func takes(_ context.Context, d send.Delivery) (send.Answer, error) {
	return send.Answer{Response: "200 OK", Text: d.Message.Text}, nil
}

func hangs(ctx context.Context, _ send.Delivery) (send.Answer, error) {
	<-ctx.Done()
	return send.Answer{}, ctx.Err()
}

func refuses(worth send.Worth, after time.Duration, why string) receiver {
	return func(context.Context, send.Delivery) (send.Answer, error) {
		return send.Answer{}, &send.Refusal{Err: errors.New(why), Worth: worth, After: after}
	}
}

func render(a ewgwatch.Alert) (send.Message, error) {
	return send.Message{ID: a.ID, Subject: "Subject of " + a.ID, Text: "text of " + a.ID}, nil
}

// options serve receivers by the To of their channels.
func options(receivers map[string]receiver) send.Options {
	return send.Options{
		Render: render,
		Now:    time.Now,
		Random: func() float64 { return 0.999 },
		Open: map[ewgwatch.ChannelKind]send.Opener{kind: func(c ewgwatch.Channel) (send.Sender, error) {
			if r := receivers[c.To]; r != nil {
				return r, nil
			}
			return nil, errors.New("no such receiver")
		}},
	}
}

func owed(id, to string, due time.Time) ewgwatch.Alert {
	return ewgwatch.Alert{ID: id, Subscription: "sub", Channel: ewgwatch.Channel{Kind: kind, To: to}, MadeAt: due, DueAt: due}
}

func deliver(t *testing.T, c *send.Courier) send.Report {
	t.Helper()
	report, err := c.Deliver(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestWhatIsDueIsDeliveredOnceWithAReceipt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		outbox := newShelf(t, owed("a_1", "http://x/", now), owed("a_2", "http://x/", now.Add(time.Hour)))
		report := deliver(t, send.New(outbox, options(map[string]receiver{"http://x/": takes})))
		if diff := cmp.Diff(send.Report{Sent: 1}, report); diff != "" {
			t.Error(diff)
		}
		want := []ewgwatch.Receipt{{
			Alert: "a_1", Subscription: "sub", Kind: kind, To: "http://x", At: now, Attempts: 1, Response: "200 OK",
			SHA256: "a4ac84ef", Subject: "Subject of a_1",
		}}
		got := slices.Clone(outbox.receipts)
		got[0].SHA256 = got[0].SHA256[:8]
		want[0].SHA256 = sum("text of a_1")[:8]
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAChannelThatHangsDelaysNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		receivers := map[string]receiver{"http://hang/": hangs}
		outbox := newShelf(t, owed("hang", "http://hang/", start))
		for i := range 9 {
			to := fmt.Sprintf("http://%d/", i)
			receivers[to] = takes
			for j := range 40 {
				outbox.put(owed(fmt.Sprintf("a_%d_%d", i, j), to, start))
			}
		}
		last := start
		o := options(receivers)
		o.Ended = func(_ ewgwatch.Alert, s ewgwatch.Settled) {
			if s.Receipt != nil {
				last = s.Receipt.At
			}
		}
		report := deliver(t, send.New(outbox, o))
		if report.Sent != 360 || report.Retried != 1 || len(report.Failing) != 1 {
			t.Errorf("report %+v, want 360 sent and one to retry", report)
		}
		if took := last.Sub(start); took != 0 {
			t.Errorf("the nine took %v of the hanging channel's time", took)
		}
		if took := time.Since(start); took > 31*time.Second {
			t.Errorf("took %v, want the timeout of one attempt", took)
		}
		if outbox.settled > 4 {
			t.Errorf("settled in %d transactions, want few", outbox.settled)
		}
	})
}

func TestManyChannelsThatHangLeaveLanesToOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		receivers := map[string]receiver{"http://fine/": takes}
		outbox := newShelf(t)
		for i := range 8 {
			to := fmt.Sprintf("http://hang%d/", i)
			receivers[to] = hangs
			outbox.put(owed(to, to, start))
		}
		o := options(receivers)
		o.Lanes = 4
		courier := send.New(outbox, o)
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			_, err := courier.Run(ctx)
			done <- err
		}()
		<-time.After(10 * time.Minute) // all are known to hang
		for i := range 50 {
			outbox.put(owed(fmt.Sprint("fine", i), "http://fine/", time.Now()))
			<-time.After(20 * time.Second)
			if got := outbox.get(fmt.Sprint("fine", i)).State; got != ewgwatch.Sent {
				t.Fatalf("the %d. alert is %s after 20 s, want it sent", i, got)
			}
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func TestAChannelThatFailsIsTriedWithOneAlertEverRarer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var at []time.Duration
		fails := func(context.Context, send.Delivery) (send.Answer, error) {
			at = append(at, time.Since(start).Round(time.Second))
			return send.Answer{}, errors.New("500")
		}
		outbox := newShelf(t)
		for i := range 1000 {
			outbox.put(owed(fmt.Sprintf("a_%03d", i), "http://x/", start))
		}
		ctx, stop := context.WithTimeout(t.Context(), 4*time.Hour)
		defer stop()
		if _, err := send.New(outbox, options(map[string]receiver{"http://x/": fails})).Run(ctx); err != nil {
			t.Fatal(err)
		}
		var want []time.Duration
		for _, seconds := range []int{0, 30, 90, 210, 450, 929, 1888, 3806, 7402, 10999} {
			want = append(want, time.Duration(seconds)*time.Second)
		}
		near := cmp.Comparer(func(a, b time.Duration) bool { return (a - b).Abs() <= 20*time.Second })
		if diff := cmp.Diff(want, at, near); diff != "" {
			t.Error(diff)
		}
	})
}

func TestABrokenChannelsAlertsDieInBoundedTimeWithTheReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		outbox := newShelf(t)
		for i := range 300 {
			outbox.put(owed(fmt.Sprintf("a_%03d", i), "http://x/", start))
		}
		ctx, stop := context.WithTimeout(t.Context(), 80*time.Hour)
		defer stop()
		o := options(map[string]receiver{"http://x/": refuses(send.Again, 0, "500 broken")})
		if _, err := send.New(outbox, o).Run(ctx); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(map[ewgwatch.AlertState]int{ewgwatch.Dead: 300}, outbox.states()); diff != "" {
			t.Error(diff)
		}
		if why := outbox.get("a_250").LastError; !strings.Contains(why, "gave up 72h0m0s after it was due") || !strings.Contains(why, "500 broken") {
			t.Errorf("died of %q", why)
		}
	})
}

func TestAChannelThatRecoversGetsEverythingOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		seen := map[string]int{}
		r := func(ctx context.Context, d send.Delivery) (send.Answer, error) {
			if time.Since(start) < 7*time.Hour {
				return send.Answer{}, errors.New("503")
			}
			seen[d.Alert.ID]++
			return takes(ctx, d)
		}
		outbox := newShelf(t)
		for i := range 300 {
			outbox.put(owed(fmt.Sprintf("a_%03d", i), "http://x/", start))
		}
		ctx, stop := context.WithTimeout(t.Context(), 9*time.Hour)
		defer stop()
		if _, err := send.New(outbox, options(map[string]receiver{"http://x/": r})).Run(ctx); err != nil {
			t.Fatal(err)
		}
		if len(seen) != 300 || outbox.states()[ewgwatch.Sent] != 300 {
			t.Errorf("%d arrived, outbox %v; want all 300", len(seen), outbox.states())
		}
		for id, times := range seen {
			if times != 1 {
				t.Errorf("%s came %d times", id, times)
			}
		}
	})
}

func TestARefusalSaysWhatBecomesOfAnAlert(t *testing.T) {
	for name, c := range map[string]struct {
		worth send.Worth
		after time.Duration
		age   time.Duration // since it was due
		tried int
		want  ewgwatch.AlertState
		pause time.Duration
	}{
		"what is refused for good is dead at once":     {worth: send.Never, want: ewgwatch.Dead},
		"what may be mended waits":                     {worth: send.Aday, want: ewgwatch.Owed, pause: 30 * time.Second},
		"but a day only":                               {worth: send.Aday, age: 24 * time.Hour, tried: 9, want: ewgwatch.Dead},
		"the receiver's pause wins":                    {after: 20 * time.Minute, want: ewgwatch.Owed, pause: 20 * time.Minute},
		"if it is longer":                              {after: time.Second, want: ewgwatch.Owed, pause: 30 * time.Second},
		"and not endless":                              {after: 1e5 * time.Hour, want: ewgwatch.Owed, pause: 6 * time.Hour},
		"an old alert is tried more than once":         {age: 200 * time.Hour, want: ewgwatch.Owed, pause: 30 * time.Second},
		"and eight times at most":                      {age: 200 * time.Hour, tried: 7, want: ewgwatch.Dead},
		"attempts of an earlier process count":         {tried: 3, want: ewgwatch.Owed, pause: 4 * time.Minute},
		"what is just within its time is tried again":  {age: 71 * time.Hour, tried: 9, want: ewgwatch.Dead},
		"and what would be tried after it is given up": {age: 70 * time.Hour, tried: 9, want: ewgwatch.Owed, pause: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				now := time.Now()
				a := owed("a", "http://x/", now.Add(-c.age))
				a.Attempts = c.tried
				if name == "what is just within its time is tried again" {
					a.DueAt = a.DueAt.Add(-time.Minute) // its next turn would be 72 h and 1 min after
				}
				outbox := newShelf(t, a)
				deliver(t, send.New(outbox, options(map[string]receiver{"http://x/": refuses(c.worth, c.after, "no")})))
				got := outbox.get("a")
				if got.State != c.want || got.Attempts != c.tried+1 || !strings.Contains(got.LastError, "no") {
					t.Errorf("alert is %s after %d attempts with %q, want %s", got.State, got.Attempts, got.LastError, c.want)
				}
				if pause := got.LeasedUntil.Sub(now); c.want == ewgwatch.Owed && (pause < c.pause*99/100 || pause > c.pause) {
					t.Errorf("waits %v, want %v", pause, c.pause)
				}
			})
		})
	}
}

func TestAMessageThatIsRefusedForGoodStopsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		r := func(ctx context.Context, d send.Delivery) (send.Answer, error) {
			if d.Alert.ID == "b" {
				return send.Answer{}, &send.Refusal{Err: errors.New("422"), Worth: send.Never}
			}
			return takes(ctx, d)
		}
		outbox := newShelf(t, owed("a", "http://x/", now), owed("b", "http://x/", now), owed("c", "http://x/", now))
		report := deliver(t, send.New(outbox, options(map[string]receiver{"http://x/": r})))
		if diff := cmp.Diff(send.Report{Sent: 2, Dead: 1}, report); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAMessageThatCannotBeRenderedStopsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		outbox := newShelf(t, owed("a", "http://x/", now), owed("b", "http://x/", now))
		o := options(map[string]receiver{"http://x/": takes})
		o.Render = func(a ewgwatch.Alert) (send.Message, error) {
			if a.ID == "a" {
				return send.Message{}, errors.New("no such language")
			}
			return render(a)
		}
		if diff := cmp.Diff(send.Report{Sent: 1, Retried: 1}, deliver(t, send.New(outbox, o))); diff != "" {
			t.Error(diff)
		}
	})
}

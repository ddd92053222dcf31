package send

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"ewgwatch"
	"ewgwatch/alert/send/secret"
	"ewgwatch/internal/plain"
)

// round serves a queue of alerts of one channel, one after the other, until one
// fails for a reason that the next would meet as well.
type round struct {
	*Courier
	key      key
	channel  ewgwatch.Channel
	name     string
	failures int
	until    time.Time // the lease ends
	events   chan<- event

	scrubber secret.Scrubber
	sender   Sender // nil before the first attempt
}

// outcome is how a round ended.
type outcome struct {
	key      key
	failures int       // since the last success; 0 if the channel is well
	rests    time.Time // until then
	why      string
}

func (r *round) serve(ctx context.Context, queue []ewgwatch.Alert) {
	o := outcome{key: r.key}
	r.scrubber = secret.ScrubberOf(r.channel)
	for i, a := range queue {
		if ctx.Err() != nil || r.o.Now().Add(r.o.Timeout).After(r.until) {
			r.back(queue[i:], r.o.Now())
			break
		}
		if now := r.o.Now(); r.o.Quiet(a, now).After(now) {
			r.back(queue[i:i+1], r.o.Quiet(a, now))
			continue
		}
		settled, rests := r.attempt(ctx, a)
		r.events <- event{alert: a, settled: settled}
		if settled.Receipt != nil || settled.Dead && rests.IsZero() { // the receiver can be spoken to
			r.failures = 0
		}
		if !rests.IsZero() {
			r.failures = max(r.failures+1, a.Attempts)
			o.rests, o.why = rests, settled.Why
			r.postpone(queue[i+1:], o)
			break
		}
	}
	if r.sender != nil {
		_ = r.sender.Close() // what it sent is answered for
	}
	o.failures = r.failures
	r.events <- event{over: &o}
}

// back gives alerts back untried.
func (r *round) back(rest []ewgwatch.Alert, at time.Time) {
	for _, a := range rest {
		r.events <- event{alert: a, settled: ewgwatch.Settled{Alert: a.ID, RetryAt: at}}
	}
}

// postpone lets alerts wait for their lane; those whose time is over die of what
// ails it.
func (r *round) postpone(rest []ewgwatch.Alert, o outcome) {
	now := r.o.Now()
	for _, a := range rest {
		if r.failures >= tries && r.overdue(a, now) {
			r.events <- event{alert: a, settled: r.late(a, o.why)}
			continue
		}
		r.back([]ewgwatch.Alert{a}, o.rests)
	}
}

// late is the end of an alert that was not tried for all its time, because others
// of its channel failed.
func (c *Courier) late(a ewgwatch.Alert, why string) ewgwatch.Settled {
	return ewgwatch.Settled{Alert: a.ID, Dead: true, Why: fmt.Sprintf("gave up %v after it was due, its channel failing: %s", c.o.MaxAge, why)}
}

func (c *Courier) overdue(a ewgwatch.Alert, now time.Time) bool {
	return now.Sub(a.DueAt) >= c.o.MaxAge
}

// attempt tries one alert, and says until when the lane has to rest; zero for not
// at all.
func (r *round) attempt(ctx context.Context, a ewgwatch.Alert) (ewgwatch.Settled, time.Time) {
	m, err := r.o.Render(a)
	if err != nil {
		settled, _ := r.judge(a, &Refusal{Err: fmt.Errorf("render: %w", err), Worth: Aday})
		return settled, time.Time{} // the next message may be fine
	}
	d := Delivery{Alert: a, Message: m, Attempt: max(1, a.Attempts)}
	limited, cancel := r.limit(ctx)
	defer cancel()
	answer, err := r.send(limited, d)
	switch {
	case err == nil:
		return ewgwatch.Settled{Alert: a.ID, Receipt: r.receipt(d, answer)}, time.Time{}
	case ctx.Err() != nil && errors.Is(limited.Err(), context.Canceled):
		return ewgwatch.Settled{Alert: a.ID, RetryAt: r.o.Now(), Unsure: true}, time.Time{} // cut off by us
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		settled, rests := r.judge(a, fmt.Errorf("no answer within %v: %w", r.o.Timeout, err))
		settled.Unsure = true
		return settled, rests
	}
	return r.judge(a, err)
}

// limit returns the context of an attempt: it outlives ctx by the grace, since a
// mail that is cut off half-way may have been taken, and would come twice.
func (r *round) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.o.Timeout)
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-time.After(r.o.Grace):
			cancel()
		case <-limited.Done():
		}
	})
	return limited, func() { stop(); cancel() }
}

func (r *round) send(ctx context.Context, d Delivery) (Answer, error) {
	if r.sender == nil {
		sender, err := r.open()
		if err != nil {
			return Answer{}, err
		}
		r.sender = sender
	}
	return r.sender.Send(ctx, d)
}

func (r *round) open() (Sender, error) {
	resolved, err := secret.Resolve(r.channel)
	if err != nil {
		return nil, err
	}
	r.scrubber = secret.ScrubberOf(resolved)
	open := r.o.Open[r.channel.Kind]
	if open == nil {
		return nil, fmt.Errorf("want a channel that this program serves, have %q", r.channel.Kind)
	}
	return open(resolved)
}

func (r *round) receipt(d Delivery, answer Answer) *ewgwatch.Receipt {
	sum := sha256.Sum256([]byte(answer.Text))
	return &ewgwatch.Receipt{
		Alert: d.Alert.ID, Subscription: d.Alert.Subscription, Kind: r.channel.Kind, To: r.channel.String(),
		At: r.o.Now(), Attempts: d.Attempt, Response: r.scrubber.Line(answer.Response),
		SHA256: hex.EncodeToString(sum[:]), Subject: plain.Line(d.Message.Subject),
	}
}

// judge decides what becomes of an alert that was not delivered, and until when
// its lane rests.
func (r *round) judge(a ewgwatch.Alert, err error) (ewgwatch.Settled, time.Time) {
	refusal := &Refusal{Err: err}
	errors.As(err, &refusal)
	why, now := r.scrubber.Line(err.Error()), r.o.Now()
	if refusal.Worth == Never {
		return ewgwatch.Settled{Alert: a.ID, Dead: true, Why: why}, time.Time{}
	}
	failures := max(r.failures+1, a.Attempts)
	pause := backoff(failures, r.o.Base, r.o.Cap, r.o.Random())
	at := now.Add(max(pause, min(refusal.After, r.o.RetryAfter)))
	worth := r.o.MaxAge
	if refusal.Worth == Aday {
		worth = r.o.day()
	}
	if failures >= tries && at.After(a.DueAt.Add(worth)) {
		return ewgwatch.Settled{Alert: a.ID, Dead: true, Unsure: refusal.Unsure, Why: fmt.Sprintf("gave up %v after it was due: %s", worth, why)}, at
	}
	return ewgwatch.Settled{Alert: a.ID, RetryAt: at, Unsure: refusal.Unsure, Why: why}, at
}

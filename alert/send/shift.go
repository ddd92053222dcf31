package send

import (
	"context"
	"time"

	"ewgwatch"
)

const (
	batch = 256 // alerts that are leased, and leases that are settled, at once
	tries = 8   // that a channel has failed at least, about an hour, before the age of alerts counts: who was away for a week loses none to a bad minute
)

// shift is one call of a courier. Its methods run in one goroutine; the lanes'
// rounds run in their own and tell it of events.
type shift struct {
	*Courier
	events  chan event
	busy    int // rounds that run
	sick    int // of them, in lanes that failed last
	pending []ewgwatch.Settled
	back    bool             // some of them are free again at once
	freed   bool             // and are, since that was settled
	gather  <-chan time.Time // fires when what is pending has waited long enough
	report  Report
}

// event is either the end of an alert's lease or the end of a round.
type event struct {
	alert   ewgwatch.Alert
	settled ewgwatch.Settled
	over    *outcome
}

// work serves until nothing is left to do, or for as long as ctx lives.
func (s *shift) work(ctx context.Context, on bool) (err error) {
	done := ctx.Done()
	var wait <-chan time.Time
	for look := true; ; {
		if (look || s.freed) && ctx.Err() == nil {
			s.freed = false
			if err := s.lease(ctx); err != nil {
				return err
			}
			if wait, err = s.wait(on); err != nil {
				return err
			}
		}
		if s.busy == 0 && (!on || ctx.Err() != nil) {
			if !s.back || ctx.Err() != nil {
				return s.settle()
			}
			if err := s.settle(); err != nil {
				return err
			}
			continue // with what was given back for want of time
		}
		look = false
		select {
		case e := <-s.events:
			look, err = s.take(e)
		case <-s.gather:
			err = s.settle()
		case <-s.o.Wake:
			look = true
		case <-wait:
			look, wait = true, nil
		case <-done:
			done = nil
		}
		if err != nil {
			return err
		}
	}
}

// lease takes alerts for as long as there are some that may be tried now.
func (s *shift) lease(ctx context.Context) error {
	for {
		now := s.o.Now()
		until := now.Add(s.o.Lease)
		alerts, err := s.outbox.LeaseAlerts(now, until, batch, s.free(now))
		if err != nil {
			return err
		}
		queues := map[key][]ewgwatch.Alert{}
		for _, a := range alerts {
			queues[keyOf(a.Channel)] = append(queues[keyOf(a.Channel)], a)
		}
		for k, queue := range queues {
			if l := s.lanes[k]; l != nil && now.Before(l.rests) {
				err = s.bury(queue, l.why)
			} else {
				s.begin(ctx, k, queue, until)
			}
			if err != nil {
				return err
			}
		}
		if len(alerts) < batch {
			return nil
		}
	}
}

// bury ends alerts whose time is over while their channel fails.
func (s *shift) bury(queue []ewgwatch.Alert, why string) error {
	for _, a := range queue {
		if _, err := s.take(event{alert: a, settled: s.late(a, why)}); err != nil {
			return err
		}
	}
	return nil
}

// free returns the question which alerts may be leased: none of a channel that
// rests or is served, and of one that failed a single one to try it with; but of
// both those whose time is over. Channels that failed get half of the lanes at
// most, so that many that hang leave room for those that do not.
func (s *shift) free(now time.Time) func(ewgwatch.Alert) bool {
	taken := map[key]int{}
	busy, sick := s.busy, s.sick
	return func(a ewgwatch.Alert) bool {
		l, k := s.lane(a.Channel), keyOf(a.Channel)
		late := l.sick() && l.failures >= tries && s.overdue(a, now)
		switch {
		case l != nil && l.busy, taken[k] >= s.o.Queue && !late:
			return false
		case l != nil && now.Before(l.rests):
			return late
		case taken[k] > 0 && l.sick() && !late:
			return false
		case taken[k] == 0 && (busy >= s.o.Lanes || l.sick() && sick >= max(1, s.o.Lanes/2)):
			return false
		case taken[k] == 0:
			busy++
			if l.sick() {
				sick++
			}
		}
		taken[k]++
		return true
	}
}

// begin starts a round of a lane.
func (s *shift) begin(ctx context.Context, k key, queue []ewgwatch.Alert, until time.Time) {
	l := s.lanes[k]
	if l == nil {
		l = &lane{name: queue[0].Channel.String()}
		s.lanes[k] = l
	}
	l.busy = true
	s.busy++
	if l.sick() {
		s.sick++
	}
	r := &round{Courier: s.Courier, key: k, channel: queue[0].Channel, name: l.name, failures: l.failures, until: until, events: s.events}
	go r.serve(ctx, queue)
}

// take keeps what a round tells, and says whether there may be more to lease.
func (s *shift) take(e event) (look bool, err error) {
	if e.over != nil {
		s.end(*e.over)
		return true, nil
	}
	s.report.count(e.settled)
	if s.o.Ended != nil {
		s.o.Ended(e.alert, e.settled)
	}
	e.settled.Attempt = e.alert.Attempts
	s.pending = append(s.pending, e.settled)
	if e.settled.Receipt == nil && !e.settled.Dead && !e.settled.RetryAt.After(s.o.Now()) {
		s.back = true
	}
	if len(s.pending) >= batch {
		return false, s.settle()
	}
	if s.gather == nil {
		s.gather = time.After(s.o.Gather)
	}
	return false, nil
}

// end notes how a round ended. A lane that is well is forgotten.
func (s *shift) end(o outcome) {
	l := s.lanes[o.key]
	s.busy--
	if l.sick() {
		s.sick--
	}
	l.busy, l.failures, l.rests, l.why = false, o.failures, o.rests, o.why
	if o.failures == 0 {
		delete(s.lanes, o.key)
	}
}

// settle writes down what is pending.
func (s *shift) settle() error {
	s.gather = nil
	if len(s.pending) == 0 {
		return nil
	}
	if err := s.outbox.SettleAlerts(s.pending); err != nil {
		return err
	}
	s.pending, s.freed, s.back = nil, s.freed || s.back, false
	return nil
}

// wait returns what fires when there may be something to lease again: the next
// alert is due, or a lane has rested. An alert that is due while its lane rests
// hides those behind it; so the outbox is asked from time to time.
func (s *shift) wait(on bool) (<-chan time.Time, error) {
	if !on {
		return nil, nil
	}
	now := s.o.Now()
	next := now.Add(s.o.Poll)
	due, is, err := s.outbox.NextAlert(now)
	if err != nil {
		return nil, err
	}
	if is && due.After(now) && due.Before(next) {
		next = due
	}
	for _, l := range s.lanes {
		if !l.busy && l.rests.After(now) && l.rests.Before(next) {
			next = l.rests
		}
	}
	return time.After(next.Sub(now)), nil
}

func (r *Report) count(s ewgwatch.Settled) {
	switch {
	case s.Receipt != nil:
		r.Sent++
	case s.Dead:
		r.Dead++
	case s.Why != "":
		r.Retried++
	default:
		r.Back++
	}
}

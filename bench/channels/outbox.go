package main

import (
	"fmt"
	"sync"
	"time"

	"ewgwatch"
)

// outbox holds alerts in memory, so that channels alone are measured.
type outbox struct {
	mu   sync.Mutex
	owed []ewgwatch.Alert
}

func (o *outbox) add(to string, tenth bool) {
	name := "well"
	if tenth {
		name = "tenth"
	}
	for i := range alerts {
		o.owed = append(o.owed, ewgwatch.Alert{
			ID: fmt.Sprintf("%s#%d", to, i), Subscription: name, DueAt: time.Now(),
			Channel: ewgwatch.Channel{Kind: ewgwatch.WebhookChannel, To: to},
		})
	}
}

// LeaseAlerts leases alerts.
func (o *outbox) LeaseAlerts(now, until time.Time, limit int, free func(ewgwatch.Alert) bool) (leased []ewgwatch.Alert, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := range o.owed {
		a := &o.owed[i]
		if len(leased) < limit && a.State == "" && !a.LeasedUntil.After(now) && free(*a) {
			a.LeasedUntil = until
			leased = append(leased, *a)
		}
	}
	return leased, nil
}

// SettleAlerts ends leases.
func (o *outbox) SettleAlerts(done []ewgwatch.Settled) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	settled := map[string]ewgwatch.Settled{}
	for _, each := range done {
		settled[each.Alert] = each
	}
	for i := range o.owed {
		each, is := settled[o.owed[i].ID]
		switch {
		case !is:
		case each.Receipt != nil:
			o.owed[i].State = ewgwatch.Sent
		case each.Dead:
			o.owed[i].State = ewgwatch.Dead
		default:
			o.owed[i].LeasedUntil = each.RetryAt
		}
	}
	return nil
}

// NextAlert is asked by nobody who only delivers what is due.
func (*outbox) NextAlert(time.Time) (due time.Time, is bool, err error) { return due, false, nil }

package send_test

import (
	"cmp"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"ewgwatch"
)

// shelf is an outbox in memory, as the store keeps it.
type shelf struct {
	t      *testing.T
	broken error // of every settling

	mu       sync.Mutex
	alerts   map[string]*ewgwatch.Alert
	receipts []ewgwatch.Receipt
	settled  int // transactions
	asked    int // leasing
}

func newShelf(t *testing.T, alerts ...ewgwatch.Alert) *shelf {
	t.Helper()
	s := &shelf{t: t, alerts: map[string]*ewgwatch.Alert{}}
	for _, a := range alerts {
		s.put(a)
	}
	return s
}

func (s *shelf) put(a ewgwatch.Alert) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a.State = ewgwatch.Owed
	s.alerts[a.ID] = &a
}

func (s *shelf) sorted() (all []*ewgwatch.Alert) {
	for _, a := range s.alerts {
		if a.State == ewgwatch.Owed {
			all = append(all, a)
		}
	}
	slices.SortFunc(all, func(a, b *ewgwatch.Alert) int { return cmp.Or(a.DueAt.Compare(b.DueAt), cmp.Compare(a.ID, b.ID)) })
	return all
}

func (s *shelf) LeaseAlerts(now, until time.Time, limit int, free func(ewgwatch.Alert) bool) (leased []ewgwatch.Alert, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	for _, a := range s.sorted() {
		if len(leased) < limit && !a.DueAt.After(now) && !a.LeasedUntil.After(now) && free(*a) {
			a.LeasedUntil = until
			a.Attempts++
			leased = append(leased, *a)
		}
	}
	return leased, nil
}

func (s *shelf) SettleAlerts(done []ewgwatch.Settled) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken != nil {
		return s.broken
	}
	s.settled++
	for _, each := range done {
		if err := s.settle(each); err != nil {
			s.t.Error(err)
		}
	}
	return nil
}

func (s *shelf) settle(each ewgwatch.Settled) error {
	a := s.alerts[each.Alert]
	if a == nil || a.State != ewgwatch.Owed {
		return errors.New("settled what is not owed: " + each.Alert)
	}
	a.LeasedUntil, a.LastError = each.RetryAt, each.Why
	if each.Receipt == nil && each.Why == "" {
		a.Attempts--
	}
	switch {
	case each.Receipt != nil:
		a.State = ewgwatch.Sent
		s.receipts = append(s.receipts, *each.Receipt)
	case each.Dead:
		a.State = ewgwatch.Dead
	}
	return nil
}

func (s *shelf) NextAlert(time.Time) (due time.Time, is bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.sorted() {
		at := a.DueAt
		if a.LeasedUntil.After(at) {
			at = a.LeasedUntil
		}
		if !is || at.Before(due) {
			due, is = at, true
		}
	}
	return due, is, nil
}

// states counts the alerts by how far they have come.
func (s *shelf) states() map[ewgwatch.AlertState]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	counts := map[ewgwatch.AlertState]int{}
	for _, a := range s.alerts {
		counts[a.State]++
	}
	return counts
}

// asks is how often leases were asked for.
func (s *shelf) asks() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

func (s *shelf) get(id string) ewgwatch.Alert {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *s.alerts[id]
}

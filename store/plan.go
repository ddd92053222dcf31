package store

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"ewgwatch"
)

// PutPlan keeps what was decided of some changes, whole or not at all; put twice it
// is kept once. What becomes of a plan is said at [ewgwatch.Plan]. An alert is owed
// from then on, whatever it says of its state; attempts that it says were made count.
//
// A plan that replaces an alert which somebody has sent, given up or is sending since
// it was decided is [ErrOvertaken], and nothing of it is kept: the alert would be told
// twice, under two IDs.
func (s *Store) PutPlan(plan ewgwatch.Plan) error {
	if err := s.writable(); err != nil {
		return err
	}
	if err := checkPlan(plan); err != nil {
		return err
	}
	err := s.change(func(t transaction) error {
		for _, id := range plan.Replaces {
			if err := t.replaceable(id); err != nil {
				return err
			}
		}
		for _, a := range plan.Alerts {
			if err := t.owe(a); err != nil {
				return err
			}
		}
		for _, id := range plan.Replaces {
			if err := t.replace(id); err != nil {
				return err
			}
		}
		for _, told := range plan.Told {
			if err := t.inform(told); err != nil {
				return err
			}
		}
		for _, mark := range plan.Marks {
			if err := t.mark(mark); err != nil {
				return err
			}
		}
		return t.dealt(plan.Upto)
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", s.path, pathless(err))
	}
	return nil
}

// checkPlan refuses what is no key.
func checkPlan(plan ewgwatch.Plan) error {
	for _, a := range plan.Alerts {
		if err := checkName(a.ID); err != nil {
			return fmt.Errorf("ID of an alert: %w", err)
		}
	}
	for _, mark := range plan.Marks {
		if err := checkName(mark); err != nil {
			return fmt.Errorf("mark: %w", err)
		}
	}
	return nil
}

// Marked reports whether a plan that was put has the mark.
func (s *Store) Marked(mark string) (marked bool, err error) {
	err = s.look(func(l look) error { marked = l.get(marksBucket, []byte(mark)) != nil; return nil })
	if err != nil {
		return false, fmt.Errorf("read %s: %w", s.path, err)
	}
	return marked, nil
}

func (t transaction) mark(mark string) error {
	marks := t.past(marksBucket)
	if has(marks, []byte(mark)) {
		return nil
	}
	return marks.Put([]byte(mark), timeKey(t.now()))
}

// owe keeps an alert that is not kept yet, and of a digest what those of the same
// name lack.
func (t transaction) owe(a ewgwatch.Alert) error {
	if a.Class == ewgwatch.Digest {
		return t.gather(a)
	}
	if has(t.past(alertsBucket), []byte(a.ID)) {
		return nil
	}
	return t.begin(a)
}

// begin keeps a new alert.
func (t transaction) begin(a ewgwatch.Alert) error {
	a.State, a.LeasedUntil = ewgwatch.Owed, time.Time{}
	if a.MadeAt.IsZero() {
		a.MadeAt = t.now()
	}
	return t.keep(dispatch{Alert: a})
}

// gather puts the notices of a digest into the one of its ID, unless that may have
// reached somebody: a receiver who knows the ID would take what was added for known.
// Then another goes after it.
func (t transaction) gather(a ewgwatch.Alert) error {
	var open *dispatch
	rest, id := a.Notices, a.ID
	for n := 2; ; n++ {
		d, known, err := t.alert(a.ID)
		if err != nil {
			return err
		}
		if !known {
			break
		}
		rest = lackingIn(d.Notices, rest)
		if open == nil && d.Class == ewgwatch.Digest && d.State == ewgwatch.Owed && !d.tried {
			open = &d
		}
		a.ID = id + "-" + strconv.Itoa(n)
	}
	switch {
	case len(rest) == 0 && a.ID != id:
		return nil
	case open != nil:
		open.Notices = append(open.Notices, rest...)
		return t.keep(*open)
	}
	a.Notices = rest
	return t.begin(a)
}

// lackingIn returns the notices that are not among those known.
func lackingIn(known, notices []ewgwatch.Notice) (rest []ewgwatch.Notice) {
	have := map[string]bool{}
	for _, n := range known {
		have[string(encodeNotice(n))] = true
	}
	for _, n := range notices {
		if !have[string(encodeNotice(n))] {
			rest = append(rest, n)
		}
	}
	return rest
}

// ErrOvertaken is a plan that was decided on what holds no more. It is to be decided
// anew.
var ErrOvertaken = errors.New("what the plan replaces has gone on since")

// replaceable refuses an alert that its receiver has, or may have, by its own ID. One
// that was replaced is so by the same plan, put again.
func (t transaction) replaceable(id string) error {
	d, known, err := t.alert(id)
	switch {
	case err != nil || !known || d.State == ewgwatch.Replaced:
		return err
	case d.State != ewgwatch.Owed || !d.LeasedUntil.IsZero() || d.Unsure:
		return fmt.Errorf("%w: alert %s", ErrOvertaken, id)
	}
	return nil
}

// replace ends an alert that another one tells as well.
func (t transaction) replace(id string) error {
	d, known, err := t.alert(id)
	if err != nil || !known || d.State != ewgwatch.Owed {
		return err
	}
	return t.end(d, ewgwatch.Replaced)
}

package alert

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ewgwatch"
)

// When owed alerts are a flood that an outage has dammed up.
const (
	Overdue  = 6 * time.Hour // since one was due
	Attempts = 3             // that failed
	Flood    = 3             // of a subscription and channel; more become one
)

// CatchUp puts one digest in the place of the owed alerts of a channel that an outage
// has dammed up, so that its end floods nobody: those that are overdue or failed
// several times, where they are more than [Flood]. It leaves out nothing of what they
// tell, in the order in which it was decided. An alert that somebody is sending, or may
// have sent before a kill, is left alone: its receiver knows it by no other ID. The digest
// goes on where the alerts are, so that it is given up no later for having taken in
// others: with the most of their attempts, as old as the oldest, and due when the first
// of them was.
func CatchUp(owed []ewgwatch.Alert, now time.Time) (plan ewgwatch.Plan) {
	late := map[string][]ewgwatch.Alert{}
	for _, a := range owed {
		if dammed(a, now) {
			whom := strings.Join([]string{a.Subscription, string(a.Channel.Kind), a.Channel.To, a.Lang}, "\x00")
			late[whom] = append(late[whom], a)
		}
	}
	for _, whom := range sortedKeys(late) {
		if all := late[whom]; len(all) > Flood {
			slices.SortFunc(all, func(a, b ewgwatch.Alert) int {
				return cmp.Or(a.MadeAt.Compare(b.MadeAt), a.DueAt.Compare(b.DueAt), strings.Compare(a.ID, b.ID))
			})
			plan.Alerts = append(plan.Alerts, oneOf(all))
			for _, a := range all {
				plan.Replaces = append(plan.Replaces, a.ID)
			}
		}
	}
	return plan
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

func dammed(a ewgwatch.Alert, now time.Time) bool {
	return a.State == ewgwatch.Owed && a.Class != ewgwatch.TestMessage && a.LeasedUntil.IsZero() && !a.Unsure &&
		(a.Attempts >= Attempts || now.Sub(a.DueAt) >= Overdue)
}

// oneOf makes one digest of several alerts.
func oneOf(all []ewgwatch.Alert) ewgwatch.Alert {
	one := all[0]
	one.Class, one.Notices, one.LastError, one.LeasedUntil = ewgwatch.Digest, nil, "", time.Time{}
	ids := []string{"catch-up"}
	for _, a := range all {
		one.Notices = append(one.Notices, a.Notices...)
		one.Attempts = max(one.Attempts, a.Attempts)
		one.LastError = cmp.Or(a.LastError, one.LastError)
		if a.DueAt.Before(one.DueAt) {
			one.DueAt = a.DueAt
		}
		ids = append(ids, a.ID)
	}
	one.ID = name(one, ids...)
	one.Thread = one.ID
	return one
}

package send

import (
	"time"

	"ewgwatch"
)

// Outbox holds the alerts that are owed.
type Outbox interface {
	// LeaseAlerts returns at most limit alerts that are owed, due at now and leased
	// by nobody, and that free lets pass; they are leased until then. free is asked
	// once for each alert and in the order in which they come back.
	LeaseAlerts(now, until time.Time, limit int, free func(ewgwatch.Alert) bool) ([]ewgwatch.Alert, error)
	// SettleAlerts ends leases, all of them or none.
	SettleAlerts(done []ewgwatch.Settled) error
	// NextAlert returns when the next alert is due that nobody has leased; is
	// is false where there is none.
	NextAlert(now time.Time) (due time.Time, is bool, err error)
}

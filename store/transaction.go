package store

import (
	"time"

	bolt "go.etcd.io/bbolt"
)

// transaction is a bbolt transaction with a clock for what has no time yet.
type transaction struct {
	*bolt.Tx
	now func() time.Time
}

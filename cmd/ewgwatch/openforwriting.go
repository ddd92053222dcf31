package main

import (
	"context"
	"errors"
	"os"
	"time"

	"ewgwatch/archive"
	"ewgwatch/store"
)

// openForWriting opens the database of a data folder that is there, and the journal
// that is told of what changes. Both are closed by done.
func (a *app) openForWriting(ctx context.Context, now func() time.Time) (s *store.Store, done func() error, err error) {
	data, err := a.data()
	if err != nil {
		return nil, nil, err
	}
	if _, err := os.Stat(data.database()); err != nil {
		return nil, nil, err
	}
	journal, err := archive.Open(data.archive(), archive.Options{Software: "ewgwatch/" + version(), Now: now})
	if err != nil {
		return nil, nil, err
	}
	s, err = store.Open(ctx, data.database(), store.Options{Answer: true, Journal: journal.Append, BeforeCommit: journal.Sync, Now: now})
	if err != nil {
		return nil, nil, errors.Join(err, journal.Close())
	}
	return s, func() error { return errors.Join(s.Close(), journal.Close()) }, nil
}

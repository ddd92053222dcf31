package main

import (
	"context"
	"errors"
	"os"
	"time"

	"ewgwatch/archive"
	"ewgwatch/store"
)

// held is a data folder that this process alone writes to.
type held struct {
	folder  folder
	now     func() time.Time
	store   *store.Store
	journal *journal
}

// hold takes a data folder, and makes it where it is missing. What the database tells
// while it is opened goes into an archive that is given, or one of its own where that
// is nil. Readers are waited for at most that long.
func (a *app) hold(ctx context.Context, data folder, now func() time.Time, evidence *archive.Archive, patience time.Duration) (*held, error) {
	h := &held{folder: data, now: now, journal: &journal{folder: data, now: now, night: evidence}}
	var err error
	h.store, err = store.Open(ctx, data.database(), store.Options{
		Answer: true, Journal: h.journal.append, BeforeCommit: h.journal.sync, Now: now, Patience: patience,
		Waiting: func() {
			a.log.Info("waiting for a process that reads the database", "at_most", patience.String())
		},
	})
	if err != nil {
		return nil, errors.Join(err, h.journal.close())
	}
	for _, err := range h.store.Subscriptions(ctx) {
		if err != nil {
			return nil, errors.Join(err, h.close())
		}
		h.store.Hear(true)
		break
	}
	return h, nil
}

func (h *held) close() error { return errors.Join(h.store.Close(), h.journal.close()) }

// openForWriting opens the database of a data folder that is there, and the journal
// that is told of what changes. Both are closed by done.
func (a *app) openForWriting(ctx context.Context, now func() time.Time) (s *store.Store, done func() error, err error) {
	h, err := a.holdKnown(ctx, now)
	if err != nil {
		return nil, nil, err
	}
	return h.store, h.close, nil
}

// holdKnown takes a data folder that is there.
func (a *app) holdKnown(ctx context.Context, now func() time.Time) (*held, error) {
	data, err := a.data()
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(data.database()); err != nil {
		return nil, err
	}
	return a.hold(ctx, data, now, nil, 0)
}

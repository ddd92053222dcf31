package main

import (
	"sync"
	"time"

	"ewgwatch/archive"
)

// journal is the part of the archive that a database tells its changes: that of the
// night that runs, and between nights one of its own, which is begun when there is
// something to tell.
type journal struct {
	folder folder
	now    func() time.Time

	mu    sync.Mutex
	night *archive.Archive // nil between nights
	own   *archive.Archive // nil where nothing was told between nights
}

// lend has a night's archive take what is told, until it is taken back.
func (j *journal) lend(night *archive.Archive) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.night = night
	return j.closeOwn()
}

func (j *journal) takeBack() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.night = nil
}

func (j *journal) append(entry []byte) (err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.night != nil {
		return j.night.Append(entry)
	}
	if j.own == nil {
		if j.own, err = archive.Open(j.folder.archive(), archive.Options{Software: "ewgwatch/" + version(), Now: j.now}); err != nil {
			return err
		}
	}
	return j.own.Append(entry)
}

func (j *journal) sync() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case j.night != nil:
		return j.night.Sync()
	case j.own != nil:
		return j.own.Sync()
	}
	return nil
}

func (j *journal) close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.closeOwn()
}

func (j *journal) closeOwn() (err error) {
	if j.own != nil {
		err = j.own.Close()
	}
	j.own = nil
	return err
}
